import { overview } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';

export const overviewQuery = (segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['overview', segmentId ?? 0],
    queryFn: ({ signal }) => api.get('/overview', { query: { segmentId }, schema: overview, signal }),
  });
