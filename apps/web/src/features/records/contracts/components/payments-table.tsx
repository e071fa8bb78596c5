import type { PaymentRow } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { IconButton } from '../../../../ui/icon-button.js';
import list from '../../../../ui/list-table.module.css';
import { useToast } from '../../../../ui/toast.js';
import { useDeletePayment } from '../api/contracts.js';
import { useWords } from '../words.js';

interface PaymentsTableProps {
  rows: readonly PaymentRow[];
  mayWrite: boolean;
  /** Names the customer of each: for a list over all of them. */
  hasCustomer?: boolean;
}

/** What has come in, and what it paid for. */
export function PaymentsTable({ rows, mayWrite, hasCustomer = false }: PaymentsTableProps) {
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
                {hasCustomer ? (
                  <span className={list['main']}>
                    <CustomerLink to={`/customers/${row.customerId}?tab=contracts`}>
                      {row.customerName}
                    </CustomerLink>
                  </span>
                ) : null}
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
