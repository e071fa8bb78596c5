import { useInfiniteQuery } from '@tanstack/react-query';
import { useEvents } from '../../../../lib/events.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Panel } from '../../../../ui/panel.js';
import { noticesQuery } from '../api/pools.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';

/** Customers within sight that fall into the pool unless somebody does something; nothing where there are none. */
export function NoticesPanel() {
  const t = useWords();
  const query = useInfiniteQuery(noticesQuery);
  useEvents(['recycle.warned', 'pool.changed', 'interaction.changed'], () => void query.refetch());
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('ownership.notices')} hint={t('ownership.noticesHint')} padding="none">
      <ol className={styles['list']}>
        {items.map((notice) => (
          <li key={notice.customerId} className={styles['item']}>
            <div className={styles['line']}>
              <CustomerLink
                to={`/customers/${notice.customerId}?tab=timeline`}
                className={styles['name'] ?? ''}
              >
                {notice.customerName}
              </CustomerLink>
              <span className={styles['faint']}>
                {[notice.ownerName ?? t('ownership.someoneElse'), notice.ruleName].join(' · ')}
              </span>
              <span className={styles['end']}>
                {t('ownership.dueOn')} <DateText value={notice.dueOn} relative />
              </span>
            </div>
          </li>
        ))}
      </ol>
      <MoreRows query={query} />
    </Panel>
  );
}
