import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDuckDb } from '../engine/duckdb/open-duckdb.js';
import type { Engine } from '../engine/engine.js';
import { openLake } from './lake-manifest.js';
import { bucketRelation, LAKE_BUCKETS, updateLake } from './write-lake.js';

let root: string;
let folder: string;
let engine: Engine;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kezi-lake-'));
  folder = join(root, 'lake');
  engine = await openDuckDb({ tempFolder: root, memoryMb: 200, threads: 2 });
});
afterEach(async () => {
  engine.close();
  await rm(root, { recursive: true, force: true });
});

/** Customers 0 ... n-1 with a line each, in bucket id % 64. */
const lines = (n: number, amount: string): string =>
  `SELECT CAST(x AS VARCHAR) AS customer_id, CAST(19000 + x AS INTEGER) AS day, CAST(${amount} AS BIGINT) AS amount_minor, CAST(x % ${LAKE_BUCKETS} AS INTEGER) AS bucket FROM range(${n}) AS t(x)`;

const sumOf = async (bucket: number): Promise<number> => {
  const lake = await openLake(folder);
  const relation = bucketRelation(engine, lake!, bucket);
  if (relation === null) return 0;
  return (await engine.numbers(`SELECT CAST(sum(amount_minor) AS DOUBLE) FROM ${relation}`))[0]![0]!;
};

describe('lake', () => {
  it('is absent, then built, then brought up to date a bucket at a time', async () => {
    expect(await openLake(folder)).toBeNull();
    const built = await updateLake(engine, folder, {
      query: lines(640, 'x'),
      expectedLines: 640,
      buckets: 'all',
    });
    expect(built.manifest.totals.length).toBe(64);
    expect(built.manifest.totals[3]).toMatchObject({
      bucket: 3,
      lines: 10,
      firstDay: 19_003,
      lastDay: 19_579,
      returnLines: 0,
    });
    expect(await sumOf(0)).toBe(64 * 45);
    const untouched = built.manifest.files.filter((file) => file.bucket !== 5);

    const changed = `${lines(640, '-1')} WHERE x % 64 = 5`;
    const updated = await updateLake(engine, folder, { query: changed, expectedLines: 10, buckets: [5] });
    expect(updated.manifest.files.filter((file) => file.bucket !== 5)).toEqual(untouched);
    expect(updated.manifest.totals[5]).toMatchObject({ returnLines: 10, returnMinor: -10 });
    expect(await sumOf(5)).toBe(-10);
    expect(await sumOf(0)).toBe(64 * 45);
    const named = updated.manifest.files.map((file) => file.name).sort();
    expect((await readdir(folder)).sort()).toEqual([...named, 'manifest.json'].sort());
  });

  it('lets a bucket become empty', async () => {
    await updateLake(engine, folder, { query: lines(64, '1'), expectedLines: 64, buckets: 'all' });
    const lake = await updateLake(engine, folder, {
      query: `${lines(64, '1')} WHERE x < 0`,
      expectedLines: 0,
      buckets: [7],
    });
    expect(lake.manifest.files.some((file) => file.bucket === 7)).toBe(false);
    expect(lake.manifest.totals.map((bucket) => bucket.bucket)).not.toContain(7);
  });

  it('keeps the old lake when the count is not what the source says, or a line lies in another bucket', async () => {
    const before = await updateLake(engine, folder, {
      query: lines(64, '1'),
      expectedLines: 64,
      buckets: 'all',
    });
    const wrong = { query: `${lines(64, '2')} WHERE x = 7`, expectedLines: 2, buckets: [7] };
    await expect(updateLake(engine, folder, wrong)).rejects.toMatchObject({
      code: 'valuation.lake_incomplete',
    });
    const stray = { query: `${lines(64, '2')} WHERE x = 8`, expectedLines: 1, buckets: [7] };
    await expect(updateLake(engine, folder, stray)).rejects.toMatchObject({
      code: 'valuation.lake_incomplete',
    });
    expect((await openLake(folder))!.manifest).toEqual(before.manifest);
    expect((await readdir(folder)).length).toBe(before.manifest.files.length + 1);
  });

  it('finds every damage before a figure is taken', async () => {
    const lake = await updateLake(engine, folder, {
      query: lines(640, 'x'),
      expectedLines: 640,
      buckets: 'all',
    });
    const [first, second, third, fourth] = lake.manifest.files.map((file) => join(folder, file.name));
    const damaged = { code: 'valuation.lake_damaged' };
    const whole = await readFile(first!);
    for (const at of [4, Math.floor(whole.length / 2), whole.length - 1]) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1;
      await writeFile(first!, flipped);
      await expect(openLake(folder)).rejects.toMatchObject(damaged);
    }
    await writeFile(first!, whole);
    await expect(openLake(folder)).resolves.not.toBeNull();
    await truncate(second!, 10);
    await expect(openLake(folder)).rejects.toMatchObject(damaged);
    await rm(third!);
    await appendFile(fourth!, 'x');
    await expect(openLake(folder)).rejects.toMatchObject(damaged);
    await writeFile(join(folder, 'manifest.json'), '{"manifest":{"version":2');
    await expect(openLake(folder)).rejects.toMatchObject(damaged);
  });

  it('finds a manifest that is whole to look at and says something else', async () => {
    await updateLake(engine, folder, { query: lines(640, 'x'), expectedLines: 640, buckets: 'all' });
    const path = join(folder, 'manifest.json');
    const whole = await readFile(path);
    for (let at = 0; at < whole.length; at += 61) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1 << (at % 7);
      await writeFile(path, flipped);
      await expect(openLake(folder), `byte ${at}`).rejects.toMatchObject({ code: 'valuation.lake_damaged' });
    }
    await writeFile(path, whole);
    await expect(openLake(folder)).resolves.not.toBeNull();
  });

  it('is rebuilt over a damaged one, with the same totals', async () => {
    const change = { query: lines(640, 'x'), expectedLines: 640, buckets: 'all' as const };
    const first = await updateLake(engine, folder, change);
    await writeFile(join(folder, first.manifest.files[0]!.name), 'x');
    const second = await updateLake(engine, folder, change);
    expect(second.manifest.totals).toEqual(first.manifest.totals);
    expect(second.manifest.generation).toBe(first.manifest.generation + 1);
    await expect(openLake(folder)).resolves.not.toBeNull();
  });
});
