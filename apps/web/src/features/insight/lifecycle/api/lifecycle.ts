import {
  customerStages,
  keptStageRules,
  lifecycleCohorts,
  lifecycleOverview,
  type StagePin,
  type StageRules,
  type StageRulesInput,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** Of the members of a segment, or of everybody. */
export const lifecycleQuery = (days: number, segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['lifecycle', 'overview', days, segmentId ?? 'all'],
    queryFn: ({ signal }) =>
      api.get('/lifecycle', { query: { days, segmentId }, schema: lifecycleOverview, signal }),
  });

export const cohortsQuery = (segmentId: number | undefined) =>
  queryOptions({
    queryKey: ['lifecycle', 'cohorts', segmentId ?? 'all'],
    queryFn: ({ signal }) =>
      api.get('/lifecycle/cohorts', { query: { segmentId }, schema: lifecycleCohorts, signal }),
  });

export const rulesQuery = queryOptions({
  queryKey: ['lifecycle', 'rules'],
  queryFn: ({ signal }) => api.get('/lifecycle/rules', { schema: keptStageRules, signal }),
});

export const stagesQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['lifecycle', 'customer', customerId],
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/stages`, { schema: customerStages, signal }),
  });

/** The stage also stands in the head of the customer and in the register. */
const stageShown = [['lifecycle'], ['customers']];

export const usePinStage = (customerId: number) =>
  useApiMutation({
    call: (pin: StagePin, { key }) =>
      api.post(`/customers/${customerId}/stages/pin`, pin, { schema: customerStages, idempotencyKey: key }),
    invalidate: stageShown,
  });

export const useUnpinStage = (customerId: number) =>
  useApiMutation({
    call: (_input: null) => api.delete(`/customers/${customerId}/stages/pin`, { schema: customerStages }),
    invalidate: stageShown,
  });

export const useSaveRules = () =>
  useApiMutation({
    call: (input: StageRulesInput) => api.put('/lifecycle/rules', input, { schema: keptStageRules }),
    invalidate: [['lifecycle'], ['jobs', 'running']],
  });

const started = z.object({ jobId: z.int() });

export const useTryRules = () =>
  useApiMutation({
    call: (rules: StageRules, { key }) =>
      api.post('/lifecycle/rules/trial', rules, { schema: started, idempotencyKey: key }),
    invalidate: [['jobs', 'running']],
  });
