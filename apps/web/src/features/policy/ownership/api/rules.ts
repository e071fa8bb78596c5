import {
  recycleRule,
  recycleRuleList,
  ruleSimulation,
  type RecycleRule,
  type RecycleRuleInput,
} from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const rulesQuery = (poolId: number) =>
  queryOptions({
    queryKey: ['pools', 'rules', poolId],
    queryFn: ({ signal }) => api.get(`/pools/${poolId}/rules`, { schema: recycleRuleList, signal }),
  });

/** The version is part of the key: a rule that was changed is simulated anew. */
export const simulationQuery = (rule: RecycleRule) =>
  queryOptions({
    queryKey: ['pools', 'simulation', rule.recycleRuleId, rule.rowVersion],
    queryFn: ({ signal }) =>
      api.get(`/recycle-rules/${rule.recycleRuleId}/simulation`, { schema: ruleSimulation, signal }),
    staleTime: 60_000,
  });

export function useSaveRule(poolId: number) {
  return useApiMutation({
    call: ({ rule, input }: { rule: RecycleRule | null; input: RecycleRuleInput }, { key }) =>
      rule === null
        ? api.post(`/pools/${poolId}/rules`, input, { schema: recycleRule, idempotencyKey: key })
        : api.patch(
            `/recycle-rules/${rule.recycleRuleId}`,
            { ...input, rowVersion: rule.rowVersion },
            { schema: recycleRule },
          ),
    invalidate: [['pools']],
  });
}

export function useSwitchRule() {
  return useApiMutation({
    call: ({ rule, count }: { rule: RecycleRule; count?: number }, { key }) =>
      api.post(
        `/recycle-rules/${rule.recycleRuleId}/switch`,
        { isOn: !rule.isOn, rowVersion: rule.rowVersion, ...(count === undefined ? {} : { count }) },
        { schema: recycleRule, idempotencyKey: key },
      ),
    invalidate: [['pools']],
  });
}

export function useRemoveRule() {
  return useApiMutation({
    call: (ruleId: number) => api.delete(`/recycle-rules/${ruleId}`),
    invalidate: [['pools']],
  });
}
