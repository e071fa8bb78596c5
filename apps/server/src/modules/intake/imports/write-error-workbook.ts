import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Language } from '@kezi/contract/errors';
import { createErrorWorkbook } from '@kezi/tabular';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listRowErrors, type Batch } from './imports.queries.js';

const rowsATime = 1000;

/** Writes the bad rows of a batch as a workbook that can be mended and uploaded again. Answers its path; remove it after. */
export async function writeErrorWorkbook(
  db: Db,
  tempFolder: string,
  batch: Batch,
  language: Language,
): Promise<string> {
  const path = join(tempFolder, `errors-${randomUUID()}.xlsx`);
  const columns = batch.inspection.columns.map((column) => column.name);
  const workbook = await createErrorWorkbook(path, { headers: columns, language });
  let cursor: string | undefined;
  do {
    const page = await listRowErrors(db, batch.importBatchId, { cursor, limit: rowsATime });
    for (const { line, columnName, code, params, cells } of page.items) {
      const column = columns.indexOf(columnName);
      workbook.add({ line, ...(column < 0 ? {} : { column }), code, params, cells });
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  await workbook.close();
  return path;
}
