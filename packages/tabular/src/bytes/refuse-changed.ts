import { stat } from 'node:fs/promises';

import { CodedError } from '@kezi/contract/errors';

/** Refuses a file whose size or time of change is not what it was when it was looked at. */
export async function refuseChanged(
  path: string,
  expected: { sizeBytes: number; modifiedMs: number },
): Promise<void> {
  const now = await stat(path).catch((error: unknown) => {
    throw new CodedError('tabular.file_missing', { path }, { cause: error });
  });
  if (now.size !== expected.sizeBytes || now.mtimeMs !== expected.modifiedMs) {
    throw new CodedError('tabular.file_changed', {});
  }
}
