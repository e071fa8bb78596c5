import { lookalikes, poachingRisk } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

/** Kept by a run of the night, or of new figures. */
const staleTime = 10 * 60_000;

export const lookalikesQuery = (segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['prospects', 'lookalikes', segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/prospects/lookalikes', { query: { segmentId }, schema: lookalikes, signal }),
    staleTime,
  });

export const poachingQuery = (segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['prospects', 'poaching', segmentId ?? 0],
    queryFn: ({ signal }) =>
      api.get('/prospects/poaching', { query: { segmentId }, schema: poachingRisk, signal }),
    staleTime,
  });
