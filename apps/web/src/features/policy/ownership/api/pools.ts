import {
  claimAnswer,
  poolCustomerPage,
  poolList,
  poolRow,
  recycleNoticePage,
  teamList,
  type PoolCustomer,
  type PoolInput,
  type PoolPatch,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import type { PageRequest, RowsPage } from '../../../../ui/data-grid/windowed-rows.js';
import { changed } from './transfers.js';

export const poolsQuery = queryOptions({
  queryKey: ['pools', 'list'],
  queryFn: ({ signal }) => api.get('/pools', { schema: poolList, signal }),
});

export const departmentsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => api.get('/teams', { schema: teamList, signal }),
});

/** How a pool is narrowed. */
export interface PoolSearch {
  q: string;
  segmentId?: number | undefined;
}

export const poolCustomersKey = (poolId: number, { q, segmentId }: PoolSearch) =>
  ['pools', 'customers', poolId, q, segmentId ?? 0] as const;

export function fetchPoolCustomers(
  poolId: number,
  { q, segmentId }: PoolSearch,
  { cursor, limit, signal }: Pick<PageRequest, 'cursor' | 'limit' | 'signal'>,
): Promise<RowsPage<PoolCustomer>> {
  return api.get(`/pools/${poolId}/customers`, {
    query: { q: q === '' ? undefined : q, segmentId, cursor, limit },
    schema: poolCustomerPage,
    signal,
  });
}

export const noticesQuery = infiniteQueryOptions({
  queryKey: ['pools', 'notices'],
  queryFn: ({ pageParam, signal }) =>
    api.get('/pools/notices', { query: { limit: 20, cursor: pageParam }, schema: recycleNoticePage, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

export function useClaim() {
  return useApiMutation({
    call: (customerId: number, { key }) =>
      api.post(`/customers/${customerId}/claim`, undefined, { schema: claimAnswer, idempotencyKey: key }),
    invalidate: changed,
  });
}

export function useRelease() {
  return useApiMutation({
    call: ({ customerId, reason }: { customerId: number; reason: string }, { key }) =>
      api.post(`/customers/${customerId}/release`, { reason }, { idempotencyKey: key }),
    invalidate: changed,
  });
}

export function useSavePool() {
  return useApiMutation({
    call: ({ poolId, input }: { poolId: number | null; input: PoolInput | PoolPatch }, { key }) =>
      poolId === null
        ? api.post('/pools', input, { schema: poolRow, idempotencyKey: key })
        : api.patch(`/pools/${poolId}`, input, { schema: poolRow }),
    invalidate: [['pools']],
  });
}

export function useRecycleNow() {
  return useApiMutation({
    call: (poolId: number, { key }) =>
      api.post(`/pools/${poolId}/recycle`, undefined, {
        schema: z.object({ jobId: z.int() }),
        idempotencyKey: key,
      }),
    invalidate: [['jobs']],
  });
}
