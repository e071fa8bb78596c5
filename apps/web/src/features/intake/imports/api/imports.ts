import { importBatch, importBatchPage, importPreview, importRowErrorPage } from '@kezi/contract';
import type { ImportBatch, ImportPatch, ImportRowError } from '@kezi/contract';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { ApiError } from '../../../../lib/api-error.js';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { useGo } from '../../../../lib/navigate.js';
import type { RowsPage } from '../../../../ui/data-grid/windowed-rows.js';
import { isRunning } from '../step-of-batch.js';
import type { ImportStep } from '../step-of-batch.js';

export type BatchLine = z.infer<typeof importBatchPage>['items'][number];

/** Milliseconds between looks while something runs. The job's own stream is quicker; this is for when it breaks. */
const lookMs = 2500;

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam, signal }) =>
    api.get('/imports', { query: { limit: 30, cursor: pageParam }, schema: importBatchPage, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  refetchInterval: (query) =>
    query.state.data?.pages.some((page) => page.items.some((item) => isRunning(item.status)))
      ? lookMs
      : false,
});

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['imports', 'one', id],
    queryFn: ({ signal }) => api.get(`/imports/${id}`, { schema: importBatch, signal }),
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data.status) ? lookMs : false),
  });

/** The first rows as they would be taken in, for the reading and mapping that the batch has now. */
export const previewQuery = (batch: Pick<ImportBatch, 'importBatchId' | 'reading' | 'mapping'>) =>
  queryOptions({
    queryKey: ['imports', 'preview', batch.importBatchId, batch.reading, batch.mapping],
    queryFn: ({ signal }) =>
      api.get(`/imports/${batch.importBatchId}/preview`, { schema: importPreview, signal }),
    placeholderData: keepPreviousData,
  });

export async function fetchRowErrors(
  id: number,
  request: { limit: number; cursor: string | undefined; signal: AbortSignal },
): Promise<RowsPage<ImportRowError>> {
  const { limit, cursor, signal } = request;
  return api.get(`/imports/${id}/errors`, { query: { limit, cursor }, schema: importRowErrorPage, signal });
}

type Patch = { [Part in keyof ImportPatch]?: ImportPatch[Part] };

/**
 * Says how the file is read and what its columns are. The choice shows at once; changes go to the server one after the
 * other, and what the server makes of them is taken when the last one has come back.
 */
export function useChangeImport(id: number) {
  const client = useQueryClient();
  const { queryKey } = importQuery(id);
  const mutationKey = ['imports', 'change', id];
  return useMutation<ImportBatch, ApiError, Patch>({
    mutationKey,
    scope: { id: `imports.change.${id}` },
    mutationFn: (patch) => api.patch(`/imports/${id}`, patch, { schema: importBatch }),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey });
      const { columns, ownerId } = patch.mapping ?? {};
      const shown = {
        ...(columns === undefined ? {} : { columns }),
        ...(ownerId === undefined ? {} : { ownerId }),
      };
      client.setQueryData(queryKey, (batch) =>
        batch ? { ...batch, mapping: { ...batch.mapping, ...shown } } : batch,
      );
    },
    onSuccess: (batch) => {
      if (client.isMutating({ mutationKey }) === 1) client.setQueryData(queryKey, batch);
    },
    onError: () => client.invalidateQueries({ queryKey }),
  });
}

type Deed = 'check' | 'start' | 'cancel' | 'undo';

/** Where the work that was started is watched. */
const stepAfter: Partial<Record<Deed, ImportStep>> = { check: 'check', start: 'import' };

/** Starts or stops what a batch can do; the answer is the batch as it stands then. */
export function useActOnImport(deed: Deed) {
  const client = useQueryClient();
  const go = useGo();
  return useApiMutation({
    call: ({ id, ...input }: { id: number; keepTouched?: boolean }, { key }) =>
      api.post(`/imports/${id}/${deed}`, deed === 'undo' ? input : undefined, {
        schema: importBatch,
        idempotencyKey: key,
      }),
    onDone: (batch) => {
      client.setQueryData(importQuery(batch.importBatchId).queryKey, batch);
      const step = stepAfter[deed];
      if (step !== undefined) go(`/imports/${batch.importBatchId}?step=${step}`);
    },
    invalidate: [
      ['imports', 'list'],
      ['jobs', 'running'],
    ],
  });
}

/** Deletes a file that was uploaded and never imported. */
export function useDeleteImport() {
  return useApiMutation({
    call: ({ id }: { id: number }) => api.delete(`/imports/${id}`),
    invalidate: [['imports', 'list']],
  });
}
