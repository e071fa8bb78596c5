import {
  duplicatePairPage,
  duplicateSearch,
  mergeDone,
  mergePage,
  mergePreview,
  mergeUndone,
  type DuplicatePair,
  type MergeInput,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export type PairStatus = DuplicatePair['status'];

export const pairsQuery = (status: PairStatus, segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['duplicates', 'pairs', status, segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/duplicates', {
        query: { status, segmentId, limit: 50, cursor: pageParam },
        schema: duplicatePairPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const searchQuery = queryOptions({
  queryKey: ['duplicates', 'search'],
  queryFn: ({ signal }) => api.get('/duplicates/search', { schema: duplicateSearch, signal }),
});

export const mergesQuery = queryOptions({
  queryKey: ['duplicates', 'merges'],
  queryFn: ({ signal }) => api.get('/merges', { query: { limit: 50 }, schema: mergePage, signal }),
});

export const mergeQuery = (remainingId: number, mergedId: number) =>
  queryOptions({
    queryKey: ['merge-preview', remainingId, mergedId],
    queryFn: ({ signal }) =>
      api.get(`/customers/${remainingId}/merge`, { query: { mergedId }, schema: mergePreview, signal }),
    // What is merged must be what is there now.
    staleTime: 0,
    gcTime: 0,
  });

export const useSearchAll = () =>
  useApiMutation({
    call: (_: null, { key }) =>
      api.post('/duplicates/search', undefined, {
        schema: z.object({ jobId: z.int() }),
        idempotencyKey: key,
      }),
  });

const keyOf = (pair: DuplicatePair) => ({
  customerId: pair.a.customerId,
  otherCustomerId: pair.b.customerId,
});

export const judge = (pair: DuplicatePair, status: PairStatus) =>
  api.post(status === 'dismissed' ? '/duplicates/dismiss' : '/duplicates/reopen', keyOf(pair));

export const useMerge = (remainingId: number) =>
  useApiMutation({
    call: (input: MergeInput, { key }) =>
      api.post(`/customers/${remainingId}/merge`, input, { schema: mergeDone, idempotencyKey: key }),
    invalidate: [['duplicates'], ['customers']],
  });

export const undoMerge = (mergeId: number) =>
  api.post(`/merges/${mergeId}/undo`, undefined, { schema: mergeUndone });
