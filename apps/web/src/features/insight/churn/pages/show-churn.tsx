import type { ChurnReport } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Page } from '../../../../ui/page.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { churnCustomersQuery, runQuery, runsQuery, usualSort } from '../api/churn.js';
import { LearntPanel, TellsPanel } from '../components/learnt-panel.js';
import { LikelyPanel } from '../components/likely-panel.js';
import { RunsPanel } from '../components/runs-panel.js';
import { StartChurn } from '../components/start-churn.js';
import { useWords } from '../words.js';
import styles from '../components/churn.module.css';

const search = z.object({ segmentId: z.coerce.number().int().positive().optional().catch(undefined) });

export function prefetch({ client, search: given }: PrefetchInput) {
  const { segmentId } = search.parse(given);
  return Promise.all([
    client.prefetchQuery(runsQuery),
    client.prefetchInfiniteQuery(churnCustomersQuery(usualSort, segmentId)),
  ]);
}

/** Who will fall silent: what the last training says, whether it may be believed, and whom it names. */
export default function ShowChurn() {
  const t = useWords();
  const [{ segmentId }, setSearch] = useSearch(search);
  const canRun = useCan('valuation:run');
  const client = useQueryClient();
  const query = useQuery(runsQuery);
  useEvents(['churn.changed'], () => void client.invalidateQueries({ queryKey: ['churn'] }));
  const last = query.data?.items.find(({ status }) => status === 'published');
  return (
    <Page title={t('churn.title')} subtitle={t('churn.subtitle')} asOf={last?.asOf ?? undefined}>
      <div className={styles['stack']}>
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={4} columns={4} />}
          empty={({ items }) => items.length === 0}
          emptyView={<EmptyState picture="chart" title={t('churn.none')} text={t('churn.noneText')} />}
        >
          {({ items }) => (
            <>
              {last ? (
                <LikelyPanel
                  segmentId={segmentId}
                  onSegment={(value) => setSearch({ segmentId: value }, { replace: true })}
                />
              ) : null}
              {last ? <Learnt runId={last.churnRunId} /> : null}
              <RunsPanel runs={items} />
            </>
          )}
        </QueryView>
        {canRun ? <StartChurn /> : null}
      </div>
    </Page>
  );
}

function Learnt({ runId }: { runId: number }) {
  const query = useQuery(runQuery(runId));
  return (
    <QueryView query={query} skeleton={<SkeletonGrid rows={4} columns={4} />}>
      {({ report }) =>
        report === null ? null : (
          <>
            <Expected report={report} />
            <LearntPanel report={report} />
            <TellsPanel report={report} />
          </>
        )
      }
    </QueryView>
  );
}

function Expected({ report }: { report: ChurnReport }) {
  const t = useWords();
  const f = useFormats();
  const { expectedRate, customers, silence, heldOut } = report;
  const share = (value: number | null) => (value === null ? '–' : f.percent(value, 1));
  return (
    <MetricRow>
      <Metric label={t('churn.window')} value={t('churn.days', { count: f.count(silence.days) })} />
      <Metric label={t('churn.scored')} value={f.count(customers.asOf)} />
      <Metric label={t('churn.expected')} value={share(expectedRate)} />
      <Metric label={t('churn.before')} value={share(heldOut.rate)} />
    </MetricRow>
  );
}
