import type { ReceivableRow } from '@kezi/contract';
import type { ReactNode } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { DateText } from '../../../../ui/figure-texts.js';
import list from '../../../../ui/list-table.module.css';
import { Tag } from '../../../../ui/tag.js';
import { useWords } from '../words.js';

interface ReceivablesTableProps {
  rows: readonly ReceivableRow[];
  /** Names the customer of each: for a list over all of them. */
  hasCustomer?: boolean;
  action?: ((row: ReceivableRow) => ReactNode) | undefined;
}

const tones = { planned: 'neutral', overdue: 'bad', received: 'good' } as const;

export function ReceivablesTable({ rows, hasCustomer = false, action }: ReceivablesTableProps) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('contracts.receivables')}>
        <thead>
          <tr>
            <th scope="col">{t('contracts.what')}</th>
            <th scope="col">{t('contracts.dueOn')}</th>
            <th scope="col" data-align="end">
              {t('contracts.amount')}
            </th>
            <th scope="col" data-align="end">
              {t('contracts.openAmount')}
            </th>
            <th scope="col">{t('contracts.state')}</th>
            {action ? (
              <th scope="col">
                <span className="kz-unseen">{t('contracts.actions')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.receivableId}>
              <td>
                {hasCustomer ? (
                  <CustomerLink to={`/customers/${row.customerId}?tab=contracts`}>
                    {row.customerName}
                  </CustomerLink>
                ) : null}
                <span className={list['main']}>{row.title}</span>
                <span className={list['faint']}>
                  {[row.contractNo, row.orderNo].filter(Boolean).join(' · ')}
                </span>
              </td>
              <td data-name={t('contracts.dueOn')}>
                <DateText value={row.dueOn} />
              </td>
              <td data-align="end" data-name={t('contracts.amount')}>
                {f.money(row.amountMinor, row.currency)}
              </td>
              <td data-align="end" data-name={t('contracts.openAmount')}>
                {f.money(row.amountMinor - row.receivedMinor, row.currency)}
              </td>
              <td data-name={t('contracts.state')}>
                <Tag tone={tones[row.state]}>
                  {row.state === 'overdue'
                    ? t('contracts.overdueDays', { n: row.overdueDays })
                    : t(`contracts.state.${row.state}`)}
                </Tag>
              </td>
              {action ? <td data-align="end">{action(row)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
