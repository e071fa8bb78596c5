import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useJob } from '../../../../lib/jobs.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonMetrics } from '../../../../ui/skeleton.js';
import { overviewQuery, policyQuery, rulesQuery, useMeasure, worstQuery } from '../api/quality.js';
import { OwnerTable } from '../components/owner-table.js';
import styles from '../components/quality.module.css';
import { PolicyPanel } from '../components/policy-panel.js';
import { RulesPanel } from '../components/rules-panel.js';
import { WorstTable } from '../components/worst-table.js';
import { qualitySearch } from '../quality-search.js';
import { useWords } from '../words.js';

export function prefetch({ client, search }: PrefetchInput) {
  const { by, owner } = qualitySearch.parse(search);
  return Promise.all([
    client.prefetchQuery(overviewQuery),
    client.prefetchQuery(worstQuery({ by, ownerId: owner })),
    client.prefetchQuery(rulesQuery),
    client.prefetchQuery(policyQuery),
  ]);
}

/** How good the records are, by owner; which need somebody most; and the rules that keep them good. */
export default function ShowQuality() {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(overviewQuery);
  const canMeasure = useCan('duplicates:search');
  const measuring = useMeasuring();
  return (
    <Page
      title={t('quality.title')}
      subtitle={t('quality.subtitle')}
      actions={
        canMeasure ? (
          <Button loading={measuring.isRunning} onClick={measuring.start}>
            {t('quality.measure')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles['sections']}>
        <QueryView
          query={query}
          skeleton={<SkeletonMetrics />}
          empty={({ total }) => total === null}
          emptyView={<EmptyState title={t('quality.none')} text={t('quality.noneText')} />}
        >
          {({ total, owners, measuredOn }) =>
            total === null ? null : (
              <>
                <MetricRow>
                  <Metric label={t('quality.customers')} value={f.count(total.customers)} />
                  <Metric label={t('quality.completeness')} value={f.percent(total.completeness / 100, 0)} />
                  <Metric label={t('quality.freshness')} value={f.percent(total.freshness / 100, 0)} />
                  <Metric label={t('quality.stale')} value={f.count(total.stale)} />
                </MetricRow>
                <Panel
                  padding="none"
                  title={t('quality.owners')}
                  {...(measuredOn ? { hint: t('quality.measuredOn', { date: f.date(measuredOn) }) } : {})}
                >
                  <OwnerTable owners={owners} />
                </Panel>
                <WorstTable owners={owners} />
              </>
            )
          }
        </QueryView>
        {/* Below what is not there yet they would jump. */}
        {query.isPending ? null : (
          <>
            <RulesPanel />
            <PolicyPanel onSaved={measuring.start} />
          </>
        )}
      </div>
    </Page>
  );
}

/** Measures in the background; the page follows when it is done. */
function useMeasuring() {
  const client = useQueryClient();
  const start = useMeasure();
  const job = useJob(start.data?.jobId ?? null).data;
  const isDone = job?.status === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['quality'] });
  }, [isDone, client]);
  const isRunning = start.isPending || job?.status === 'queued' || job?.status === 'running';
  return { isRunning, start: () => start.mutate(null) };
}
