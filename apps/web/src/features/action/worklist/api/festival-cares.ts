import {
  customerFacets,
  festivalAudience,
  festivalCare,
  type FestivalCareInput,
  type FestivalCarePatch,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const touched = [['task-rules'], ['tasks'], ['worklist']] as const;

type Audience = Pick<FestivalCareInput, 'tierIds' | 'regions' | 'segmentId'>;

/** How many customers are meant. */
export const audienceQuery = ({ tierIds, regions, segmentId }: Audience) =>
  queryOptions({
    queryKey: ['customers', 'count', 'festival', tierIds, regions, segmentId],
    queryFn: ({ signal }) =>
      api.get('/festival-cares/audience', {
        query: { tierId: tierIds, region: regions, segmentId: segmentId ?? undefined },
        schema: festivalAudience,
        signal,
      }),
  });

export const regionsQuery = queryOptions({
  queryKey: ['customers', 'facets'],
  queryFn: ({ signal }) => api.get('/customers/facets', { schema: customerFacets, signal }),
  staleTime: 5 * 60_000,
});

export const useAddFestivalCare = () =>
  useApiMutation({
    call: (input: FestivalCareInput, { key }) =>
      api.post('/festival-cares', input, { schema: festivalCare, idempotencyKey: key }),
    invalidate: touched,
  });

export const useChangeFestivalCare = () =>
  useApiMutation({
    call: ({ id, ...patch }: FestivalCarePatch & { id: number }) =>
      api.patch(`/festival-cares/${id}`, patch, { schema: festivalCare }),
    invalidate: touched,
  });

export const useDeleteFestivalCare = () =>
  useApiMutation({
    call: (id: number) => api.delete(`/festival-cares/${id}`),
    invalidate: touched,
  });
