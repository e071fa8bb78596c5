import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { parquetFault } from '../parquet/parquet-fault.js';
import type { Lake } from './lake-manifest.js';
import { planFile, type ExtractOptions, type OrderFile } from './plan-file.js';
import { readCarefully } from './read-carefully.js';
import { readPlainly } from './read-plainly.js';
import { RejectLog, type RejectCount } from './reject-log.js';
import { bucketTotals, LAKE_BUCKETS } from './write-lake.js';

export interface Extract {
  lake: Lake;
  files: OrderFile[];
  /** A file went the fast way, which does not look at blanks around ids. */
  hasFastFile: boolean;
  rows: { read: number; accepted: number; rejected: number };
  rejects: RejectCount[];
}

/**
 * Of a file a bucket: some 600,000 lines. Few buckets are cheaper to write and to open again: cut into 64, 4 million lines
 * take a quarter longer than in 8.
 */
const BUCKET_BYTES = 24_000_000;
/** Text packed by gzip, a workbook or Parquet holds so many times its size in lines. */
const PACKED = 5;

/** Buckets for files of such a size. */
function bucketsFor(files: readonly OrderFile[]): number {
  const bytes = files.reduce((sum, { sniffed }) => {
    const isPlain = sniffed.format === 'delimited' && sniffed.compression === 'none';
    return sum + sniffed.sizeBytes * (isPlain ? 1 : PACKED);
  }, 0);
  return Math.min(LAKE_BUCKETS, Math.max(1, Math.ceil(bytes / BUCKET_BYTES)));
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
  const buckets = bucketsFor(files);
  const lake: Lake = {
    folder: join(options.folder, 'lake'),
    manifest: { version: 2, generation: 1, buckets, files: [], totals: [] },
  };
  await engine.run('DROP TABLE IF EXISTS reject');
  const log = new RejectLog(engine);
  let hasFastFile = false;
  for (const [i, file] of files.entries()) {
    const reading = { engine, lake, log, options, generation: 3 * i + 1 };
    const fast = options.careful ? null : await readPlainly(file, reading);
    hasFastFile ||= fast !== null;
    const written = fast ?? (await readCarefully(file, reading).catch(refuseBroken(file, options.signal)));
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

/** What stops the engine in a Parquet file is damage; in text it would be a fault of ours. */
function refuseBroken(file: OrderFile, signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    throw file.sniffed.format === 'parquet' && !(error instanceof CodedError)
      ? parquetFault(error, signal)
      : error;
  };
}
