import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { sniffFile, type DateFormatName, type SniffedFile, type SniffOverrides } from '@kezi/tabular';
import type { Engine } from '../engine/engine.js';
import { planColumns, type ChosenColumns, type WantedColumns } from './plan-columns.js';
import { planValues, type ValuePlan } from './plan-values.js';
import { readCarefully } from './read-carefully.js';
import { readPlainly } from './read-plainly.js';
import { RejectLog, type RejectCount } from './reject-log.js';
import type { Lake } from './lake-manifest.js';
import { bucketTotals, LAKE_BUCKETS } from './write-lake.js';

export interface ExtractOptions {
  columns: WantedColumns;
  dateFormat?: DateFormatName | undefined;
  timeZone: string;
  overrides?: SniffOverrides | undefined;
  /** Folder for the lake and for transcoded copies; emptied by the caller afterwards. */
  folder: string;
  /** Leaves out the fast way. */
  careful?: boolean | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((share: number) => void) | undefined;
}

/** One file with everything that reading it needs. */
export interface OrderFile {
  path: string;
  name: string;
  sniffed: SniffedFile;
  /** All columns of the file. */
  names: string[];
  columns: ChosenColumns;
  plan: ValuePlan;
}

export interface Extract {
  lake: Lake;
  files: OrderFile[];
  /** A file went the fast way, which does not look at blanks around ids. */
  hasFastFile: boolean;
  rows: { read: number; accepted: number; rejected: number };
  rejects: RejectCount[];
}

/** Below this size one bucket is enough: cutting costs more than it saves. */
const ONE_BUCKET_BYTES = 48_000_000;
const SAMPLE_ROWS = 500;

/** Column names and sample rows of a Parquet file, which only the engine can read. */
async function sampleParquet(
  engine: Engine,
  path: string,
): Promise<{ names: string[]; sampleRows: string[][] }> {
  const relation = engine.dialect.parquet([path]);
  const names = await engine.columnNames(relation);
  const texts = names.map((name) => `CAST(${engine.dialect.identifier(name)} AS VARCHAR)`);
  const sampleRows: string[][] = [];
  for await (const chunk of engine.stream(
    `SELECT ${texts.join(', ')} FROM ${relation} LIMIT ${SAMPLE_ROWS}`,
  )) {
    const columns = chunk.columns as (string | null)[][];
    for (let i = 0; i < chunk.size; i++) sampleRows.push(columns.map((column) => column[i] ?? ''));
  }
  if (sampleRows.length === 0) throw new CodedError('tabular.empty_file');
  return { names, sampleRows };
}

async function planFile(engine: Engine, path: string, options: ExtractOptions): Promise<OrderFile> {
  const sniffed = await sniffFile(path, { kind: 'orders', ...options.overrides });
  const name = basename(path);
  const parquet = sniffed.format === 'parquet';
  const { names, sampleRows } = parquet
    ? await sampleParquet(engine, path)
    : { names: sniffed.columns.map((column) => column.name), sampleRows: sniffed.sampleRows };
  const header = parquet || sniffed.header;
  const columns = planColumns({ file: name, header, names, sampleRows }, options.columns);
  const samples = (index: number): string[] =>
    sampleRows.map((row) => (row[index] ?? '').trim()).filter((text) => text !== '');
  return {
    path,
    name,
    sniffed,
    names,
    columns,
    plan: planValues(name, columns, samples, options),
  };
}

/**
 * Reads order files into a lake that lives for one run. Every row is either accepted or rejected with a reason:
 * read = accepted + rejected. Plain files go straight through the engine; a file that is not plain throughout is read
 * again with care, row by row.
 */
export async function extractFiles(
  engine: Engine,
  paths: readonly string[],
  options: ExtractOptions,
): Promise<Extract> {
  const files: OrderFile[] = [];
  for (const path of paths) files.push(await planFile(engine, path, options));
  const bytes = files.reduce((sum, file) => sum + file.sniffed.sizeBytes, 0);
  const buckets = bytes < ONE_BUCKET_BYTES ? 1 : LAKE_BUCKETS;
  const lake: Lake = {
    folder: join(options.folder, 'lake'),
    manifest: { version: 1, generation: 1, buckets, files: [], totals: [] },
  };
  await engine.run('DROP TABLE IF EXISTS reject');
  const log = new RejectLog(engine);
  let hasFastFile = false;
  for (const [i, file] of files.entries()) {
    const reading = { engine, lake, log, options, generation: 3 * i + 1 };
    const fast = options.careful ? null : await readPlainly(file, reading);
    hasFastFile ||= fast !== null;
    const written = fast ?? (await readCarefully(file, reading));
    lake.manifest.files.push(...written);
    await log.flush(true);
    options.onProgress?.((i + 1) / files.length);
  }
  lake.manifest.totals = await bucketTotals(
    engine,
    lake,
    Array.from({ length: buckets }, (_, bucket) => bucket),
  );
  await rm(join(options.folder, 'transcoded.csv'), { force: true });
  const accepted = lake.manifest.totals.reduce((sum, bucket) => sum + bucket.lines, 0);
  return {
    lake,
    files,
    hasFastFile,
    rows: { read: accepted + log.rows, accepted, rejected: log.rows },
    rejects: [...log.counts.values()].sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1)),
  };
}
