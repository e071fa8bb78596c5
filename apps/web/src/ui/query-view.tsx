import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.js';
import { SkeletonLines } from './skeleton.js';

interface QueryViewProps<Data> {
  query: UseQueryResult<Data>;
  /** In the true layout of what will come. */
  skeleton?: ReactNode;
  empty?: (data: Data) => boolean;
  emptyView?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Loading, error, empty and there: in one place. What was there stays while it is fetched anew; a failure then stands above it. */
export function QueryView<Data>({ query, skeleton, empty, emptyView, children }: QueryViewProps<Data>) {
  const retry = () => void query.refetch();
  if (query.data === undefined) {
    if (query.isError) return <ErrorState error={query.error} onRetry={retry} />;
    return skeleton ?? <SkeletonLines />;
  }
  return (
    <>
      {query.isError ? <ErrorState error={query.error} onRetry={retry} size="band" /> : null}
      {empty?.(query.data) === true ? emptyView : children(query.data)}
    </>
  );
}
