import { customerFacets } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.js';

/** Industries, regions, sources and tags that customers have, to choose from. */
export const facetsQuery = queryOptions({
  queryKey: ['customers', 'facets'],
  queryFn: ({ signal }) => api.get('/customers/facets', { schema: customerFacets, signal }),
  staleTime: 5 * 60_000,
});
