import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';
import { getBatch, lockBatch } from './imports.queries.js';
import { requireStatus } from './imports.rules.js';
import { removeUnusedFile } from './remove-unused-file.js';

/**
 * Removes a batch of which nothing was ever written, with its bad rows, and then its file. What was imported stays, also
 * when it is undone: the register's history leads back to it.
 * @throws CodedError imports.not_found, imports.status_conflict
 */
export async function deleteUpload(
  platform: Platform,
  inScope: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  importBatchId: number,
): Promise<void> {
  const sha256 = await inScope(async (db) => {
    await lockBatch(db, importBatchId);
    const { status, fileName, fileSha256 } = await getBatch(db, importBatchId);
    requireStatus('delete', status);
    await db.deleteFrom('import_batch').where('import_batch_id', '=', importBatchId).execute();
    await writeAudit(db, {
      action: 'import.deleted',
      subject: 'import',
      subjectId: importBatchId,
      changes: { fileName: [fileName, null] },
    });
    return fileSha256;
  });
  await removeUnusedFile(platform, sha256);
}
