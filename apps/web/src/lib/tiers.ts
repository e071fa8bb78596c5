import { tierOverview } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.js';

/** The tiers that hold today, with the customers whom the reader sees. Shared: the register filters by them. */
export const tiersOfTodayQuery = queryOptions({
  queryKey: ['tiers', 'overview'],
  queryFn: ({ signal }) => api.get('/tiers', { schema: tierOverview, signal }),
  staleTime: 60_000,
});
