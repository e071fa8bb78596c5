import {
  qualityOverview,
  qualityPolicy,
  validationRule,
  validationRuleList,
  worstRecords,
  type QualityPolicy,
  type ValidationRuleChange,
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

export const worstQuery = (query: { by: 'freshness' | 'completeness'; ownerId: number | undefined }) =>
  queryOptions({
    queryKey: ['quality', 'worst', query],
    queryFn: ({ signal }) =>
      api.get('/quality/worst', { query: { ...query, limit: 20 }, schema: worstRecords, signal }),
  });

export const policyQuery = queryOptions({
  queryKey: ['quality', 'policy'],
  queryFn: ({ signal }) => api.get('/quality/policy', { schema: qualityPolicy, signal }),
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

export const useChangeRule = () =>
  useApiMutation({
    call: ({ id, change }: { id: number; change: ValidationRuleChange }) =>
      api.put(`/quality/rules/${id}`, change, { schema: validationRule }),
    invalidate: [['quality', 'rules']],
  });

export const useChangePolicy = () =>
  useApiMutation({
    call: (policy: QualityPolicy) => api.put('/quality/policy', policy, { schema: qualityPolicy }),
    invalidate: [['quality']],
  });

export const useDeleteRule = () =>
  useApiMutation({
    call: (id: number) => api.delete(`/quality/rules/${id}`),
    invalidate: [['quality', 'rules']],
  });
