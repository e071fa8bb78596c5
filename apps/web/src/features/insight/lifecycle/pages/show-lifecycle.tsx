import { usualStageRules } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan, useSession } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Page } from '../../../../ui/page.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonChart, SkeletonMetrics } from '../../../../ui/skeleton.js';
import { lifecycleQuery, rulesQuery } from '../api/lifecycle.js';
import { CohortTriangle } from '../components/cohort-triangle.js';
import { FlowPanel } from '../components/flow-panel.js';
import styles from '../components/lifecycle.module.css';
import { RulesDialog } from '../components/rules-dialog.js';
import { StageTable } from '../components/stage-table.js';
import { useWords } from '../words.js';

const spans = [30, 90, 180, 365] as const;
const search = z.object({
  days: z.coerce.number().int().min(7).max(365).catch(90),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

export function prefetch({ client, search: given }: PrefetchInput) {
  const { days, segmentId } = search.parse(given);
  return Promise.all([
    client.prefetchQuery(lifecycleQuery(days, segmentId)),
    client.prefetchQuery(rulesQuery),
  ]);
}

/** How customers come, stay, go and come back. */
export default function ShowLifecycle() {
  const t = useWords();
  const f = useFormats();
  const [{ days, segmentId }, setSearch] = useSearch(search);
  const query = useQuery(lifecycleQuery(days, segmentId));
  useEvents(['lifecycle.changed'], () => void query.refetch());
  const rules = useQuery(rulesQuery).data;
  const seesAll = useSession().scope === 'all';
  const canSet = useCan('lifecycle:configure') && seesAll;
  const [isSetting, setSetting] = useState(false);
  const share = (value: number | null) => (value === null ? '–' : f.percent(value));
  return (
    <Page
      title={t('lifecycle.title')}
      subtitle={t('lifecycle.subtitle')}
      asOf={query.data?.asOf ?? undefined}
      actions={
        <>
          <SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />
          <Segmented<number>
            aria-label={t('lifecycle.span')}
            value={days}
            options={spans.map((value) => ({ value, label: t('lifecycle.lastDays', { days: value }) }))}
            onChange={(value) => setSearch({ days: value })}
          />
          {canSet ? (
            <Button disabled={rules === undefined} onClick={() => setSetting(true)}>
              {t('lifecycle.rules')}
            </Button>
          ) : null}
        </>
      }
    >
      <QueryView
        query={query}
        skeleton={
          <>
            <SkeletonMetrics n={3} />
            <SkeletonChart height={360} />
          </>
        }
        empty={({ stages }) => stages.length === 0}
        emptyView={<EmptyState picture="chart" title={t('lifecycle.none')} text={t('lifecycle.noneText')} />}
      >
        {(data) => (
          <div className={styles['stack']}>
            <MetricRow>
              <Metric label={t('lifecycle.retained')} value={share(data.rates.retention)} />
              <Metric label={t('lifecycle.churned')} value={share(data.rates.churn)} />
              <Metric label={t('lifecycle.wonBack')} value={share(data.rates.winBack)} />
            </MetricRow>
            <div className={styles['columns']}>
              <StageTable data={data} rules={rules ?? usualStageRules} segmentId={segmentId} />
              <FlowPanel data={data} />
            </div>
            <CohortTriangle segmentId={segmentId} />
          </div>
        )}
      </QueryView>
      {isSetting && rules ? (
        <RulesDialog key={rules.rowVersion} kept={rules} onClose={() => setSetting(false)} />
      ) : null}
    </Page>
  );
}
