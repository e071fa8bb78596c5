import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  detectInLake,
  lakeDetectors,
  openEngine,
  openLake,
  readRhythms,
  updateLake,
  withLake,
} from '@kezi/valuation';

/*
 * Detectors and rhythms of a million customers with six million orders. Floor, in the same run: the engine counts the order
 * days of every customer of the same lake, which each of them has to do at least. Goal: all detectors within 60 s.
 */

const customers = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const ordersEach = 6;
const lastDay = 20_400;
const asOf = new Date(lastDay * 86_400_000).toISOString().slice(0, 10);
const folder = mkdtempSync(join(tmpdir(), 'kezi-bench-warn-'));
const lakeFolder = join(folder, 'lake');
await mkdir(lakeFolder);

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

try {
  const engine = await openEngine({ tempFolder: folder, memoryMb: 640, threads: 2 });
  // Two years of orders; every number is a hash, so that the same come out each time.
  const query = `SELECT CAST(c AS VARCHAR) AS customer_id,
      CAST(${lastDay} - hash(c * 31 + o) % 730 AS INTEGER) AS day,
      CAST(1000 + hash(c * 17 + o) % 90000 AS BIGINT) AS amount_minor, CAST(c % 64 AS INTEGER) AS bucket
    FROM range(${customers}) AS t(c), range(${ordersEach}) AS u(o)`;
  await updateLake(engine, lakeFolder, { query, expectedLines: customers * ordersEach, buckets: 'all' });
  engine.close();
  const lake = await openLake(lakeFolder);
  if (lake === null) throw new Error('The lake is not to be found.');
  const request = { folder: lakeFolder, workFolder: folder };
  const floor = await seconds(() =>
    withLake(request, async (opened, { manifest }) => {
      await opened.run('CREATE TABLE counted (customers DOUBLE)');
      await opened.runEach(
        manifest.files.map(
          ({ name }) =>
            `INSERT INTO counted SELECT count(*) FROM (SELECT customer_id, count(DISTINCT day) FROM ${opened.dialect.parquet([join(lakeFolder, name)])} GROUP BY customer_id) AS d`,
        ),
      );
    }),
  );
  const row = (name: string, took: number): string =>
    `${name.padEnd(24)} ${took.toFixed(1).padStart(6)} s  ${(took / floor).toFixed(1).padStart(6)} x`;
  process.stdout.write(`${customers} customers, ${customers * ordersEach} orders\n${row('floor', floor)}\n`);
  for (const detector of lakeDetectors) {
    let hits = 0;
    const took = await seconds(async () => {
      const [found] = await detectInLake({ ...request, asOf, detectors: [{ detector, threshold: 1 }] });
      hits = found?.customerIds.length ?? 0;
    });
    process.stdout.write(`${row(detector.id, took)}  ${hits} warnings\n`);
  }
  const rhythms = await seconds(() =>
    withLake(request, (opened, found) => readRhythms(opened, found, lastDay, async () => undefined)),
  );
  process.stdout.write(`${row('rhythms of everybody', rhythms)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
