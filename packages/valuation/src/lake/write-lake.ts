import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { openLake, sha256Of, syncFolder, writeManifest } from './lake-manifest.js';
import type { BucketTotals, Lake, LakeFile } from './lake-manifest.js';

/** 64 buckets: a hundred million lines leave about 1.6 million in each, which fits into memory many times over. */
export const LAKE_BUCKETS = 64;

interface WriteOptions {
  generation: number;
  /** Compressed, hashed and forced to disk; false for a lake that lives for one run only. */
  durable: boolean;
}

async function forceToDisk(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

interface Part {
  bucket: number;
  name: string;
  path: string;
}

/** What the engine has written aside, and the names it is to have. */
async function partsIn(aside: string, generation: number): Promise<Part[]> {
  const entries = (await readdir(aside)).sort();
  const ofEntry = async (entry: string): Promise<Part[]> => {
    const bucket = Number(/^bucket=(-?\d+)$/.exec(entry)?.[1]);
    const parts = (await readdir(join(aside, entry))).sort();
    return parts.map((part, i) => ({
      bucket,
      name: `b${String(bucket).padStart(2, '0')}-${generation}-${i}.parquet`,
      path: join(aside, entry, part),
    }));
  };
  return (await Promise.all(entries.map(ofEntry))).flat();
}

/**
 * Writes the lines of a query with columns customer_id (text), day (integer), amount_minor (bigint) and bucket (integer)
 * to files of the folder, aside first, renamed when they are whole. They count only once a manifest names them.
 */
export async function writeBucketFiles(
  engine: Engine,
  folder: string,
  query: string,
  options: WriteOptions,
): Promise<LakeFile[]> {
  const aside = join(folder, `writing-${options.generation}`);
  await rm(aside, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const files: LakeFile[] = [];
  try {
    await engine.run(engine.dialect.copyToBuckets(query, aside, { compact: options.durable }));
    const parts = await partsIn(aside, options.generation);
    // All at once: the disk takes them together in a fraction of the time that one after the other needs.
    const placed = await Promise.allSettled(
      parts.map(async ({ bucket, name, path }) => {
        if (options.durable) await forceToDisk(path);
        const sha256 = options.durable ? await sha256Of(path) : null;
        files.push({ bucket, name, bytes: (await stat(path)).size, sha256 });
        await rename(path, join(folder, name));
      }),
    );
    const failed = placed.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    if (options.durable) await syncFolder(folder);
    return files.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    await Promise.all(files.map((file) => rm(join(folder, file.name), { force: true })));
    throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Relation over the lines of one bucket; null when it has none. */
export function bucketRelation(engine: Engine, { folder, manifest }: Lake, bucket: number): string | null {
  const paths = manifest.files
    .filter((file) => file.bucket === bucket)
    .map((file) => join(folder, file.name));
  return paths.length > 0 ? engine.dialect.parquet(paths) : null;
}

/** Counts and sums of the given buckets, read back from the files. */
export async function bucketTotals(
  engine: Engine,
  lake: Lake,
  buckets: readonly number[],
): Promise<BucketTotals[]> {
  await engine.run(
    'CREATE OR REPLACE TABLE lake_total (bucket DOUBLE, lines DOUBLE, amount DOUBLE, smallest DOUBLE, first_day DOUBLE, last_day DOUBLE)',
  );
  await engine.run(
    'CREATE OR REPLACE TABLE lake_return (bucket DOUBLE, return_lines DOUBLE, return_amount DOUBLE, free_lines DOUBLE)',
  );
  const each = (
    statement: (bucket: number, relation: string) => string,
    wanted: Iterable<number>,
  ): string[] =>
    Array.from(wanted).flatMap((bucket) => {
      const relation = bucketRelation(engine, lake, bucket);
      return relation === null ? [] : [statement(bucket, relation)];
    });
  await engine.runEach(
    each(
      (bucket, relation) =>
        `INSERT INTO lake_total SELECT ${bucket}, count(*), sum(amount_minor), min(amount_minor), min(day), max(day) FROM ${relation}`,
      buckets,
    ),
  );
  const columns = await engine.numbers('SELECT * FROM lake_total WHERE lines > 0 ORDER BY bucket');
  const [bucket, lines, amount, smallest, firstDay, lastDay] = columns.length > 0 ? columns : noColumns;
  // Returns and free lines are counted only where there can be some, which spares most files a second look.
  const suspects = bucket!.filter((_, i) => smallest![i]! <= 0);
  await engine.runEach(
    each(
      (bucket, relation) =>
        `INSERT INTO lake_return SELECT ${bucket}, count(CASE WHEN amount_minor < 0 THEN 1 END), sum(CASE WHEN amount_minor < 0 THEN amount_minor ELSE 0 END), count(CASE WHEN amount_minor = 0 THEN 1 END) FROM ${relation}`,
      suspects,
    ),
  );
  const [returnBucket, returnLines, returnAmount, freeLines] =
    await engine.numbers('SELECT * FROM lake_return');
  return Array.from(bucket!, (value, i) => {
    const k = returnBucket?.indexOf(value) ?? -1;
    return {
      bucket: value,
      lines: lines![i]!,
      amountMinor: amount![i]!,
      returnLines: k < 0 ? 0 : returnLines![k]!,
      returnMinor: k < 0 ? 0 : returnAmount![k]!,
      freeLines: k < 0 ? 0 : freeLines![k]!,
      firstDay: firstDay![i]!,
      lastDay: lastDay![i]!,
    };
  });
}

const noColumns: Float64Array[] = Array.from({ length: 6 }, () => new Float64Array(0));

/** Highest generation among the files, also of a lake whose manifest cannot be read; 0 in an empty folder. */
async function latestGeneration(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const found = (await readdir(folder)).map((name) =>
    Number(/^b\d+-(\d+)-\d+\.parquet$/.exec(name)?.[1] ?? 0),
  );
  return found.reduce((most, generation) => Math.max(most, generation), 0);
}

/** Buckets that hold no line any more are named here too: their files simply do not come back. */
export interface LakeChange {
  /** Lines of the changed buckets, all of them: customer_id, day, amount_minor, bucket. */
  query: string;
  /** Lines that the query must have, as the source counts them: a mismatch writes nothing. */
  expectedLines: number;
  /** 'all' builds the lake anew; else the buckets that the query replaces. */
  buckets: 'all' | readonly number[];
}

/**
 * Brings a durable lake up to date: the changed buckets are written aside, checked against the source's count and put
 * in place by one rename of the manifest; the old files go afterwards. A crash leaves the old lake or the new one.
 * CodedError valuation.lake_incomplete when the counts differ; valuation.disk_full leaves the old lake in place.
 */
export async function updateLake(engine: Engine, folder: string, change: LakeChange): Promise<Lake> {
  const old = change.buckets === 'all' ? null : await openLake(folder);
  if (change.buckets !== 'all' && old === null)
    throw new CodedError('valuation.lake_damaged', { file: 'manifest.json' });
  const buckets =
    change.buckets === 'all' ? Array.from({ length: LAKE_BUCKETS }, (_, bucket) => bucket) : change.buckets;
  const generation = 1 + (await latestGeneration(folder));
  const written = await writeBucketFiles(engine, folder, change.query, { generation, durable: true });
  const discard = (files: readonly LakeFile[]): Promise<unknown> =>
    Promise.all(files.map((file) => rm(join(folder, file.name), { force: true })));
  const changed = new Set(buckets);
  const kept = (old?.manifest.files ?? []).filter((file) => !changed.has(file.bucket));
  const lake: Lake = {
    folder,
    manifest: { version: 2, generation, buckets: LAKE_BUCKETS, files: [...kept, ...written], totals: [] },
  };
  const totals = await bucketTotals(engine, lake, buckets);
  const lines = totals.reduce((sum, bucket) => sum + bucket.lines, 0);
  if (lines !== change.expectedLines || written.some((file) => !changed.has(file.bucket))) {
    await discard(written);
    throw new CodedError('valuation.lake_incomplete', { expected: change.expectedLines, found: lines });
  }
  const keptTotals = (old?.manifest.totals ?? []).filter((bucket) => !changed.has(bucket.bucket));
  lake.manifest.totals = [...keptTotals, ...totals].sort((a, b) => a.bucket - b.bucket);
  await writeManifest(lake);
  const named = new Set(lake.manifest.files.map((file) => file.name));
  for (const name of await readdir(folder)) {
    if (name.endsWith('.parquet') && !named.has(name)) await rm(join(folder, name), { force: true });
  }
  return lake;
}
