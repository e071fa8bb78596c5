import { segmentList } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.js';

/** One's own segments and those that others share. Shared: lists filter by them. */
export const segmentsQuery = queryOptions({
  queryKey: ['segments', 'list'],
  queryFn: ({ signal }) => api.get('/segments', { schema: segmentList, signal }),
  staleTime: 60_000,
});
