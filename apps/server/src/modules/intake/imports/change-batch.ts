import type { ImportMapping, ImportPatch } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import type { Platform } from '../../../platform/platform.js';
import { getImportKind } from './import-kind.js';
import { getBatch, lockBatch, type Batch } from './imports.queries.js';
import { requireStatus } from './imports.rules.js';
import { checkMapping, inspect, openFile } from './inspect-file.js';

type Given<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

function given<Value extends object>(values: Value): Given<Value> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Given<Value>;
}

/** What is known of the mapping after the change; what was found out by looking at other columns is forgotten. */
function nextMapping(batch: Batch, patch: ImportPatch): Partial<ImportMapping> {
  const change = given(patch.mapping ?? {});
  const next: Partial<ImportMapping> = { ...batch.mapping };
  if (patch.reading) delete next.columns;
  if (patch.reading ?? change.columns) {
    delete next.dateFormat;
    delete next.numberStyle;
  }
  return { ...next, ...change };
}

/**
 * Says how the file is read and what its columns are. Changing how it is read finds the columns anew.
 * @throws CodedError imports.not_found, imports.status_conflict, imports.field_unknown, imports.column_unknown,
 * imports.column_used_twice, imports.date_format_unknown, imports.number_style_unknown, imports.owner_not_available, tabular.*
 */
export async function changeBatch(
  db: Db,
  platform: Platform,
  importBatchId: number,
  patch: ImportPatch,
  fieldRules: FieldRules,
): Promise<Batch> {
  await lockBatch(db, importBatchId);
  const batch = await getBatch(db, importBatchId);
  requireStatus('change', batch.status);
  const reading = { ...batch.inspection.reading, ...given(patch.reading ?? {}) };
  const sniffed = await openFile(platform, platform.files.path(batch.fileSha256), batch.kind, reading);
  const definition = getImportKind(batch.kind);
  const own = (await definition.ownFields?.(db, fieldRules)) ?? [];
  const { inspection, mapping } = inspect(sniffed, definition, nextMapping(batch, patch), own);
  checkMapping(mapping.columns, inspection.columns.length, definition);
  if (mapping.ownerId) await requireOwner(db, mapping.ownerId);
  await db
    .updateTable('import_batch')
    .set({
      status: 'uploaded',
      reading: JSON.stringify(inspection),
      mapping: JSON.stringify(mapping),
      counts: '{}',
      job_id: null,
    })
    .where('import_batch_id', '=', importBatchId)
    .execute();
  return getBatch(db, importBatchId);
}

async function requireOwner(db: Db, ownerId: number): Promise<void> {
  const owner = await db.selectFrom('app_user').select('id').where('id', '=', ownerId).executeTakeFirst();
  if (!owner) throw new CodedError('imports.owner_not_available');
}
