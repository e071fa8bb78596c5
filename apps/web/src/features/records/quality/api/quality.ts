import {
  qualityOverview,
  validationRule,
  validationRuleList,
  worstRecords,
  type ValidationRuleInput,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const overviewQuery = queryOptions({
  queryKey: ['quality', 'overview'],
  queryFn: ({ signal }) => api.get('/quality', { schema: qualityOverview, signal }),
});

export type WorstBy = 'freshness' | 'completeness';

export const worstQuery = (by: WorstBy) =>
  queryOptions({
    queryKey: ['quality', 'worst', by],
    queryFn: ({ signal }) =>
      api.get('/quality/worst', { query: { by, limit: 20 }, schema: worstRecords, signal }),
  });

export const rulesQuery = queryOptions({
  queryKey: ['quality', 'rules'],
  queryFn: ({ signal }) => api.get('/quality/rules', { schema: validationRuleList, signal }),
});

export const useMeasure = () =>
  useApiMutation({
    call: (_: null, { key }) =>
      api.post('/quality/measure', undefined, { schema: z.object({ jobId: z.int() }), idempotencyKey: key }),
  });

export const useAddRule = () =>
  useApiMutation({
    call: (rule: ValidationRuleInput, { key }) =>
      api.post('/quality/rules', rule, { schema: validationRule, idempotencyKey: key }),
    invalidate: [['quality', 'rules']],
  });

export const useDeleteRule = () =>
  useApiMutation({
    call: (id: number) => api.delete(`/quality/rules/${id}`),
    invalidate: [['quality', 'rules']],
  });
