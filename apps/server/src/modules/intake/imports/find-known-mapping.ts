import type { ImportKind, ImportMapping } from '@kezi/contract';
import type { SniffedFile } from '@kezi/tabular';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/**
 * What the user said of an earlier file with the same headers: such files come every week. How days and numbers are
 * written is looked at anew, except in an error workbook of ours, whose few bad cells would say nothing.
 */
export async function findKnownMapping(
  db: Db,
  userId: number,
  kind: ImportKind,
  { header, columns, errorFile }: SniffedFile,
): Promise<Partial<ImportMapping>> {
  if (!header) return {};
  const names = JSON.stringify(columns.map((column) => column.name));
  const { rows } = await sql<{ mapping: ImportMapping }>`
    select b.mapping from import_batch b
    where b.created_by = ${userId} and b.kind = ${kind} and b.status in ('imported', 'undone')
      and jsonb_path_query_array(b.reading, '$.columns[*].name') = ${names}::jsonb
    order by b.import_batch_id desc limit 1`.execute(db);
  const mapping = rows[0]?.mapping;
  if (!mapping) return {};
  if (errorFile) return mapping;
  const { dateFormat: _dateFormat, numberStyle: _numberStyle, ...known } = mapping;
  return known;
}
