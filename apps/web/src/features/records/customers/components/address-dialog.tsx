import { addressKinds, type Address, type CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { codesQuery } from '../../../../lib/codes.js';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useSaveCustomer } from '../api/save-customer.js';
import { useCodeOptions } from '../code-options.js';
import { useWords } from '../words.js';
import styles from './address-book.module.css';

interface AddressDialogProps {
  customer: CustomerDetail;
  onClose: () => void;
}

/** An address while it is edited; its number tells it from others that are still alike. */
type Draft = Address & { id: number };

const numbered = (addresses: readonly Address[]): Draft[] =>
  addresses.map((address, at) => ({ ...address, id: at }));
const blank: Address = { kind: 'office', line: '' };

/** All addresses of a customer at once: they are saved together. */
export default function AddressDialog({ customer, onClose }: AddressDialogProps) {
  const t = useWords();
  const c = useCommonWords();
  const toast = useToast();
  const save = useSaveCustomer(customer.customerId);
  const [draft, setDraft] = useState(() =>
    numbered(customer.addresses.length === 0 ? [blank] : customer.addresses),
  );
  const add = () => setDraft([...draft, { ...blank, id: Math.max(-1, ...draft.map(({ id }) => id)) + 1 }]);
  const change = (id: number, part: Partial<Address>) =>
    setDraft(draft.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const submit = () => {
    const addresses = draft
      .filter(({ line }) => line.trim() !== '')
      .map(({ id: _id, ...address }) => address);
    save.mutate(
      { addresses, rowVersion: customer.rowVersion },
      {
        onSuccess: () => {
          toast.done(t('customers.address.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width={880}
      title={t('customers.addresses')}
      footer={
        <>
          <Button onClick={onClose}>{c('common.cancel')}</Button>
          <Button type="primary" loading={save.isPending} onClick={submit}>
            {c('common.save')}
          </Button>
        </>
      }
    >
      {draft.map((address) => (
        <AddressRow
          key={address.id}
          address={address}
          onChange={(part) => change(address.id, part)}
          onRemove={() => setDraft(draft.filter(({ id }) => id !== address.id))}
        />
      ))}
      <Button disabled={draft.length >= 50} onClick={add}>
        {t('customers.address.add')}
      </Button>
      {save.error ? <ErrorState error={save.error} size="band" /> : null}
    </Dialog>
  );
}

interface AddressRowProps {
  address: Address;
  onChange: (part: Partial<Address>) => void;
  onRemove: () => void;
}

function AddressRow({ address, onChange, onRemove }: AddressRowProps) {
  const t = useWords();
  const { divisions } = useCodeOptions(useQuery(codesQuery).data);
  return (
    <div className={styles['row']}>
      <Select
        aria-label={t('customers.address.kind')}
        value={address.kind}
        options={addressKinds.map((kind) => ({ value: kind, label: t(`customers.address.${kind}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('customers.divisionCode')}
        placeholder={t('customers.divisionCode')}
        value={address.divisionCode ?? null}
        options={divisions}
        onChange={(divisionCode) => onChange({ divisionCode: divisionCode ?? null, countryCode: null })}
      />
      <Input
        maxLength={400}
        aria-label={t('customers.address.line')}
        placeholder={t('customers.address.line')}
        value={address.line}
        onChange={(event) => onChange({ line: event.target.value })}
      />
      <Input
        maxLength={20}
        aria-label={t('customers.address.postcode')}
        placeholder={t('customers.address.postcode')}
        value={address.postcode ?? ''}
        onChange={(event) => onChange({ postcode: event.target.value.trim() || null })}
      />
      <Button onClick={onRemove}>{t('customers.address.remove')}</Button>
    </div>
  );
}
