import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CsvType, Engine } from '../engine/engine.js';
import type { ExtractOptions, OrderFile } from './plan-file.js';
import type { Lake, LakeFile } from './lake-manifest.js';
import { lineExpressions, typedColumns, withLineColumns } from './order-line-sql.js';
import type { RejectLog } from './reject-log.js';
import { writeBucketFiles } from './write-lake.js';

export interface Reading {
  engine: Engine;
  lake: Lake;
  log: RejectLog;
  options: ExtractOptions;
  /** First of three numbers that set the lake files of this file apart from those of others. */
  generation: number;
}

/** Bucket of rows that are no good lines as they stand. */
export const BAD_BUCKET = -1;

/** Query that gives the lines of a relation with their bucket; rows that are not plain go to BAD_BUCKET. */
export function lineQuery(
  engine: Engine,
  buckets: number,
  relation: string,
  line: ReturnType<typeof lineExpressions>,
): string {
  const bucket = buckets === 1 ? '0' : engine.dialect.bucketOf('customer_id', buckets);
  // A null in any part makes the condition null, and the row goes to the bad ones.
  const kept = ['customer_id', 'day', 'amount_minor', ...line.attributes.map(({ name }) => name)];
  return `SELECT ${kept.join(', ')}, CASE WHEN ${line.good} THEN ${bucket} ELSE ${BAD_BUCKET} END AS bucket FROM ${withLineColumns(relation, line)}`;
}

/**
 * One pass of the engine over a plain file. Null when the file turned out not to be plain throughout: a broken row, a
 * value that does not fit, a missing id. Nothing of it is kept then, and the file has to be read with care. Blanks around
 * ids are not seen here but once a customer, by hasBlankEnds.
 */
export async function readPlainly(file: OrderFile, reading: Reading): Promise<LakeFile[] | null> {
  const { engine, lake } = reading;
  const { sniffed, columns, attributes, plan } = file;
  const readable = sniffed.engineReadable && sniffed.format === 'delimited' && plan.plain;
  if (!readable || sniffed.delimiter === 'blanks') return null;
  const typed = typedColumns(columns, plan);
  const nameOf = (index: number): string => `c${index}`;
  const relation = engine.dialect.csv({
    path: file.path,
    delimiter: sniffed.delimiter,
    quote: sniffed.quote,
    header: sniffed.header,
    gzip: sniffed.compression === 'gzip',
    columns: file.names.map((_, index) => ({
      name: nameOf(index),
      type: typed.get(index) ?? ('text' satisfies CsvType),
    })),
  });
  const line = lineExpressions({
    dialect: engine.dialect,
    columns,
    attributes,
    plan,
    nameOf,
    typed,
    trim: false,
  });
  const query = lineQuery(engine, lake.manifest.buckets, relation, line);
  let written: LakeFile[];
  try {
    written = await writeBucketFiles(engine, lake.folder, query, {
      generation: reading.generation,
      durable: false,
    });
  } catch (error) {
    if (isRowTrouble(error)) return null;
    throw error;
  }
  if (written.every((part) => part.bucket !== BAD_BUCKET)) return written;
  await Promise.all(written.map((part) => rm(join(lake.folder, part.name), { force: true })));
  return null;
}

/** The engine's words for a row or value that it cannot read; anything else (disk, memory, abort) is passed on. */
function isRowTrouble(error: unknown): boolean {
  return error instanceof Error && /^(Invalid Input Error|Conversion Error|CSV Error)/.test(error.message);
}
