import { fitsPool, type PoolCustomer, type PoolRow } from '@kezi/contract';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { AppLink, useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useOpenBeside } from '../../../../ui/customer-link.js';
import { DataGrid } from '../../../../ui/data-grid/data-grid.js';
import { useWindowedRows } from '../../../../ui/data-grid/windowed-rows.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { FilterBar } from '../../../../ui/filter-bar.js';
import { Page } from '../../../../ui/page.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import {
  fetchPoolCustomers,
  noticesQuery,
  poolCustomersKey,
  poolsQuery,
  useClaim,
  type PoolSearch,
} from '../api/pools.js';
import { NoticesPanel } from '../components/notices-panel.js';
import styles from '../components/ownership.module.css';
import { usePoolColumns } from '../components/pool-columns.js';
import { PoolDialog } from '../components/pool-dialog.js';
import { PoolTerms } from '../components/pool-terms.js';
import { useWords } from '../words.js';

const poolsSearch = z.object({
  pool: z.number().optional().catch(undefined),
  q: z.string().catch(''),
  segmentId: z.number().int().positive().optional().catch(undefined),
});

export function prefetch({ client }: PrefetchInput) {
  return Promise.all([client.prefetchQuery(poolsQuery), client.prefetchInfiniteQuery(noticesQuery)]);
}

/** Customers without an owner, to be claimed. */
export default function ListPools() {
  const t = useWords();
  const query = useQuery(poolsQuery);
  const mayWrite = useCan('pools:write');
  const [search, setSearch] = useSearch(poolsSearch);
  const [editing, setEditing] = useState<PoolRow | 'new' | null>(null);
  useEvents(['pool.changed', 'customer.transferred'], () => void query.refetch());
  const pools = query.data?.items ?? [];
  const pool = pools.find((one) => one.poolId === search.pool) ?? pools[0];
  return (
    <Page
      title={t('ownership.pools')}
      width="fill"
      actions={
        <>
          {pools.length > 0 || query.isPending ? (
            <Select<number | null>
              aria-label={t('ownership.pool')}
              disabled={query.isPending}
              style={{ width: 168 }}
              value={pool?.poolId ?? null}
              options={pools.map((one) => ({
                value: one.poolId,
                label: `${one.teamName} (${one.customers})`,
              }))}
              popupMatchSelectWidth={false}
              onChange={(next) => setSearch({ pool: next ?? undefined })}
            />
          ) : null}
          {/* While the pools are on their way the places are held: on a phone these are lines of their own. */}
          {pool !== undefined ? (
            <AppLink to={`/customers/pools/${pool.poolId}/rules`}>{t('ownership.rules')}</AppLink>
          ) : query.isPending ? (
            <span className={styles['faint']}>{t('ownership.rules')}</span>
          ) : null}
          {mayWrite && (pool !== undefined || query.isPending) ? (
            <Button disabled={query.isPending} onClick={() => setEditing(pool ?? null)}>
              {t('ownership.terms')}
            </Button>
          ) : null}
          {mayWrite ? <Button onClick={() => setEditing('new')}>{t('ownership.newPool')}</Button> : null}
        </>
      }
    >
      <QueryView
        query={query}
        skeleton={<SkeletonGrid rows={8} columns={5} />}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState
            picture="people"
            title={t('ownership.noPools')}
            text={t(mayWrite ? 'ownership.noPoolsText' : 'ownership.noPoolsAsk')}
            {...(mayWrite
              ? { action: { label: t('ownership.newPool'), onClick: () => setEditing('new') } }
              : {})}
          />
        }
      >
        {() =>
          pool === undefined ? null : (
            <PoolView
              pool={pool}
              search={search}
              onSearch={(change) => setSearch(change, { replace: true })}
            />
          )
        }
      </QueryView>
      {editing === null ? null : (
        <PoolDialog pool={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  );
}

interface PoolViewProps {
  pool: PoolRow;
  search: PoolSearch;
  onSearch: (change: Partial<PoolSearch>) => void;
}

/**
 * What was claimed opens beside the list, from which one goes on claiming. Whoever comes second is told who was quicker, and the
 * list is asked again.
 */
function useClaiming(poolId: number) {
  const t = useWords();
  const openBeside = useOpenBeside();
  const toast = useToast();
  const client = useQueryClient();
  const { mutate, isPending, variables } = useClaim();
  const onClaim = useCallback(
    (row: PoolCustomer) =>
      mutate(row.customerId, {
        onSuccess: ({ name, customerId }) => {
          toast.done(t('ownership.claimed', { name }));
          openBeside(`/customers/${customerId}`);
        },
        onError: (error) => {
          toast.failed(error);
          void client.invalidateQueries({ queryKey: ['pools', 'customers', poolId] });
        },
      }),
    [mutate, toast, t, openBeside, client, poolId],
  );
  return { onClaim, claiming: isPending ? variables : undefined };
}

function PoolView({ pool, search, onSearch }: PoolViewProps) {
  const t = useWords();
  const { q, segmentId } = search;
  const areNoticesKnown = !useInfiniteQuery(noticesQuery).isPending;
  const isNarrowed = q !== '' || segmentId !== undefined;
  const rows = useWindowedRows<PoolCustomer>({
    queryKey: poolCustomersKey(pool.poolId, search),
    fetchPage: (request) => fetchPoolCustomers(pool.poolId, search, request),
    mode: 'cursor',
    total: isNarrowed ? undefined : pool.customers,
  });
  const columns = usePoolColumns({ ...pool, ...useClaiming(pool.poolId) });
  // They stand above the list, which would jump.
  if (!areNoticesKnown) return <SkeletonGrid rows={8} columns={5} />;
  return (
    <>
      <NoticesPanel />
      <PoolTerms pool={pool} />
      <FilterBar
        search={{ value: q, onChange: (next) => onSearch({ q: next }), placeholder: t('ownership.search') }}
        extra={
          <SegmentSelect
            value={segmentId}
            fits={({ rule }) => pool.seesCustomers || fitsPool(rule)}
            onChange={(next) => onSearch({ segmentId: next })}
          />
        }
        onClear={() => onSearch({ q: '', segmentId: undefined })}
      />
      <div className={styles['grid']}>
        <DataGrid<PoolCustomer>
          id="pool"
          cards
          label={t('ownership.poolOf', { team: pool.teamName })}
          rows={rows}
          rowKey={(row) => row.customerId}
          columns={columns}
          empty={
            <EmptyState
              picture={isNarrowed ? 'search' : 'people'}
              title={t(isNarrowed ? 'ownership.noMatch' : 'ownership.poolEmpty')}
              text={t(isNarrowed ? 'ownership.noMatchText' : 'ownership.poolEmptyText')}
            />
          }
        />
      </div>
    </>
  );
}
