import { disputeDetail, disputePage, type DisputeDecisionInput, type DisputeRow } from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const disputesQuery = (status: DisputeRow['status'] | undefined, segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['ownership', 'disputes', status ?? 'all', segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/disputes', {
        query: { limit: 30, cursor: pageParam, status, segmentId },
        schema: disputePage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const disputeQuery = (disputeId: number) =>
  queryOptions({
    queryKey: ['ownership', 'dispute', disputeId],
    queryFn: ({ signal }) => api.get(`/disputes/${disputeId}`, { schema: disputeDetail, signal }),
  });

const touched = [['ownership'], ['customers'], ['pools']] as const;

export function useOpenDispute() {
  return useApiMutation({
    call: (input: { customerId: number; grounds: string }, { key }) =>
      api.post('/disputes', input, { schema: disputeDetail, idempotencyKey: key }),
    invalidate: touched,
  });
}

export function useDecide(disputeId: number) {
  return useApiMutation({
    call: (input: DisputeDecisionInput, { key }) =>
      api.post(`/disputes/${disputeId}/decide`, input, { schema: disputeDetail, idempotencyKey: key }),
    invalidate: touched,
  });
}

/** Takes a decision back, or one's own claim. */
export function useTakeBack(disputeId: number, deed: 'undo' | 'withdraw') {
  return useApiMutation({
    call: (_input: null, { key }) =>
      api.post(`/disputes/${disputeId}/${deed}`, undefined, { schema: disputeDetail, idempotencyKey: key }),
    invalidate: touched,
  });
}
