import type { ImportStatus } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

export type ImportAction = 'change' | 'check' | 'start' | 'cancel' | 'undo' | 'delete';

/** What may be done with a batch in which state. */
const allowed: Record<ImportAction, readonly ImportStatus[]> = {
  change: ['uploaded', 'checked', 'failed', 'cancelled'],
  check: ['uploaded', 'checked', 'failed', 'cancelled'],
  start: ['uploaded', 'checked', 'failed', 'cancelled'],
  cancel: ['checking', 'importing', 'undoing'],
  undo: ['imported'],
  delete: ['uploaded', 'checked', 'failed', 'cancelled'],
};

/** @throws CodedError imports.status_conflict */
export function requireStatus(action: ImportAction, status: ImportStatus): void {
  if (!allowed[action].includes(status)) throw new CodedError('imports.status_conflict', { status });
}

/**
 * The state as it is. The batch knows what was begun; where the job of it has been cancelled or has failed, nothing of the
 * batch was written, and it is as before.
 */
export function statusNow(status: ImportStatus, jobStatus: string | null): ImportStatus {
  if (jobStatus !== 'cancelled' && jobStatus !== 'failed') return status;
  if (status === 'checking') return jobStatus === 'cancelled' ? 'uploaded' : 'failed';
  if (status === 'importing') return jobStatus;
  return status === 'undoing' ? 'imported' : status;
}
