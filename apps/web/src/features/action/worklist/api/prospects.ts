import { lookalikes, poachingRisk } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

/** Kept by a run of the night, or of new figures. */
const staleTime = 10 * 60_000;

export const lookalikesQuery = queryOptions({
  queryKey: ['prospects', 'lookalikes'],
  queryFn: ({ signal }) => api.get('/prospects/lookalikes', { schema: lookalikes, signal }),
  staleTime,
});

export const poachingQuery = queryOptions({
  queryKey: ['prospects', 'poaching'],
  queryFn: ({ signal }) => api.get('/prospects/poaching', { schema: poachingRisk, signal }),
  staleTime,
});
