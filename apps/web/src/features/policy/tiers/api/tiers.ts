import {
  customerTier,
  customerTierHistory,
  tierCandidates,
  tierDecided,
  tierDecisionPage,
  tierFeatureList,
  tierPolicy,
  tierPolicyList,
  tierPreview,
  tierPreviewProgress,
  tierRun,
  tierRunList,
  tierSet,
  tierSetList,
  type TierDecideInput,
  type TierDecision,
  type TierOverrideInput,
  type TierPolicyInput,
  type TierPolicyPatch,
  type TierPreviewInput,
  type TierSetInput,
  type TierSetPatch,
  type TierTemplate,
} from '@kezi/contract';
import { z } from 'zod';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const candidatesQuery = queryOptions({
  queryKey: ['tiers', 'candidates'],
  queryFn: ({ signal }) =>
    api.get('/tiers/candidates', { query: { limit: 10 }, schema: tierCandidates, signal }),
});
export const featuresQuery = queryOptions({
  queryKey: ['tiers', 'features'],
  queryFn: ({ signal }) => api.get('/tiers/features', { schema: tierFeatureList, signal }),
});
export const setsQuery = queryOptions({
  queryKey: ['tiers', 'sets'],
  queryFn: ({ signal }) => api.get('/tiers/sets', { schema: tierSetList, signal }),
});
export const policiesQuery = queryOptions({
  queryKey: ['tiers', 'policies'],
  queryFn: ({ signal }) => api.get('/tiers/policies', { schema: tierPolicyList, signal }),
});
export const policyQuery = (id: number) =>
  queryOptions({
    queryKey: ['tiers', 'policy', id],
    queryFn: ({ signal }) => api.get(`/tiers/policies/${id}`, { schema: tierPolicy, signal }),
  });
export const runsQuery = queryOptions({
  queryKey: ['tiers', 'runs'],
  queryFn: ({ signal }) => api.get('/tiers/runs', { schema: tierRunList, signal }),
});
/** What a policy would do. The figures before stay while the next are worked out. */
export const previewQuery = (input: TierPreviewInput) =>
  queryOptions({
    queryKey: ['tiers', 'preview', input],
    queryFn: ({ signal }) => api.post('/tiers/preview', input, { schema: tierPreview, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
/** Asked again and again while a trial lasts. */
export const previewProgressQuery = queryOptions({
  queryKey: ['tiers', 'preview', 'progress'],
  queryFn: ({ signal }) => api.get('/tiers/preview/progress', { schema: tierPreviewProgress, signal }),
  refetchInterval: 500,
  gcTime: 0,
});
export const decisionsQuery = (status: TierDecision['status'], segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['tiers', 'decisions', status, segmentId ?? 0],
    queryFn: ({ pageParam, signal }) =>
      api.get('/tiers/decisions', {
        query: { status, segmentId, cursor: pageParam },
        schema: tierDecisionPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
export const customerTierQuery = (customerId: number, on: string | undefined) =>
  queryOptions({
    queryKey: ['tiers', 'customer', customerId, on ?? 'today'],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/tier`, { query: { on }, schema: customerTier, signal }),
  });
export const historyQuery = (customerId: number) =>
  queryOptions({
    queryKey: ['tiers', 'customer', customerId, 'history'],
    queryFn: ({ signal }) =>
      api.get(`/customers/${customerId}/tier/history`, { schema: customerTierHistory, signal }),
  });

const everything = [['tiers'], ['customers'], ['jobs', 'running']] as const;

export const useStartPolicy = () =>
  useApiMutation({
    call: (template: TierTemplate, { key }) =>
      api.post('/tiers/start', { template }, { schema: tierPolicy, idempotencyKey: key }),
    invalidate: everything,
  });
export const useCreatePolicy = () =>
  useApiMutation({
    call: (input: TierPolicyInput, { key }) =>
      api.post('/tiers/policies', input, { schema: tierPolicy, idempotencyKey: key }),
    invalidate: [['tiers', 'policies']],
  });
export const useSavePolicy = (id: number, onDone?: () => void) =>
  useApiMutation({
    call: (patch: TierPolicyPatch) => api.patch(`/tiers/policies/${id}`, patch, { schema: tierPolicy }),
    onDone,
    invalidate: [
      ['tiers', 'policies'],
      ['tiers', 'policy', id],
    ],
  });
export const useDeletePolicy = () =>
  useApiMutation({
    call: (id: number) => api.delete(`/tiers/policies/${id}`),
    invalidate: [['tiers', 'policies']],
  });
export const usePublish = () =>
  useApiMutation({
    call: (input: { id: number; rowVersion: number; effectiveOn?: string | undefined }, { key }) =>
      api.post(
        `/tiers/policies/${input.id}/publish`,
        { rowVersion: input.rowVersion, effectiveOn: input.effectiveOn },
        { schema: tierRun, idempotencyKey: key },
      ),
    invalidate: everything,
  });
export const useRegrade = () =>
  useApiMutation({
    call: (_: null, { key }) => api.post('/tiers/runs', {}, { schema: tierRun, idempotencyKey: key }),
    invalidate: everything,
  });
export const useEndRun = () =>
  useApiMutation({
    call: (input: { id: number; how: 'enforce' | 'withdraw' }, { key }) =>
      api.post(`/tiers/runs/${input.id}/${input.how}`, {}, { schema: tierRun, idempotencyKey: key }),
    invalidate: everything,
  });
export const useDecide = () =>
  useApiMutation({
    call: (input: TierDecideInput, { key }) =>
      api.post('/tiers/decisions/decide', input, { schema: tierDecided, idempotencyKey: key }),
    invalidate: everything,
  });
export const useOverride = (customerId: number) =>
  useApiMutation({
    call: (input: TierOverrideInput, { key }) =>
      api.post(`/customers/${customerId}/tier/override`, input, { idempotencyKey: key }),
    invalidate: everything,
  });

export const useCreateSet = () =>
  useApiMutation({
    call: (input: TierSetInput, { key }) =>
      api.post('/tiers/sets', input, { schema: tierSet, idempotencyKey: key }),
    invalidate: [['tiers', 'sets']],
  });
export const useSaveSet = (onDone?: () => void) =>
  useApiMutation({
    call: ({ id, ...patch }: TierSetPatch & { id: number }) =>
      api.patch(`/tiers/sets/${id}`, patch, { schema: tierSet }),
    onDone,
    // The names stand wherever a tier is shown.
    invalidate: everything,
  });
const startedJob = z.object({ jobId: z.int() });
export const useReplay = () =>
  useApiMutation({
    call: (tierRunId: number, { key }) =>
      api.post(`/tiers/runs/${tierRunId}/replay`, {}, { schema: startedJob, idempotencyKey: key }),
    invalidate: [['jobs', 'running']],
  });
export const useEndOverride = () =>
  useApiMutation({
    call: (tierDecisionId: number, { key }) =>
      api.post(`/tiers/decisions/${tierDecisionId}/end`, {}, { idempotencyKey: key }),
    invalidate: everything,
  });
