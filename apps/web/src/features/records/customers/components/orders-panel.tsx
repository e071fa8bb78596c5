import type { OrderRow } from '@kezi/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid, SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { UnfoldButton } from '../../../../ui/unfold-button.js';
import { orderQuery, ordersQuery } from '../api/show-customer.js';
import list from '../../../../ui/list-table.module.css';
import { useWords } from '../words.js';
import styles from './tables.module.css';

/** Every order, newest first; a click unfolds its lines. */
export function OrdersPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useInfiniteQuery(ordersQuery(customerId));
  return (
    <Panel padding="none">
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={8} columns={4} />}
        empty={(data) => data.pages[0]?.items.length === 0}
        emptyView={
          <EmptyState picture="file" title={t('customers.noOrders')} text={t('customers.noOrdersText')} />
        }
      >
        {(data) => (
          <table className={`${list['table']} ${styles['narrows']}`} aria-label={t('customers.tab.orders')}>
            <thead>
              <tr>
                <th scope="col">{t('customers.day')}</th>
                <th scope="col">{t('customers.orderNo')}</th>
                <th scope="col" data-align="end" className={styles['wide']}>
                  {t('customers.lines')}
                </th>
                <th scope="col" data-align="end">
                  {t('customers.orderAmount')}
                </th>
              </tr>
            </thead>
            {data.pages
              .flatMap((page) => page.items)
              .map((order) => (
                <Order key={order.orderId} order={order} />
              ))}
          </table>
        )}
      </QueryView>
      <MoreRows query={query} label={t('customers.moreOrders')} />
    </Panel>
  );
}

function Order({ order }: { order: OrderRow }) {
  const t = useWords();
  const f = useFormats();
  const [open, setOpen] = useState(false);
  const isForeign = order.currency !== f.currency;
  return (
    <tbody>
      <tr className={styles['order']} onClick={() => setOpen(!open)}>
        <td>
          <UnfoldButton
            isOpen={open}
            onToggle={(event) => {
              event.stopPropagation();
              setOpen(!open);
            }}
          >
            <DateText value={order.orderedOn} />
          </UnfoldButton>
        </td>
        <td className={styles['number']}>
          {order.orderNo ?? <span className={list['faint']}>{'–'}</span>}
          {order.amountMinor < 0 ? ' ' : null}
          {order.amountMinor < 0 ? <Tag tone="warn">{t('customers.return')}</Tag> : null}
        </td>
        <td data-align="end" className={styles['wide']}>
          {f.count(order.lineCount)}
        </td>
        <td data-align="end">
          <MoneyText minor={order.amountMinor} currency={order.currency} short={false} />
          {isForeign ? <span className={list['faint']}>{`≈ ${f.money(order.baseAmountMinor)}`}</span> : null}
        </td>
      </tr>
      {open ? (
        <tr>
          <td colSpan={4} className={styles['inner']}>
            <Lines orderId={order.orderId} />
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

function Lines({ orderId }: { orderId: number }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(orderQuery(orderId));
  return (
    <QueryView
      query={query}
      skeleton={<SkeletonLines n={3} />}
      empty={(order) => order.lines.length === 0}
      emptyView={<p className={list['faint']}>{t('customers.noLines')}</p>}
    >
      {(order) => (
        <ul className={styles['lines']}>
          {order.lines.map((line) => (
            <li key={line.lineNo} className={styles['line']}>
              <span className={styles['product']}>
                {line.productName ?? line.productNo ?? t('customers.noProductName')}
              </span>
              <span className={list['faint']}>
                {line.quantity === null
                  ? ''
                  : `× ${f.decimal(line.quantity, Number.isInteger(line.quantity) ? 0 : 2)}`}
              </span>
              <MoneyText minor={line.amountMinor} currency={order.currency} short={false} />
            </li>
          ))}
        </ul>
      )}
    </QueryView>
  );
}
