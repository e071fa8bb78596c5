import { CodedError } from '@kezi/contract/errors';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { getImportKind } from './import-kind.js';
import type { Batch } from './imports.queries.js';

interface UndoResult {
  /** Records taken back: made by the batch and gone again, or as they were before it. */
  undone: number;
  /** Records that something later has touched; they stay as they are. */
  touched: number;
}

/**
 * Takes a batch back in the caller's transaction. Records that a later batch or a person has touched are not overwritten:
 * the undo is refused with their number, or leaves them alone where the user has asked for that.
 * @throws CodedError imports.undo_conflict
 */
export async function undoImport(
  db: Db,
  batch: Batch,
  viewer: Viewer,
  keepTouched: boolean,
): Promise<UndoResult> {
  const written = Object.values(batch.counts?.records ?? {});
  const records = written.reduce((sum, { added, changed }) => sum + added + changed, 0);
  const undone = await getImportKind(batch.kind).undo(db, batch.importBatchId, viewer);
  const touched = records - undone;
  if (touched > 0 && !keepTouched) throw new CodedError('imports.undo_conflict', { touched, records });
  return { undone, touched };
}
