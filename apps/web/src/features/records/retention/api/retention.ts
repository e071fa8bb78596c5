import { retention, type RetentionPeriods } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const key = ['retention'] as const;

/** The periods that are set with whom they concern; what others would do where some are given. */
export const retentionQuery = (draft?: RetentionPeriods) =>
  queryOptions({
    queryKey: [...key, draft ?? null],
    queryFn: ({ signal }) => api.get('/retention', { query: { ...draft }, schema: retention, signal }),
  });

export const useSetRetention = (onDone: () => void) =>
  useApiMutation({
    call: (periods: RetentionPeriods) => api.put('/retention', { periods }, { schema: retention }),
    invalidate: [key],
    onDone,
  });
