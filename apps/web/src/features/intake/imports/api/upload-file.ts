import { importBatch } from '@kezi/contract';
import type { ImportBatch, ImportKind } from '@kezi/contract';
import { ApiError } from '../../../../lib/api-error.js';
import { api } from '../../../../lib/api.js';

/** The server takes 5 * 2^30; sizes are shown in powers of ten. */
export const maxBytes = 5e9;

export const acceptedEndings = [
  '.csv',
  '.tsv',
  '.txt',
  '.xlsx',
  '.parquet',
  '.csv.gz',
  '.tsv.gz',
  '.txt.gz',
] as const;

/** A browser refuses to read a file that has changed since it was chosen; to the request this looks like a broken line. */
async function hasChanged(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return false;
  } catch {
    return true;
  }
}

/**
 * Sends the file.
 * @throws ApiError imports.upload_changed with `changedText` when the file was changed or removed meanwhile
 */
export async function uploadFile(
  kind: ImportKind,
  file: File,
  options: {
    signal: AbortSignal;
    onProgress: (sent: number, total: number) => void;
    /** What to tell the reader of a file that changed on the way. */
    changedText: string;
  },
): Promise<ImportBatch> {
  const { changedText, ...sending } = options;
  const form = new FormData();
  form.append('file', file, file.name);
  try {
    return await api.upload('/imports', form, { query: { kind }, schema: importBatch, ...sending });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'web.offline' && (await hasChanged(file))) {
      throw new ApiError(
        { status: 0, code: 'imports.upload_changed', detail: changedText },
        { cause: error },
      );
    }
    throw error;
  }
}
