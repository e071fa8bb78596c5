import type { ReceivableRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { minorOfTyped } from '../../../../lib/typed-money.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Field } from '../../../../ui/field.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { contractsOf, receivablesOf, useAddReceivable, useDeleteReceivable } from '../api/contracts.js';
import { useWords } from '../words.js';
import styles from './contracts.module.css';
import { ReceivablesTable } from './receivables-table.js';

/** What the customer is to pay, and when. */
export function ReceivablesPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayWrite = useCan('payments:write');
  const [isAdding, setAdding] = useState(false);
  const query = useQuery(receivablesOf(customerId));
  return (
    <Panel
      title={t('contracts.receivables')}
      padding="none"
      extra={
        mayWrite && !isAdding ? (
          <Button onClick={() => setAdding(true)}>{t('contracts.addReceivable')}</Button>
        ) : undefined
      }
    >
      {isAdding ? <ReceivableForm customerId={customerId} onClose={() => setAdding(false)} /> : null}
      <QueryView
        query={query}
        skeleton={<SkeletonLines n={3} />}
        empty={(data) => data.items.length === 0}
        emptyView={
          isAdding ? null : (
            <EmptyState title={t('contracts.noReceivables')} text={t('contracts.noReceivablesText')} />
          )
        }
      >
        {(data) => (
          <ReceivablesTable
            rows={data.items}
            action={mayWrite ? (row) => <DeleteButton row={row} /> : undefined}
          />
        )}
      </QueryView>
    </Panel>
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
  const common = useCommonWords();
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
    if (title.trim() === '' || dueOn === undefined || amountMinor === 0) return;
    add.mutate({ title: title.trim(), dueOn, amountMinor, currency, contractId }, { onSuccess: onClose });
  };
  return (
    <form
      className={styles['form']}
      aria-label={t('contracts.addReceivable')}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles['fields']}>
        <Field
          label={t('contracts.what')}
          error={isChecked && title.trim() === '' ? t('contracts.fault.title') : undefined}
        >
          <Input maxLength={400} value={title} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field
          label={t('contracts.dueOn')}
          error={isChecked && dueOn === undefined ? t('contracts.fault.startsOn') : undefined}
        >
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
      </div>
      {add.error === null ? null : (
        <p className={styles['notice']} role="alert">
          {add.error.message}
        </p>
      )}
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {common('common.add')}
        </Button>
      </div>
    </form>
  );
}
