import {
  clusterRun,
  clusterRunList,
  rfmGrid,
  segment,
  segmentCount,
  segmentFieldList,
  segmentPreview,
  segmentTemplateList,
  teamList,
  type ClusterInput,
  type RfmCuts,
  type SegmentInput,
  type SegmentPatch,
  type SegmentRule,
} from '@kezi/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const segmentQuery = (id: number) =>
  queryOptions({
    queryKey: ['segments', 'one', id],
    queryFn: ({ signal }) => api.get(`/segments/${id}`, { schema: segment, signal }),
  });
export const countQuery = (id: number) =>
  queryOptions({
    queryKey: ['segments', 'count', id],
    queryFn: ({ signal }) => api.get(`/segments/${id}/count`, { schema: segmentCount, signal }),
    staleTime: 60_000,
  });
/** Whom a rule finds. The figures before stay while the next are counted. */
export const previewQuery = (rule: SegmentRule) =>
  queryOptions({
    queryKey: ['segments', 'preview', rule],
    queryFn: ({ signal }) =>
      api.post('/segments/preview', { rule, sample: 10 }, { schema: segmentPreview, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
export const fieldsQuery = queryOptions({
  queryKey: ['segments', 'fields'],
  queryFn: ({ signal }) => api.get('/segments/fields', { schema: segmentFieldList, signal }),
  staleTime: 60_000,
});
export const templatesQuery = queryOptions({
  queryKey: ['segments', 'templates'],
  queryFn: ({ signal }) => api.get('/segments/templates', { schema: segmentTemplateList, signal }),
  staleTime: 60 * 60_000,
});
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: ({ signal }) => api.get('/teams', { schema: teamList, signal }),
  staleTime: 5 * 60_000,
});
export const rfmQuery = (cuts: RfmCuts | undefined) =>
  queryOptions({
    queryKey: ['segments', 'rfm', cuts ?? 'usual'],
    queryFn: ({ signal }) => api.post('/segments/rfm', { cuts }, { schema: rfmGrid, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
export const clusterRunsQuery = queryOptions({
  queryKey: ['segments', 'clusters'],
  queryFn: ({ signal }) => api.get('/segments/clusters', { schema: clusterRunList, signal }),
});

const everything = [['segments'], ['customers']] as const;

export const useCreateSegment = () =>
  useApiMutation({
    call: (input: SegmentInput, { key }) =>
      api.post('/segments', input, { schema: segment, idempotencyKey: key }),
    invalidate: everything,
  });
export const useSaveSegment = (onDone?: () => void) =>
  useApiMutation({
    call: ({ id, ...patch }: SegmentPatch & { id: number }) =>
      api.patch(`/segments/${id}`, patch, { schema: segment }),
    onDone,
    invalidate: everything,
  });
export const useDeleteSegment = () =>
  useApiMutation({ call: (id: number) => api.delete(`/segments/${id}`), invalidate: everything });
export const useFreezeSegment = () =>
  useApiMutation({
    call: ({ id, name }: { id: number; name: string }, { key }) =>
      api.post(`/segments/${id}/freeze`, { name }, { schema: segment, idempotencyKey: key }),
    invalidate: everything,
  });
export const useStartClusters = () =>
  useApiMutation({
    call: (input: ClusterInput, { key }) =>
      api.post('/segments/clusters', input, { schema: clusterRun, idempotencyKey: key }),
    invalidate: [
      ['segments', 'clusters'],
      ['jobs', 'running'],
    ],
  });
