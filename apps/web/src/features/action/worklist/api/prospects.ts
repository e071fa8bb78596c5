import { lookalikes, poachingRisk } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

/** Worked out anew at every request, over a year of orders: not again at every glance. */
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
