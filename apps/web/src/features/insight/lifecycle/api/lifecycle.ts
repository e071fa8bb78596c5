import { customerStages, lifecycleCohorts, lifecycleOverview, type StagePin } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const lifecycleQuery = (days: number) =>
  queryOptions({
    queryKey: ['lifecycle', 'overview', days],
    queryFn: ({ signal }) => api.get('/lifecycle', { query: { days }, schema: lifecycleOverview, signal }),
  });

export const cohortsQuery = queryOptions({
  queryKey: ['lifecycle', 'cohorts'],
  queryFn: ({ signal }) => api.get('/lifecycle/cohorts', { schema: lifecycleCohorts, signal }),
});

export const stagesQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['lifecycle', 'customer', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/stages`, { schema: customerStages, signal }),
  });

export const usePinStage = (customerId: number) =>
  useApiMutation({
    call: (pin: StagePin, { key }) =>
      api.post(`/customers/${customerId}/stages/pin`, pin, { schema: customerStages, idempotencyKey: key }),
    invalidate: [['lifecycle']],
  });

export const useUnpinStage = (customerId: number) =>
  useApiMutation({
    call: (_input: null) => api.delete(`/customers/${customerId}/stages/pin`, { schema: customerStages }),
    invalidate: [['lifecycle']],
  });
