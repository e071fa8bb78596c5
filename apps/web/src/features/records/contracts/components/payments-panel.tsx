import type { PaymentRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { minorOfTyped } from '../../../../lib/typed-money.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { CurrencySelect } from '../../../../ui/currency-select.js';
import { Field } from '../../../../ui/field.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { IconButton } from '../../../../ui/icon-button.js';
import list from '../../../../ui/list-table.module.css';
import { useToast } from '../../../../ui/toast.js';
import { paymentsOf, useAddPayment, useDeletePayment } from '../api/contracts.js';
import { useWords } from '../words.js';
import { MoneyForm, MoneyPanel } from './money-panel.js';

/** What has come in, and what it paid for. */
export function PaymentsPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(paymentsOf(customerId));
  return (
    <MoneyPanel
      title={t('contracts.payments')}
      add={t('contracts.addPayment')}
      none={{ title: t('contracts.noPayments'), text: t('contracts.noPaymentsText') }}
      query={query}
      form={(onClose) => <PaymentForm customerId={customerId} onClose={onClose} />}
    >
      {(rows, mayWrite) => <PaymentsTable rows={rows} mayWrite={mayWrite} />}
    </MoneyPanel>
  );
}

function PaymentsTable({ rows, mayWrite }: { rows: readonly PaymentRow[]; mayWrite: boolean }) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('contracts.payments')}>
        <thead>
          <tr>
            <th scope="col">{t('contracts.receivedOn')}</th>
            <th scope="col" data-align="end">
              {t('contracts.amount')}
            </th>
            <th scope="col">{t('contracts.paidFor')}</th>
            {mayWrite ? (
              <th scope="col">
                <span className="kz-unseen">{t('contracts.actions')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.paymentId}>
              <td>
                <DateText value={row.receivedOn} />
                <span className={list['faint']}>
                  {[row.paymentNo, row.method].filter(Boolean).join(' · ')}
                </span>
              </td>
              <td data-align="end" data-name={t('contracts.amount')}>
                {f.money(row.amountMinor, row.currency)}
              </td>
              <td>
                {row.allocations.map((one) => (
                  <span key={one.receivableId} className={list['main']}>
                    {t('contracts.allocation', {
                      title: one.title,
                      amount: f.money(one.amountMinor, row.currency),
                    })}
                  </span>
                ))}
                {row.allocatedMinor < row.amountMinor ? (
                  <span className={list['faint']}>
                    {t('contracts.inAdvance', {
                      amount: f.money(row.amountMinor - row.allocatedMinor, row.currency),
                    })}
                  </span>
                ) : null}
              </td>
              {mayWrite ? (
                <td data-align="end">
                  <DeleteButton row={row} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeleteButton({ row }: { row: PaymentRow }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const confirm = useConfirm();
  const remove = useDeletePayment();
  const amount = f.money(row.amountMinor, row.currency);
  const ask = async () => {
    const isSure = await confirm({
      title: t('contracts.deletePayment', { amount }),
      text: t('contracts.deletePaymentText'),
      action: t('contracts.deletePaymentDo'),
    });
    if (!isSure) return;
    remove.mutate(row.paymentId, {
      onSuccess: () => toast.done(t('contracts.deleted', { title: amount })),
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <IconButton icon="trash" label={t('contracts.deletePayment', { amount })} onClick={() => void ask()} />
  );
}

function PaymentForm({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const t = useWords();
  const f = useFormats();
  const add = useAddPayment(customerId);
  const [receivedOn, setReceivedOn] = useState<string | undefined>(undefined);
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState(f.currency);
  const [paymentNo, setPaymentNo] = useState('');
  const [method, setMethod] = useState('');
  const [isChecked, setChecked] = useState(false);
  const amountMinor = minorOfTyped(amount, currency) ?? 0;
  const given = (text: string) => (text.trim() === '' ? null : text.trim());
  const submit = () => {
    setChecked(true);
    if (receivedOn === undefined || amountMinor === 0) return;
    add.mutate(
      { receivedOn, amountMinor, currency, paymentNo: given(paymentNo), method: given(method) },
      { onSuccess: onClose },
    );
  };
  return (
    <MoneyForm
      label={t('contracts.addPayment')}
      error={add.error}
      isPending={add.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field
        label={t('contracts.receivedOn')}
        error={isChecked && receivedOn === undefined ? t('contracts.fault.startsOn') : undefined}
      >
        <dayControl.Part label={t('contracts.receivedOn')} value={receivedOn} onChange={setReceivedOn} />
      </Field>
      <Field label={t('contracts.currency')}>
        <CurrencySelect value={currency} onChange={setCurrency} />
      </Field>
      <Field
        label={t('contracts.amountIn', { currency })}
        hint={t('contracts.allocateHint')}
        error={isChecked && amountMinor === 0 ? t('contracts.fault.amount') : undefined}
      >
        <Input value={amount} onChange={(event) => setAmount(event.target.value)} />
      </Field>
      <Field label={t('contracts.paymentNo')} optional>
        <Input maxLength={200} value={paymentNo} onChange={(event) => setPaymentNo(event.target.value)} />
      </Field>
      <Field label={t('contracts.method')} optional>
        <Input maxLength={100} value={method} onChange={(event) => setMethod(event.target.value)} />
      </Field>
    </MoneyForm>
  );
}
