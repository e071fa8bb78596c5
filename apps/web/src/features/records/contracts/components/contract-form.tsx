import { contractStatuses, type ContractRow } from '@kezi/contract';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ApiError } from '../../../../lib/api-error.js';
import { useFormats } from '../../../../lib/formats.js';
import { useLatestDraft, type LatestDraft } from '../../../../lib/latest-draft.js';
import { CurrencySelect } from '../../../../ui/currency-select.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Field } from '../../../../ui/field.js';
import { TheirChanges } from '../../../../ui/their-changes.js';
import { useToast } from '../../../../ui/toast.js';
import { LongText } from '../../../../ui/long-text.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useAddContract, useSaveContract } from '../api/contracts.js';
import { draftOf, faultsOf, inputOf, type ContractDraft, type DraftFault } from '../contract-draft.js';
import { useWords } from '../words.js';
import styles from './contracts.module.css';

const longestTerms = 20_000;

interface ContractFormProps {
  customerId: number;
  /** Null for a new one. */
  contract: ContractRow | null;
  onClose: () => void;
}

/** Opens in the place of the card. */
export default function ContractForm({ customerId, contract, onClose }: ContractFormProps) {
  const t = useWords();
  const f = useFormats();
  const common = useCommonWords();
  const toast = useToast();
  const client = useQueryClient();
  const held = useLatestDraft(contract?.rowVersion ?? null, () => draftOf(contract, f.currency));
  const { draft } = held;
  const [isChecked, setChecked] = useState(false);
  const add = useAddContract(customerId);
  // A hook may not be left out; without a contract it is never called.
  const save = useSaveContract(contract?.contractId ?? 0);
  const { error, isPending } = contract === null ? add : save;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const faults = isChecked ? faultsOf(draft) : [];
  const submit = () => {
    setChecked(true);
    if (faultsOf(draft).length > 0 || draft.terms.length > longestTerms) return;
    const onSuccess = (saved: ContractRow) => {
      toast.done(t('contracts.saved', { title: saved.title }));
      onClose();
    };
    if (contract === null) {
      add.mutate(inputOf(draft), { onSuccess });
      return;
    }
    // The newest version is fetched and merged: saving again means to write over it.
    const onError = (failed: ApiError) => {
      if (failed.code === 'contracts.changed') void client.invalidateQueries({ queryKey: ['contracts'] });
    };
    save.mutate(
      { ...inputOf(draft), rowVersion: held.version ?? contract.rowVersion },
      { onSuccess, onError },
    );
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the controls in it
    <form
      ref={form}
      className={styles['form']}
      aria-label={contract === null ? t('contracts.add') : t('contracts.edit', { title: contract.title })}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault(); // a side panel around it stays open
        onClose();
      }}
    >
      <ContractFields draft={draft} change={held.change} faults={faults} />
      {error === null || error.code === 'contracts.changed' ? null : (
        <p className={styles['notice']} role="alert">
          {error.message}
        </p>
      )}
      <ContractChanges held={held} error={error?.code === 'contracts.changed' ? error : null} />
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {common(contract === null ? 'common.add' : 'common.save')}
        </Button>
      </div>
    </form>
  );
}

interface ContractChangesProps {
  held: LatestDraft<ContractDraft>;
  error: ApiError | null;
}

function ContractChanges({ held, error }: ContractChangesProps) {
  const t = useWords();
  const f = useFormats();
  const common = useCommonWords();
  const labels: Record<keyof ContractDraft, string> = {
    contractNo: t('contracts.number'),
    title: t('contracts.name'),
    status: t('contracts.status'),
    signedOn: t('contracts.signedOn'),
    startsOn: t('contracts.startsOn'),
    endsOn: t('contracts.endsOn'),
    noticeDays: t('contracts.noticeDays'),
    isRenewedByItself: t('contracts.isRenewed'),
    currency: t('contracts.currency'),
    amount: t('contracts.amount'),
    minimum: t('contracts.minimum'),
    paymentDays: t('contracts.paymentDays'),
    terms: t('contracts.terms'),
  };
  const { status, signedOn, startsOn, endsOn, noticeDays, isRenewedByItself, paymentDays, ...texts } =
    held.opened;
  const dayOf = (day: string | null) => (day === null ? '' : f.date(day));
  const theirs: Record<keyof ContractDraft, string> = {
    ...texts,
    status: t(`contracts.status.${status}`),
    signedOn: dayOf(signedOn),
    startsOn: dayOf(startsOn),
    endsOn: dayOf(endsOn),
    noticeDays: String(noticeDays ?? ''),
    isRenewedByItself: common(isRenewedByItself ? 'common.yes' : 'common.no'),
    paymentDays: String(paymentDays ?? ''),
  };
  return <TheirChanges held={held} error={error} labels={labels} theirs={theirs} />;
}

