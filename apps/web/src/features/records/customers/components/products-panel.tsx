import { useQuery } from '@tanstack/react-query';
import { useFormats } from '../../../../lib/formats.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { productsQuery } from '../api/show-customer.js';
import list from '../../../../ui/list-table.module.css';
import { useWords } from '../words.js';
import styles from './tables.module.css';

/** What the customer buys, most money first. */
export function ProductsPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(productsQuery(customerId));
  return (
    <Panel padding="none">
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={6} columns={4} />}
        empty={(data) => data.items.length === 0}
        emptyView={
          <EmptyState picture="file" title={t('customers.noProducts')} text={t('customers.noProductsText')} />
        }
      >
        {({ items }) => {
          const max = Math.max(...items.map((item) => item.amountMinor), 0);
          return (
            <table
              className={`${list['table']} ${styles['narrows']}`}
              aria-label={t('customers.tab.products')}
            >
              <thead>
                <tr>
                  <th scope="col">{t('customers.product')}</th>
                  <th scope="col" data-align="end">
                    {t('customers.amount', { currency: f.currency })}
                  </th>
                  <th scope="col" data-align="end" className={styles['wide']}>
                    {t('customers.orders')}
                  </th>
                  <th scope="col" data-align="end" className={styles['wide']}>
                    {t('customers.quantity')}
                  </th>
                  <th scope="col" data-align="end">
                    {t('customers.lastOrder')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => (
                  <tr key={item.productId}>
                    <td>
                      <span className={list['main']}>{item.name}</span>
                      <span className={list['faint']}>
                        {[item.productNo, item.category].filter(Boolean).join(' · ')}
                      </span>
                    </td>
                    <td data-align="end" className={styles['amount']}>
                      <DataBar value={item.amountMinor} max={max}>
                        <MoneyText minor={item.amountMinor} />
                      </DataBar>
                    </td>
                    <td data-align="end" className={styles['wide']}>
                      {f.count(item.orders)}
                    </td>
                    <td data-align="end" className={styles['wide']}>
                      {f.decimal(item.quantity, Number.isInteger(item.quantity) ? 0 : 2)}
                    </td>
                    <td data-align="end">
                      <DateText value={item.lastOrderOn} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </QueryView>
    </Panel>
  );
}
