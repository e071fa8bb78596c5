import { warningStatuses } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEvents } from '../../../../lib/events.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { warningsQuery } from '../api/warnings.js';
import { useWords } from '../words.js';
import { CustomerTasks } from './customer-tasks.js';
import { FinishHost } from './finish-host.js';
import { WarningList } from './warning-list.js';
import styles from './worklist.module.css';

/** All warnings of one customer, settled ones below: what was said, and what came of it; and its tasks. */
export default function CustomerWarnings({ customerId }: { customerId: number }) {
  const t = useWords();
  const mayReadTasks = useCan('tasks:read');
  const query = useInfiniteQuery(warningsQuery({ customerId, status: warningStatuses }));
  useEvents(['warning.changed'], () => void query.refetch());
  const isChecked = query.data?.pages[0]?.asOf !== null;
  return (
    <FinishHost>
      <div className={styles['stack']}>
        <Panel title={t('alerts.title')} padding="none">
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={3} columns={3} />}
            empty={({ pages }) => pages[0]?.items.length === 0}
            emptyView={
              <EmptyState
                title={t('alerts.noneHere')}
                text={t(isChecked ? 'alerts.noneHereText' : 'alerts.notCheckedText')}
              />
            }
          >
            {({ pages }) => {
              const all = pages.flatMap(({ items }) => items);
              const isOpen = (status: string) => status === 'open' || status === 'snoozed';
              const ordered = [
                ...all.filter(({ status }) => isOpen(status)),
                ...all.filter(({ status }) => !isOpen(status)),
              ];
              return <WarningList warnings={ordered} withCustomer={false} />;
            }}
          </QueryView>
        </Panel>
        {mayReadTasks ? <CustomerTasks customerId={customerId} /> : null}
      </div>
    </FinishHost>
  );
}
