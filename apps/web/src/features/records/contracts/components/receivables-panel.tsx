import type { ReceivableRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { minorOfTyped } from '../../../../lib/typed-money.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { Field } from '../../../../ui/field.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { useToast } from '../../../../ui/toast.js';
import { contractsOf, receivablesOf, useAddReceivable, useDeleteReceivable } from '../api/contracts.js';
import { useWords } from '../words.js';
import { MoneyForm, MoneyPanel } from './money-panel.js';
import { ReceivablesTable } from './receivables-table.js';

/** What the customer is to pay, and when. */
export function ReceivablesPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(receivablesOf(customerId));
  return (
    <MoneyPanel
      title={t('contracts.receivables')}
      add={t('contracts.addReceivable')}
      none={{ title: t('contracts.noReceivables'), text: t('contracts.noReceivablesText') }}
      query={query}
      form={(onClose) => <ReceivableForm customerId={customerId} onClose={onClose} />}
    >
      {(rows, mayWrite) => (
        <ReceivablesTable rows={rows} action={mayWrite ? (row) => <DeleteButton row={row} /> : undefined} />
      )}
    </MoneyPanel>
  );
}

function DeleteButton({ row }: { row: ReceivableRow }) {
  const t = useWords();
  const toast = useToast();
  const remove = useDeleteReceivable();
  if (row.receivedMinor > 0) return null;
  return (
    <IconButton
      icon="trash"
      label={t('contracts.delete', { title: row.title })}
      onClick={() =>
        remove.mutate(row.receivableId, {
          onSuccess: () => toast.done(t('contracts.deleted', { title: row.title })),
          onError: (error) => toast.failed(error),
        })
      }
    />
  );
}

function ReceivableForm({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useWords();
  const f = useFormats();
  const add = useAddReceivable(customerId);
  const contracts = useQuery(contractsOf(customerId)).data?.items ?? [];
  const [title, setTitle] = useState('');
  const [dueOn, setDueOn] = useState<string | undefined>(undefined);
  const [amount, setAmount] = useState('');
  const [contractId, setContractId] = useState<number | null>(null);
  const [isChecked, setChecked] = useState(false);
  const currency = contracts.find((one) => one.contractId === contractId)?.currency ?? f.currency;
  const amountMinor = minorOfTyped(amount, currency) ?? 0;
  const submit = () => {
    setChecked(true);
    if (title.trim() === '' || amountMinor === 0) return;
    add.mutate({ title: title.trim(), dueOn, amountMinor, currency, contractId }, { onSuccess: onClose });
  };
  return (
    <MoneyForm
      label={t('contracts.addReceivable')}
      error={add.error}
      isPending={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t('contracts.what')}
        error={isChecked && title.trim() === '' ? t('contracts.fault.title') : undefined}
      >
        <Input maxLength={400} value={title} onChange={(event) => setTitle(event.target.value)} />
      </Field>
      <Field label={t('contracts.dueOn')} hint={t('contracts.dueOnHint')} optional>
        <dayControl.Part label={t('contracts.dueOn')} value={dueOn} onChange={setDueOn} />
      </Field>
      <Field
        label={t('contracts.amountIn', { currency })}
        error={isChecked && amountMinor === 0 ? t('contracts.fault.amount') : undefined}
      >
        <Input value={amount} onChange={(event) => setAmount(event.target.value)} />
      </Field>
      <Field label={t('contracts.ofContract')} optional>
        <Select
          allowClear
          value={contractId}
          options={contracts.map((one) => ({
            value: one.contractId,
            label: `${one.title} (${one.contractNo})`,
          }))}
          onChange={(value: number | null | undefined) => setContractId(value ?? null)}
        />
      </Field>
    </MoneyForm>
  );
}
