import {
  detectorBacktest,
  detectorList,
  detectorRow,
  foldedPage,
  warningPage,
  warningRunStarted,
  type DetectorPatch,
  type WarningStatus,
} from '@kezi/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

interface WarningFilter {
  status?: readonly WarningStatus[] | undefined;
  detector?: readonly string[] | undefined;
  customerId?: number | undefined;
  segmentId?: number | undefined;
}

export const warningsQuery = (filter: WarningFilter) =>
  infiniteQueryOptions({
    queryKey: ['warnings', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get('/warnings', {
        query: { limit: 50, cursor: pageParam, ...filter },
        schema: warningPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const foldedQuery = (detectorId: string, segmentId: number | undefined) =>
  infiniteQueryOptions({
    queryKey: ['warnings', 'folded', detectorId, segmentId],
    queryFn: ({ pageParam, signal }) =>
      api.get(`/detectors/${detectorId}/folded`, {
        query: { limit: 50, cursor: pageParam, segmentId },
        schema: foldedPage,
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const detectorsQuery = queryOptions({
  queryKey: ['warnings', 'detectors'],
  queryFn: ({ signal }) => api.get('/detectors', { schema: detectorList, signal }),
});

export const backtestQuery = (detectorId: string) =>
  queryOptions({
    queryKey: ['detectors', 'backtest', detectorId],
    queryFn: ({ signal }) =>
      api.get(`/detectors/${detectorId}/backtest`, { schema: detectorBacktest, signal }),
    staleTime: 10 * 60_000,
    retry: false,
  });

export const useSetDetector = () =>
  useApiMutation({
    call: ({ detectorId, ...patch }: DetectorPatch & { detectorId: string }) =>
      api.patch(`/detectors/${detectorId}`, patch, { schema: detectorRow }),
    invalidate: [['warnings'], ['detectors']],
  });

export const useRunDetectors = () =>
  useApiMutation({
    call: (_input: null, { key }) =>
      api.post('/warnings/runs', undefined, { schema: warningRunStarted, idempotencyKey: key }),
    invalidate: [['jobs', 'running']],
  });
