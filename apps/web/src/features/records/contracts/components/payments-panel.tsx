import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { minorOfTyped } from '../../../../lib/typed-money.js';
import { dayControl } from '../../../../ui/dates-fields.js';
import { CurrencySelect } from '../../../../ui/currency-select.js';
import { Field } from '../../../../ui/field.js';
import { paymentsOf, useAddPayment } from '../api/contracts.js';
import { useWords } from '../words.js';
import { MoneyForm, MoneyPanel } from './money-panel.js';
import { PaymentsTable } from './payments-table.js';

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
