import type { DuplicatePair } from '@kezi/contract';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useJob } from '../../../../lib/jobs.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { JobProgress } from '../../../../ui/job-progress.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { useToast } from '../../../../ui/toast.js';
import {
  judge,
  mergesQuery,
  pairsQuery,
  searchQuery,
  useSearchAll,
  type PairStatus,
} from '../api/duplicates.js';
import { MergeList } from '../components/merge-list.js';
import { MergePanel } from '../components/merge-panel.js';
import { PairList } from '../components/pair-list.js';
import styles from '../components/pair-list.module.css';
import { useWords } from '../words.js';

const tabs = ['open', 'dismissed', 'merges'] as const;
const search = z.object({
  tab: z.enum(tabs).catch('open'),
  segmentId: z.number().int().positive().optional().catch(undefined),
});

export function prefetch({ client, search: given }: PrefetchInput) {
  const { tab, segmentId } = search.parse(given);
  return tab === 'merges'
    ? client.prefetchQuery(mergesQuery)
    : client.prefetchInfiniteQuery(pairsQuery(tab, segmentId));
}

/** Pairs of customers that may be one: looked through, merged, or set aside; and what was merged. */
export default function ListDuplicates() {
  const t = useWords();
  const [{ tab, segmentId }, setSearch] = useSearch(search);
  return (
    <Page title={t('duplicates.title')} subtitle={t('duplicates.subtitle')}>
      <div className={styles['sections']}>
        <div className={styles['bar']}>
          <Segmented
            value={tab}
            options={tabs.map((one) => ({ value: one, label: t(`duplicates.tab.${one}`) }))}
            onChange={(value) => setSearch({ tab: value })}
          />
          {tab === 'merges' ? null : (
            <SegmentSelect
              value={segmentId}
              onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
            />
          )}
          <SearchBar />
        </div>
        {tab === 'merges' ? <MergeList /> : <Pairs key={tab} status={tab} segmentId={segmentId} />}
      </div>
    </Page>
  );
}

/** The search through all customers, by who may start one. */
function SearchBar() {
  const canSearch = useCan('duplicates:search');
  return canSearch ? <SearchAll /> : null;
}

function SearchAll() {
  const t = useWords();
  const f = useFormats();
  const client = useQueryClient();
  const latest = useQuery(searchQuery).data?.latest;
  const start = useSearchAll();
  const job = useJob(start.data?.jobId ?? null).data;
  const isDone = job?.status === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ['duplicates'] });
  }, [isDone, client]);
  const isRunning = job?.status === 'queued' || job?.status === 'running';
  return (
    <>
      <Button loading={start.isPending || isRunning} onClick={() => start.mutate(null)}>
        {t('duplicates.search')}
      </Button>
      {job && isRunning ? (
        <JobProgress
          job={job}
          stages={[
            { id: 'keys', label: t('duplicates.stage.keys') },
            { id: 'compare', label: t('duplicates.stage.compare') },
          ]}
        />
      ) : null}
      {latest === undefined ? null : (
        <p className={styles['faint']}>
          {latest === null
            ? t('duplicates.never')
            : t('duplicates.searched', {
                at: f.ago(latest.finishedAt),
                customers: f.count(latest.customers),
                pairs: f.count(latest.pairs),
                likely: f.count(latest.likely),
              })}
          {latest && latest.crowdedKeys > 0
            ? ` · ${t('duplicates.crowded', { count: f.count(latest.crowdedKeys) })}`
            : null}
        </p>
      )}
    </>
  );
}

function Pairs({ status, segmentId }: { status: PairStatus; segmentId: number | undefined }) {
  const t = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const query = useInfiniteQuery(pairsQuery(status, segmentId));
  const [merging, setMerging] = useState<DuplicatePair | null>(null);
  const pairs = query.data?.pages.flatMap((page) => page.items) ?? [];
  const refresh = () => client.invalidateQueries({ queryKey: ['duplicates'] });
  const onJudge = async (pair: DuplicatePair, next: PairStatus) => {
    try {
      await judge(pair, next);
      await refresh();
      toast.undo(t(next === 'dismissed' ? 'duplicates.dismissed' : 'duplicates.reopen'), async () => {
        await judge(pair, status);
        await refresh();
      });
    } catch (error) {
      toast.failed(error);
    }
  };
  return (
    <QueryView
      query={query}
      empty={() => pairs.length === 0}
      emptyView={
        <EmptyState
          {...(segmentId === undefined
            ? { title: t(status === 'open' ? 'duplicates.none' : 'duplicates.noneDismissed') }
            : { picture: 'search', title: t('duplicates.noneInSegment') })}
          text={t('duplicates.noneText')}
        />
      }
    >
      {() => (
        <div className={styles['sections']}>
          <p className={`${styles['faint']} ${styles['keys']}`}>{t('duplicates.keys')}</p>
          <PairList
            pairs={pairs}
            status={status}
            isActive={merging === null}
            onMerge={setMerging}
            onJudge={(pair, next) => void onJudge(pair, next)}
          />
          <MoreRows query={query} />
          {merging ? (
            <MergePanel
              key={`${merging.a.customerId}-${merging.b.customerId}`}
              pair={merging}
              onClose={() => setMerging(null)}
              onMerged={() => {
                setMerging(null);
                void refresh();
              }}
            />
          ) : null}
        </div>
      )}
    </QueryView>
  );
}