interface FieldsProps {
  draft: ContractDraft;
  change: (part: Partial<ContractDraft>) => void;
  faults: readonly DraftFault[];
}

function ContractFields(props: FieldsProps) {
  const t = useWords();
  const { draft, change } = props;
  return (
    <>
      <div className={styles['fields']}>
        <TextField {...props} name="contractNo" label={t('contracts.number')} />
        <TextField {...props} name="title" label={t('contracts.name')} />
        <Field label={t('contracts.status')}>
          <Select
            value={draft.status}
            options={contractStatuses.map((value) => ({ value, label: t(`contracts.status.${value}`) }))}
            onChange={(status: ContractDraft['status']) => change({ status })}
          />
        </Field>
        <DayField {...props} name="startsOn" label={t('contracts.startsOn')} />
        <DayField {...props} name="endsOn" label={t('contracts.endsOn')} optional />
        <DayField {...props} name="signedOn" label={t('contracts.signedOn')} optional />
        <Field label={t('contracts.currency')}>
          <CurrencySelect value={draft.currency} onChange={(currency) => change({ currency })} />
        </Field>
        <TextField {...props} name="amount" label={t('contracts.amount')} optional />
        <TextField
          {...props}
          name="minimum"
          label={t('contracts.minimum')}
          hint={t('contracts.minimumHint')}
          optional
        />
        <NumberField {...props} name="paymentDays" label={t('contracts.paymentDays')} />
        <NumberField {...props} name="noticeDays" label={t('contracts.noticeDays')} />
      </div>
      <LongText
        label={t('contracts.terms')}
        most={longestTerms}
        maxRows={10}
        value={draft.terms}
        onChange={(terms) => change({ terms })}
      />
      <Checkbox
        checked={draft.isRenewedByItself}
        onChange={(event) => change({ isRenewedByItself: event.target.checked })}
      >
        {t('contracts.isRenewed')}
      </Checkbox>
    </>
  );
}

type Named<Name> = FieldsProps & { name: Name; label: string; optional?: boolean; hint?: string };

function TextField({
  draft,
  change,
  faults,
  name,
  label,
  optional = false,
  hint,
}: Named<'contractNo' | 'title' | 'amount' | 'minimum'>) {
  const t = useWords();
  return (
    <Field
      label={label}
      optional={optional}
      hint={hint}
      error={faults.includes(name) ? t(`contracts.fault.${name}`) : undefined}
    >
      <Input
        maxLength={200}
        value={draft[name]}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  );
}

function DayField({
  draft,
  change,
  faults,
  name,
  label,
  optional = false,
}: Named<'startsOn' | 'endsOn' | 'signedOn'>) {
  const t = useWords();
  const isFault = name !== 'signedOn' && faults.includes(name);
  return (
    <Field label={label} optional={optional} error={isFault ? t(`contracts.fault.${name}`) : undefined}>
      <dayControl.Part
        label={label}
        value={draft[name] ?? undefined}
        onChange={(day: string | undefined) => change({ [name]: day ?? null })}
      />
    </Field>
  );
}

function NumberField({ draft, change, name, label }: Named<'paymentDays' | 'noticeDays'>) {
  return (
    <Field label={label} optional>
      <InputNumber
        className={styles['number'] ?? ''}
        min={0}
        max={1000}
        precision={0}
        value={draft[name]}
        onChange={(value) => change({ [name]: value })}
      />
    </Field>
  );
}
