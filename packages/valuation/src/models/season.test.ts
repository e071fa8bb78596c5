import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '@kezi/stats';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { isoDateOf } from '../features/day-number.js';
import { valueCustomers } from '../value-customers.js';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-season-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** 2021-01-01. */
const FIRST = 18_628;
/** To 2023-12-31. */
const DAYS = 1095;

/** Three years of orders of people who come over the first two and buy three times as often in the last quarter of a year. */
async function seasonalOrders(): Promise<string> {
  const random = randomFrom(21);
  const lines = ['customer,date,amount'];
  for (let customer = 0; customer < 700; customer++) {
    const came = Math.floor(random.uniform() * 700);
    const rate = -Math.log(random.uniform()) * 0.03;
    for (let day = came; day < DAYS; day++) {
      const month = new Date(isoDateOf(FIRST + day)).getUTCMonth();
      const factor = month >= 9 ? 2 : 2 / 3;
      if (day === came || random.uniform() < rate * factor)
        lines.push(`C${customer},${isoDateOf(FIRST + day)},10`);
    }
  }
  const path = join(folder, 'orders.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

it('finds a season, corrects for it where that wins the back-test, and says so', async () => {
  const path = await seasonalOrders();
  const settings = { calibrationEnd: '2023-09-30', horizon: 13 };
  const report = await valueCustomers({
    source: { kind: 'files', paths: [path] },
    settings,
    workFolder: folder,
  });
  const { season, truncation } = report.history;
  expect(season.found).toBe(true);
  expect(season.factors[10]! / season.factors[4]!).toBeGreaterThan(2);
  expect(report.doubts).toContain('season-corrected');
  // The hold-out is the high season; what is ahead are the thirteen weeks after it.
  expect(season.correction!).toBeLessThan(0.85);
  expect(Math.abs(report.backtest!.model.totalError!)).toBeLessThan(0.15);
  const inUse = report.candidates.find((candidate) => candidate.inUse)!;
  expect(inUse.holdout!.totalError!).toBeLessThan(-0.3);
  expect(truncation.found).toBe(false);
});
