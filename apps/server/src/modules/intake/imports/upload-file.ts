import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { ImportKind } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { getImportKind } from './import-kind.js';
import { getBatch, type Batch } from './imports.queries.js';
import { findKnownMapping } from './find-known-mapping.js';
import { inspect, openFile } from './inspect-file.js';
import { lockFile, removeUnusedFile } from './remove-unused-file.js';

/** 5 GB. */
const maxBytes = 5 * 2 ** 30;

interface Upload {
  kind: ImportKind;
  fileName: string;
  source: Readable;
  /** What the sender says the bytes are; where they are not, the file has changed on the way. */
  sha256?: string | undefined;
}

/** The last part of a path, without anything that is not a character. */
function plainFileName(name: string): string {
  const last = basename(name.replaceAll('\\', '/'));
  return last.replace(/\p{Cc}/gu, '').slice(0, 400) || 'file';
}

/**
 * Takes a file in as a new batch. Whatever goes wrong, nothing of it stays: neither bytes nor batch.
 * @throws CodedError imports.upload_changed, files.too_large, app.disk_full, tabular.*
 */
export async function uploadFile(
  platform: Platform,
  inScope: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  { userId, fieldRules }: Pick<Principal, 'userId' | 'fieldRules'>,
  upload: Upload,
): Promise<Batch> {
  const stored = await platform.files.save(upload.source, { maxBytes });
  try {
    if (upload.sha256 !== undefined && upload.sha256 !== stored.sha256) {
      throw new CodedError('imports.upload_changed');
    }
    const definition = getImportKind(upload.kind);
    const sniffed = await openFile(platform, stored.path, upload.kind, {});
    return await inScope(async (db) => {
      // Somebody may just have deleted the last upload of the same bytes.
      await lockFile(db, stored.sha256);
      if (!platform.files.exists(stored.sha256)) throw new CodedError('imports.upload_changed');
      const known = await findKnownMapping(db, userId, upload.kind, sniffed);
      const own = (await definition.ownFields?.(db, fieldRules)) ?? [];
      const { inspection, mapping } = inspect(sniffed, definition, known, own);
      const batch = await db
        .insertInto('import_batch')
        .values({
          kind: upload.kind,
          status: 'uploaded',
          file_name: plainFileName(upload.fileName),
          file_size: stored.sizeBytes,
          file_sha256: stored.sha256,
          reading: JSON.stringify(inspection),
          mapping: JSON.stringify(mapping),
          created_by: userId,
          created_at: platform.clock.now(),
        })
        .returning('import_batch_id')
        .executeTakeFirstOrThrow();
      const subjectId = batch.import_batch_id;
      await writeAudit(db, { action: 'import.uploaded', subject: 'import', subjectId });
      return getBatch(db, subjectId);
    });
  } catch (error) {
    await removeUnusedFile(platform, stored.sha256);
    throw error;
  }
}
