import { createReadStream } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';

/** A row that was not taken in: where, why, and as it came. */
interface RowError {
  line: number;
  columnName: string;
  code: ErrorCode;
  params: ErrorParams;
  cells: readonly string[];
}

const rowsATime = 1000;

/**
 * A file with more bad rows than this is the wrong file, or read in the wrong way. A workbook holds 1,048,576 rows, so all of
 * them can still be given back in one.
 */
const mostBadRows = 1_000_000;

/** PostgreSQL holds neither NUL nor half a character pair; they are shown as signs, as the row is only given back. */
function storable(json: string): string {
  return json.replaceAll(String.raw`\u0000`, '␀').replace(/\\ud[89a-f][0-9a-f]{2}/g, '�');
}

/**
 * Bad rows of a run, kept aside in a file: there may be millions, and a dry run ends by rolling back the transaction in
 * which they were found.
 */
export class RowErrorSpool {
  readonly reasons: Record<string, number> = {};
  count = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly limit: number,
  ) {}

  static async open(tempFolder: string, importBatchId: number, limit = mostBadRows): Promise<RowErrorSpool> {
    const path = join(tempFolder, `import-${importBatchId}-errors.ndjson`);
    return new RowErrorSpool(path, await open(path, 'w', 0o600), limit);
  }

  /** @throws CodedError imports.too_many_bad_rows */
  async add(errors: readonly RowError[]): Promise<void> {
    if (errors.length === 0) return;
    if (this.count + errors.length > this.limit) {
      throw new CodedError('imports.too_many_bad_rows', { limit: this.limit });
    }
    for (const { code } of errors) this.reasons[code] = (this.reasons[code] ?? 0) + 1;
    this.count += errors.length;
    await this.handle.write(errors.map((error) => `${JSON.stringify(error)}\n`).join(''));
  }

  /** Puts the rows in the place of those of an earlier run. */
  async store(db: Db, importBatchId: number, userId: number): Promise<void> {
    await sql`delete from import_row_error where import_batch_id = ${importBatchId}`.execute(db);
    let some: RowError[] = [];
    for await (const line of createInterface({ input: createReadStream(this.path), crlfDelay: Infinity })) {
      some.push(JSON.parse(line) as RowError);
      if (some.length < rowsATime) continue;
      await insertErrors(db, importBatchId, userId, some);
      some = [];
    }
    await insertErrors(db, importBatchId, userId, some);
  }

  async close(): Promise<void> {
    await this.handle.close();
    await rm(this.path, { force: true });
  }
}

async function insertErrors(
  db: Db,
  importBatchId: number,
  userId: number,
  errors: readonly RowError[],
): Promise<void> {
  if (errors.length === 0) return;
  await sql`
    insert into import_row_error (import_batch_id, line, column_name, code, params, cells, created_by)
    select ${importBatchId}::bigint, e.*, ${userId}::int from ${unnest('e', {
      line: { type: 'bigint', values: errors.map((error) => error.line) },
      column_name: { type: 'text', values: errors.map((error) => error.columnName) },
      code: { type: 'text', values: errors.map((error) => error.code) },
      params: { type: 'jsonb', values: errors.map((error) => storable(JSON.stringify(error.params))) },
      cells: { type: 'jsonb', values: errors.map((error) => storable(JSON.stringify(error.cells))) },
    })}`.execute(db);
}
