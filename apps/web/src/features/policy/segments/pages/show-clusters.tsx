import { clusterFeatures, type ClusterFeature, type ClusterRun } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSession } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { RunError } from '../../../../ui/run-error.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { clusterRunsQuery, useStartClusters } from '../api/segments.js';
import { ClusterPicture } from '../components/cluster-picture.js';
import styles from '../components/segments.module.css';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(clusterRunsQuery);
}

/** Customers who are alike, found by k-means: what to compare, and what came out. */
export default function ShowClusters() {
  const t = useWords();
  const seesAll = useSession().scope === 'all';
  return (
    <Page title={t('segments.clusters')} subtitle={t('segments.clustersHint')} back="/grading/segments">
      {seesAll ? <Clusters /> : <EmptyState picture="lock" title={t('segments.needsAll')} />}
    </Page>
  );
}

function Clusters() {
  const t = useWords();
  const query = useQuery(clusterRunsQuery);
  useEvents(['segments.changed'], () => void query.refetch());
  const isBusy = query.data?.items.some(({ status }) => status === 'waiting') ?? false;
  return (
    <div className={styles['stack']}>
      <StartPanel isBusy={isBusy} />
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={5} columns={6} />}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState picture="chart" title={t('segments.noClusters')} text={t('segments.noClustersText')} />
        }
      >
        {({ items }) => items.map((run) => <Run key={run.clusterRunId} run={run} />)}
      </QueryView>
    </div>
  );
}

const usual: ClusterFeature[] = ['recencyDays', 'orders12m', 'averageOrder', 'productBreadth', 'tenure'];

function StartPanel({ isBusy }: { isBusy: boolean }) {
  const t = useWords();
  const toast = useToast();
  const start = useStartClusters();
  const [features, setFeatures] = useState<ClusterFeature[]>(usual);
  const [clusters, setClusters] = useState(0);
  const send = () =>
    start.mutate(
      { features, ...(clusters === 0 ? {} : { clusters }) },
      { onSuccess: () => toast.done(t('segments.clusterStarted')), onError: (error) => toast.failed(error) },
    );
  return (
    <Panel
      title={t('segments.cluster')}
      hint={t('segments.clusterHint')}
      extra={
        <Button
          type="primary"
          disabled={features.length < 2 || isBusy}
          loading={start.isPending || isBusy}
          onClick={send}
        >
          {t(isBusy ? 'segments.clustering' : 'segments.clusterNow')}
        </Button>
      }
    >
      <FieldStack>
        <Checkbox.Group<ClusterFeature>
          value={features}
          options={clusterFeatures.map((value) => ({ value, label: t(`segments.feature.${value}`) }))}
          onChange={setFeatures}
        />
        <Field label={t('segments.clusterCount')}>
          <Select
            value={clusters}
            options={[0, 2, 3, 4, 5, 6, 7, 8].map((value) => ({
              value,
              label: value === 0 ? t('segments.bySilhouette') : String(value),
            }))}
            onChange={setClusters}
          />
        </Field>
      </FieldStack>
    </Panel>
  );
}

const tones = { waiting: 'accent', done: 'good', failed: 'bad', cancelled: 'neutral' } as const;

function Run({ run }: { run: ClusterRun }) {
  const t = useWords();
  const f = useFormats();
  const best = run.silhouettes.reduce<ClusterRun['silhouettes'][number] | null>(
    (most, each) => (most === null || each.silhouette > most.silhouette ? each : most),
    null,
  );
  return (
    <Panel
      title={t('segments.runTitle', { id: run.clusterRunId, date: f.date(run.createdAt) })}
      hint={
        run.customers === null || best === null
          ? undefined
          : t('segments.runHint', {
              customers: f.count(run.customers),
              asOf: run.asOf === null ? '' : f.date(run.asOf),
              clusters: best.clusters,
              silhouette: f.decimal(best.silhouette, 2),
            })
      }
      extra={<Tag tone={tones[run.status]}>{t(`segments.status.${run.status}`)}</Tag>}
      padding={run.status === 'done' ? 'none' : 'normal'}
    >
      {run.error ? <RunError error={run.error} /> : null}
      {run.status === 'done' ? <ClusterPicture run={run} /> : null}
    </Panel>
  );
}
