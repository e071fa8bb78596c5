import type { Overview } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useEvents } from '../../../../lib/events.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useSession } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Page } from '../../../../ui/page.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonChart, SkeletonMetrics } from '../../../../ui/skeleton.js';
import { overviewQuery } from '../api/get-overview.js';
import { AssetTotal } from '../components/asset-total.js';
import { CohortPanel } from '../components/cohort-panel.js';
import { ConcentrationPanel } from '../components/concentration-panel.js';
import { MovementPanel } from '../components/movement-panel.js';
import { NothingValued } from '../components/nothing-valued.js';
import { SegmentPanel } from '../components/segment-panel.js';
import { StaleNote } from '../components/stale-note.js';
import { TopCustomersPanel } from '../components/top-customers-panel.js';
import { SpreadPanel } from '../components/spread-panel.js';
import { useWords } from '../words.js';
import styles from './overview.module.css';

const search = z.object({ segmentId: z.coerce.number().int().positive().optional().catch(undefined) });

export function prefetch({ client, search: given }: PrefetchInput) {
  return client.prefetchQuery(overviewQuery(search.parse(given).segmentId));
}

export default function OverviewPage() {
  const t = useWords();
  const [{ segmentId }, setSearch] = useSearch(search);
  const query = useQuery(overviewQuery(segmentId));
  const seesAll = useSession().scope === 'all';
  useEvents(['score.published', 'import.finished'], () => void query.refetch());
  return (
    <Page
      title={t('overview.title')}
      subtitle={t('overview.subtitle')}
      asOf={query.data?.run?.asOf}
      actions={<SegmentSelect value={segmentId} onChange={(value) => setSearch({ segmentId: value })} />}
    >
      <QueryView
        query={query}
        skeleton={
          <div className={styles['stack']}>
            <SkeletonMetrics n={4} />
            <SkeletonChart height={280} />
          </div>
        }
        empty={(data) => data.run === null || data.customers === 0}
        emptyView={
          segmentId !== undefined || query.data?.run || (!seesAll && query.data?.customers === 0) ? (
            <NothingSeen inSegment={segmentId !== undefined} />
          ) : (
            <NothingValued customers={query.data?.customers ?? 0} />
          )
        }
      >
        {(data) => <Filled data={data} />}
      </QueryView>
    </Page>
  );
}

function Filled({ data }: { data: Overview }) {
  return (
    <div className={styles['stack']}>
      <StaleNote changed={data.changedCustomers} />
      <AssetTotal data={data} />
      <div className={styles['columns']}>
        <TopCustomersPanel data={data} />
        <MovementPanel data={data} />
        <SegmentPanel data={data} />
        <ConcentrationPanel data={data} />
        <CohortPanel data={data} />
        <SpreadPanel data={data} />
      </div>
    </div>
  );
}

/** None of the company's customers, or of the segment, is the reader's: empty charts would say they are worth nothing. */
function NothingSeen({ inSegment }: { inSegment: boolean }) {
  const t = useWords();
  const which = inSegment ? 'noneInSegment' : 'noneVisible';
  return <EmptyState picture="people" title={t(`overview.${which}`)} text={t(`overview.${which}Text`)} />;
}
