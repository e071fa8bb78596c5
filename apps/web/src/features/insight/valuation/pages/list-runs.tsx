import { useInfiniteQuery } from '@tanstack/react-query';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useEvents } from '../../../../lib/events.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { runsQuery } from '../api/runs.js';
import { NewRunForm } from '../components/new-run-form.js';
import { RunRow } from '../components/run-row.js';
import { useWords } from '../words.js';
import styles from './runs.module.css';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchInfiniteQuery(runsQuery);
}

/** Every run there was, newest first, and the form that starts the next. */
export default function ListRuns() {
  const t = useWords();
  const canRun = useCan('valuation:run');
  const query = useInfiniteQuery(runsQuery);
  useEvents(['score.published', 'valuation.changed'], () => void query.refetch());
  return (
    <Page title={t('valuation.title')} subtitle={t('valuation.subtitle')}>
      <div className={styles['stack']}>
        {canRun ? <NewRunForm /> : null}
        <Panel title={t('valuation.history')} padding="none">
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={4} columns={5} />}
            empty={(data) => data.pages[0]?.items.length === 0}
            emptyView={
              <EmptyState picture="chart" title={t('valuation.noRuns')} text={t('valuation.noRunsText')} />
            }
          >
            {(data) => (
              <ol className={styles['list']}>
                {data.pages
                  .flatMap((page) => page.items)
                  .map((run) => (
                    <RunRow key={run.valuationRunId} run={run} />
                  ))}
              </ol>
            )}
          </QueryView>
          <MoreRows query={query} label={t('valuation.more')} />
        </Panel>
      </div>
    </Page>
  );
}
