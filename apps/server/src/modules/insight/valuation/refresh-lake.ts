import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CodedError } from '@kezi/contract/errors';
import { LAKE_BUCKETS, openEngine, openLake, updateLake } from '@kezi/valuation';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withSystemClient } from '../../../platform/db/system-client.js';
import type { Platform } from '../../../platform/platform.js';
import { basisQuery, lakeLines, type ValueBasis } from './value-basis.js';

interface Refreshed {
  folder: string;
  valueBasis: ValueBasis;
  /** Buckets that were written; the others were as they should be. */
  buckets: number;
}

interface RefreshOptions {
  baseCurrency: string;
  /** Builds every bucket anew. */
  rebuild: boolean;
  signal: AbortSignal;
}

const BASIS_FILE = 'basis.json';

/**
 * Brings the lake to what the records hold: only the buckets of customers whose orders changed, or all of them where
 * there is no sound lake or the basis of value changed. Marks of change are taken away in the same transaction that
 * reads the orders, and come back with it when anything fails, so no change is ever missed.
 */
export async function refreshLake(platform: Platform, options: RefreshOptions): Promise<Refreshed> {
  const { baseCurrency, rebuild, signal } = options;
  const folder = platform.folders.lake;
  await mkdir(folder, { recursive: true });
  return withSystemClient(platform.db.pool, async (client) => {
    const dirty = await takeChangedBuckets(client);
    const { rows } = await client.query<{ basis: ValueBasis }>(basisQuery);
    const valueBasis = rows[0]!.basis;
    const sound = !rebuild && (await basisOf(folder)) === valueBasis && (await hasSoundLake(folder));
    const buckets = sound ? dirty : 'all';
    if (buckets.length > 0) {
      await writeBuckets({ platform, client, folder, valueBasis, baseCurrency, buckets, signal });
    }
    return { folder, valueBasis, buckets: buckets === 'all' ? LAKE_BUCKETS : buckets.length };
  });
}

async function takeChangedBuckets(client: PoolClient): Promise<number[]> {
  const { rows } = await client.query<{ bucket: number }>(
    `with taken as (delete from lake_dirty_customer returning customer_id)
     select distinct (customer_id % ${LAKE_BUCKETS})::int as bucket from taken order by 1`,
  );
  return rows.map((row) => row.bucket);
}

async function basisOf(folder: string): Promise<ValueBasis | null> {
  try {
    return (JSON.parse(await readFile(join(folder, BASIS_FILE), 'utf8')) as { valueBasis: ValueBasis })
      .valueBasis;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A damaged lake is no loss: it is built anew from the records. */
async function hasSoundLake(folder: string): Promise<boolean> {
  try {
    return (await openLake(folder)) !== null;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'valuation.lake_damaged') return false;
    throw error;
  }
}

interface BucketWriting {
  platform: Platform;
  client: PoolClient;
  folder: string;
  valueBasis: ValueBasis;
  baseCurrency: string;
  buckets: 'all' | readonly number[];
  signal: AbortSignal;
}

async function writeBuckets(writing: BucketWriting): Promise<void> {
  const { platform, folder, valueBasis, buckets, signal } = writing;
  const work = await mkdtemp(join(platform.folders.temp, 'lake-'));
  const path = join(work, 'orders.csv');
  const engine = await openEngine({ tempFolder: work, memoryMb: 640, threads: 2, signal });
  try {
    const lines = await copyOrders(writing, path);
    const relation = engine.dialect.csv({
      path,
      delimiter: ',',
      quote: null,
      header: false,
      gzip: false,
      columns: [
        { name: 'customer_id', type: 'text' },
        { name: 'day', type: 'integer' },
        { name: 'amount_minor', type: 'bigint' },
        { name: 'bucket', type: 'integer' },
      ],
    });
    // The old lake must not be taken for one of the new basis when the program dies between the two writes.
    await rm(join(folder, BASIS_FILE), { force: true });
    await updateLake(engine, folder, { query: `SELECT * FROM ${relation}`, expectedLines: lines, buckets });
    await writeFile(join(folder, BASIS_FILE), JSON.stringify({ valueBasis }));
  } finally {
    engine.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function copyOrders(writing: BucketWriting, path: string): Promise<number> {
  const { client, valueBasis, baseCurrency, buckets, signal } = writing;
  const chosen = buckets === 'all' ? '' : `where customer_id % ${LAKE_BUCKETS} in (${buckets.join(',')})`;
  const copy = client.query(
    copyTo(
      `copy (select customer_id, day, amount_minor, customer_id % ${LAKE_BUCKETS}
        from (${lakeLines(valueBasis, baseCurrency, chosen)}) as o) to stdout (format csv)`,
    ),
  );
  await pipeline(copy, createWriteStream(path), { signal });
  return copy.rowCount;
}
