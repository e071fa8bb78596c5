import type { DisputeRow } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useSearch } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SidePanel } from '../../../../ui/side-panel.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { disputesQuery } from '../api/disputes.js';
import { DisputePanel } from '../components/dispute-panel.js';
import styles from '../components/ownership.module.css';
import { useWords } from '../words.js';

const shown = ['all', 'open', 'decided', 'withdrawn'] as const;
const disputesSearch = z.object({
  status: z.enum(shown).catch('all'),
  segmentId: z.number().int().positive().optional().catch(undefined),
  open: z.number().optional().catch(undefined),
});

export function prefetch({ client, search }: PrefetchInput) {
  const { status, segmentId } = disputesSearch.parse(search);
  return client.prefetchInfiniteQuery(disputesQuery(status === 'all' ? undefined : status, segmentId));
}

/** Who claims whose customer, and what was decided. */
export default function ListDisputes() {
  const t = useWords();
  const [{ status, segmentId, open }, setSearch] = useSearch(disputesSearch);
  const query = useInfiniteQuery(disputesQuery(status === 'all' ? undefined : status, segmentId));
  const isNarrowed = status !== 'all' || segmentId !== undefined;
  useEvents(['dispute.changed'], () => void query.refetch());
  return (
    <Page title={t('ownership.disputes')} subtitle={t('ownership.disputesHint')} width="reading">
      <div className={styles['row']}>
        <Segmented
          value={status}
          options={shown.map((value) => ({
            value,
            label: value === 'all' ? t('ownership.allDisputes') : t(`ownership.dispute.${value}`),
          }))}
          onChange={(value) => setSearch({ status: value })}
        />
        <SegmentSelect
          value={segmentId}
          onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
        />
      </div>
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={4} columns={3} />}
          empty={(data) => data.pages[0]?.items.length === 0}
          emptyView={
            <EmptyState
              picture={isNarrowed ? 'search' : 'people'}
              title={t(isNarrowed ? 'ownership.noMatch' : 'ownership.noDisputes')}
              text={t(isNarrowed ? 'ownership.noMatchText' : 'ownership.noDisputesText')}
            />
          }
        >
          {(data) => (
            <ol className={styles['list']}>
              {data.pages
                .flatMap((page) => page.items)
                .map((row) => (
                  <Row key={row.disputeId} row={row} onOpen={() => setSearch({ open: row.disputeId })} />
                ))}
            </ol>
          )}
        </QueryView>
        <MoreRows query={query} />
      </Panel>
      <SidePanel
        open={open !== undefined}
        onClose={() => setSearch({ open: undefined })}
        title={t('ownership.dispute')}
        width={560}
      >
        {open === undefined ? null : <DisputePanel key={open} disputeId={open} />}
      </SidePanel>
    </Page>
  );
}

const tones = { open: 'warn', withdrawn: 'neutral', decided: 'good' } as const;

function Row({ row, onOpen }: { row: DisputeRow; onOpen: () => void }) {
  const t = useWords();
  const nameOf = (name: string | null) => name ?? t('ownership.someoneElse');
  return (
    <li className={styles['item']}>
      <div className={styles['line']}>
        <Button type="link" className={`${styles['name']} ${styles['plain']}`} onClick={onOpen}>
          {row.customerName}
        </Button>
        <Tag tone={tones[row.status]}>{t(`ownership.dispute.${row.status}`)}</Tag>
        <span className={`${styles['faint']} ${styles['end']}`}>
          <DateText value={row.createdAt} relative />
        </span>
      </div>
      <p className={styles['faint']}>
        {t('ownership.versus', {
          claimant: nameOf(row.claimantName),
          respondent: nameOf(row.respondentName),
        })}
      </p>
    </li>
  );
}
