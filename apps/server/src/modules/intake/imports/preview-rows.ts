import type { ImportPreview } from '@kezi/contract';
import {
  CodedError,
  messageOf,
  type ErrorCode,
  type ErrorParams,
  type Language,
} from '@kezi/contract/errors';
import type { BadRow, Row } from '@kezi/tabular';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';
import { contentOf } from './column-values.rules.js';
import { getImportKind } from './import-kind.js';
import type { Batch } from './imports.queries.js';
import { openFile } from './inspect-file.js';
import { readTable } from './read-table.js';
import { openFields, readFieldSettings } from './read-windows.js';
import type { RowFields } from './row-fields.js';

const rowsShown = 50;

type Cell = ImportPreview['rows'][number]['cells'][number];

/** In the order of the file. */
function mappedColumns(batch: Batch): [field: string, column: number][] {
  return Object.entries(batch.mapping.columns).sort(([, a], [, b]) => a - b);
}

function valueOf(batch: Batch, fields: RowFields, field: string): string | null {
  switch (contentOf(batch.kind, field)) {
    case 'id':
      return fields.id(field);
    case 'date':
      return fields.day(field);
    case 'currency':
      return fields.currency(field);
    case 'money':
    case 'decimal': {
      const number = fields.decimal(field);
      return number === null ? null : String(Number(number.units) / 10 ** number.scale);
    }
    case 'text':
    default:
      return fields.text(field, 4000);
  }
}

function faultOf(fault: { code: ErrorCode; params: ErrorParams }, language: Language) {
  return { code: fault.code, detail: messageOf(fault.code, fault.params, language) };
}

function goodRow(batch: Batch, fields: RowFields, row: Row, language: Language): Cell[] {
  const { cells } = row;
  const [refusal] = getImportKind(batch.kind).reader(fields, null)([row]).refused;
  return mappedColumns(batch).map(([field, column]) => {
    fields.open(cells);
    const value = valueOf(batch, fields, field);
    const fault = fields.refusal ?? (refusal?.field === field ? refusal : null);
    const text = (cells[column - 1] ?? '').slice(0, 200);
    if (fault) return { text, value: null, ...faultOf(fault, language) };
    return { text, value, code: null, detail: null };
  });
}

function badRow(batch: Batch, bad: BadRow, language: Language): Cell[] {
  const fault = faultOf(bad, language);
  return mappedColumns(batch).map(([, column], at) => {
    const isHere = bad.column === undefined ? at === 0 : bad.column === column - 1;
    const text = (bad.cells[column - 1] ?? '').slice(0, 200);
    return { text, value: null, code: isHere ? fault.code : null, detail: isHere ? fault.detail : null };
  });
}

/**
 * The first rows as they would be taken in, each mapped cell with its value or what is wrong with it.
 * @throws CodedError imports.file_erased
 */
export async function previewRows(
  db: Db,
  platform: Platform,
  batch: Batch,
  language: Language,
): Promise<ImportPreview> {
  if (!platform.files.exists(batch.fileSha256)) throw new CodedError('imports.file_erased');
  const path = platform.files.path(batch.fileSha256);
  const sniffed = await openFile(platform, path, batch.kind, batch.inspection.reading);
  const fields = openFields(await readFieldSettings(db, batch.mapping));
  const rows: ImportPreview['rows'] = [];
  for await (const found of readTable(path, sniffed, { batchRows: rowsShown }, platform.folders.temp)) {
    for (const row of found.rows) rows.push({ line: row.line, cells: goodRow(batch, fields, row, language) });
    for (const bad of found.bad) rows.push({ line: bad.line, cells: badRow(batch, bad, language) });
    if (rows.length >= rowsShown) break;
  }
  rows.sort((a, b) => a.line - b.line);
  return { fields: mappedColumns(batch).map(([field]) => field), rows: rows.slice(0, rowsShown) };
}
