import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { inertCell } from '@kezi/tabular';
import type { Engine } from '../engine/engine.js';
import { DEDUCTION_COLUMNS, SCORE_COLUMNS } from './customer-score.js';
import { writeWorkbook } from './write-workbook.js';

type OutFormat = 'csv' | 'parquet' | 'xlsx';

/** Format by the file's ending. CodedError valuation.out_format for any other. */
export function outFormatOf(path: string): OutFormat {
  const format = extname(path).slice(1).toLowerCase();
  if (format === 'csv' || format === 'parquet' || format === 'xlsx') return format;
  throw new CodedError('valuation.out_format', { path });
}

/** Where the bytes go. A device or pipe cannot be put in place by a rename: it is written as it is. */
async function targetOf(path: string): Promise<{ target: string; aside: string }> {
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => null);
  const ordinary = found === null || found.isFile();
  return { target, aside: ordinary ? `${target}.writing` : target };
}

/** Turns what the system says about a file into words. */
function explained(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const text = error instanceof Error ? error.message : '';
  if (error instanceof CodedError) return error;
  if (code === 'ENOSPC') return new CodedError('valuation.disk_full', {}, { cause: error });
  const denied =
    code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR' || code === 'EROFS' || code === 'ENOTDIR';
  if (denied || /^IO Error: (Cannot open|Failed to create)/.test(text)) {
    return new CodedError('valuation.out_not_writable', { path }, { cause: error });
  }
  return error;
}

/**
 * Writes a file aside, forces it to disk and renames it: after an error, a full disk or an interruption the old file is
 * still there, and no half one. CodedError valuation.disk_full, valuation.out_not_writable.
 */
export async function writeWhole(path: string, write: (aside: string) => Promise<void>): Promise<void> {
  const { target, aside } = await targetOf(path);
  try {
    await write(aside);
    if (aside === target) return;
    const file = await open(aside, 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, target);
  } catch (error) {
    if (aside !== target) await rm(aside, { force: true });
    throw explained(error, path);
  }
}

/** Makes the ids inert in a CSV that a spreadsheet may open: they are the only text that comes from outside. */
async function quoteFormulas(engine: Engine, query: string): Promise<string> {
  const { dialect } = engine;
  const suspects: string[] = [];
  // ':', '[' and '{' follow '9', 'Z' and 'z': to compare whole ids takes a sixth of what cutting off their first letter does.
  const isHarmless = [':', '[', '{'].map(
    (end, k) => `customer_id >= '${'0Aa'[k]}' AND customer_id < '${end}'`,
  );
  const ids = `SELECT customer_id FROM customer_feature WHERE NOT (${isHarmless.join(' OR ')})`;
  for await (const chunk of engine.stream(ids)) {
    for (const id of chunk.columns[0] as string[]) if (inertCell(id) !== id) suspects.push(id);
  }
  if (suspects.length === 0) return query;
  await engine.run('DROP TABLE IF EXISTS inert_id');
  await engine.append('inert_id', [
    { name: 'id', type: 'text', values: suspects },
    { name: 'inert', type: 'text', values: suspects.map(inertCell) },
  ]);
  const name = dialect.identifier('customer_id');
  return `SELECT s.* REPLACE (coalesce(i.inert, s.${name}) AS ${name}) FROM (${query}) AS s LEFT JOIN inert_id AS i ON s.${name} = i.id ORDER BY s.${name}`;
}

/** Ids, days and groups are text; the rest is numbers. */
const sheetOf = (names: readonly string[]) =>
  names.map((name) => ({
    name,
    isText: name === 'customer_id' || name.endsWith('_on') || name.startsWith('rfm'),
  }));

/** Writes the result of the score query, with the columns of deductions where it has them, to a file of the wanted format. */
export async function writeScores(
  engine: Engine,
  query: string,
  path: string,
  format: OutFormat,
  hasDeductions: boolean,
): Promise<void> {
  const columns = sheetOf(hasDeductions ? [...SCORE_COLUMNS, ...DEDUCTION_COLUMNS] : SCORE_COLUMNS);
  const text = format === 'csv' ? await quoteFormulas(engine, query) : query;
  await writeWhole(path, (aside) =>
    format === 'xlsx'
      ? writeWorkbook(engine, { query, countFrom: 'customer_feature', columns }, aside)
      : engine.run(engine.dialect.copyToFile(text, aside, format)),
  );
}
