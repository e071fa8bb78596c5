import type { OwnershipPeriod } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { useEvents } from '../../../../lib/events.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { historyQuery } from '../api/transfers.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';

/** Through whose hands the customer went, the newest first. */
export function HistoryPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(historyQuery(customerId));
  useEvents(['customer.transferred', 'pool.changed'], () => void query.refetch());
  return (
    <Panel title={t('ownership.history')} padding="none">
      <QueryView query={query} skeleton={<SkeletonLines n={3} />}>
        {({ items }) => (
          <ol className={styles['list']}>
            {items.map((period) => (
              <Period key={period.ownershipPeriodId} period={period} />
            ))}
          </ol>
        )}
      </QueryView>
    </Panel>
  );
}

function Period({ period }: { period: OwnershipPeriod }) {
  const t = useWords();
  const who =
    period.holderId === null ? t('ownership.inPool') : (period.holderName ?? t('ownership.someoneElse'));
  return (
    <li className={styles['item']}>
      <div className={styles['line']}>
        <strong className={styles['name']}>{who}</strong>
        {period.holderTeamName === null ? null : (
          <span className={styles['faint']}>{period.holderTeamName}</span>
        )}
        {period.endedAt === null ? <Tag tone="accent">{t('ownership.now')}</Tag> : null}
        <span className={`${styles['faint']} ${styles['end']}`}>
          <DateText value={period.startedAt} />
          {t('ownership.until')}
          {period.endedAt === null ? t('ownership.today') : <DateText value={period.endedAt} />}
        </span>
      </div>
      <p className={styles['faint']}>
        {[
          t(`ownership.manner.${period.manner}`),
          period.byName === null ? null : t('ownership.byName', { name: period.byName }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {period.reason === null ? null : (
        <p className={styles['reason']}>{t('ownership.reasonOf', { reason: period.reason })}</p>
      )}
    </li>
  );
}
