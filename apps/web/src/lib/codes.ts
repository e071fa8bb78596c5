import { queryOptions } from '@tanstack/react-query';

const loadCodes = () => import('@kezi/contract/codes');
export type Codes = Awaited<ReturnType<typeof loadCodes>>;

/** Industries, countries and divisions by code: some 30 kB, fetched by pages that name one. */
export const codesQuery = queryOptions({
  queryKey: ['codes'],
  queryFn: loadCodes,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  // Functions come with it: there is nothing to compare.
  structuralSharing: false,
});
