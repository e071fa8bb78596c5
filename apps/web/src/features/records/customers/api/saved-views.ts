import { savedView, savedViewList, type SavedView } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** The name under which the register's views are kept. */
const viewPage = 'customers';

const invalidate = [['customers', 'views']];

/** Mine and those that others share. */
export const viewsQuery = queryOptions({
  queryKey: ['customers', 'views'],
  queryFn: ({ signal }) =>
    api.get('/saved-views', { query: { page: viewPage }, schema: savedViewList, signal }),
  select: (list) => list.items,
  staleTime: 60_000,
});

export type ViewInput = Pick<SavedView, 'name' | 'state' | 'isShared' | 'teamId'>;

export const useCreateView = () =>
  useApiMutation({
    call: (input: ViewInput, { key }) =>
      api.post('/saved-views', { ...input, page: viewPage }, { schema: savedView, idempotencyKey: key }),
    invalidate,
  });

export const useChangeView = () =>
  useApiMutation({
    call: ({ savedViewId, ...change }: Partial<ViewInput> & Pick<SavedView, 'savedViewId'>) =>
      api.patch(`/saved-views/${savedViewId}`, change, { schema: savedView }),
    invalidate,
  });

export const useDeleteView = () =>
  useApiMutation({
    call: ({ savedViewId }: Pick<SavedView, 'savedViewId'>) => api.delete(`/saved-views/${savedViewId}`),
    invalidate,
  });
