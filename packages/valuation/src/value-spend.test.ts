import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { drawGamma, randomFrom } from '@kezi/stats';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { valueCustomers, type ValuationSettings } from './value-customers.js';

const data = resolve(process.env['KEZI_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'));
const cdnow = join(data, 'cdnow/CDNOW_sample.txt');

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-spend-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const value = (path: string, settings: ValuationSettings, columns = {}, out?: string) =>
  valueCustomers({
    source: { kind: 'files', paths: [path], columns },
    settings: { model: 'bg-nbd', ...settings },
    out,
    workFolder: folder,
  });

it.skipIf(!existsSync(cdnow))(
  'a regression of spend gives each customer what its formula says, and the total adds up',
  async () => {
    const out = join(folder, 'cdnow.csv');
    const columns = { customer: '2', date: '3', amount: '5' };
    const report = await value(cdnow, { spend: 'regression' }, columns, out);
    const told = report.spendRegression!;
    expect([report.spendModel.inUse, told.inUse]).toEqual(['regression', true]);
    // By fitSpendRegression on the same spend, and by scipy on its likelihood (spend-regression.test.ts has the script).
    expect(told.coefficients[0]).toMatchObject({ name: 'ln(frequency)' });
    expect(told.coefficients[0]!.estimate).toBeCloseTo(0.130897, 4);
    expect(told.likelihoodRatio!.statistic).toBeCloseTo(33.9656, 2);
    const { p, q, v } = told.parameters as { p: number; q: number; v: number };
    const [, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n');
    const rows = lines.map((line) => line.split(','));
    const repeaters = rows.filter((row) => Number(row[4]) > 0);
    const meanLn = repeaters.reduce((sum, row) => sum + Math.log(Number(row[4])), 0) / repeaters.length;
    let clv = 0;
    for (const row of rows) {
      const [x, m, spend] = [Number(row[4]), Number(row[7]), Number(row[10])];
      const own = v * Math.exp(told.coefficients[0]!.estimate * (Math.log(Math.max(1, x)) - meanLn));
      expect(spend).toBeCloseTo((p * (own + x * m)) / (p * x + q - 1), 2);
      clv += Number(row[11]);
    }
    expect(clv / report.totals.clv).toBeCloseTo(1, 5);
    // On its own a run leaves a weak dependence to the plain model, whose published fit it then is.
    const plain = await value(cdnow, {}, columns);
    expect([plain.spendModel.inUse, plain.spendRegression]).toEqual(['gamma-gamma', null]);
  },
);

it('a run takes the regression by itself where frequent buyers spend more, and comes nearer to the truth', async () => {
  const random = randomFrom(4);
  const lines = ['customer,date,amount'];
  const means = new Map<string, { x: number; mean: number }>();
  for (let i = 0; i < 900; i++) {
    const rate = drawGamma(random, 1.5, 30);
    const orders = 1 + Math.floor(rate * 200);
    const mean = (40 * orders ** 0.8) / drawGamma(random, 6, 6);
    means.set(`K${i}`, { x: orders - 1, mean });
    for (let k = 0; k < orders; k++) {
      const day = new Date(Date.UTC(2023, 0, 1 + Math.floor((k * 360) / orders) + (i % 4)));
      const amount = Math.max(0.01, drawGamma(random, 5, 5 / mean));
      lines.push(`K${i},${day.toISOString().slice(0, 10)},${amount.toFixed(2)}`);
    }
  }
  const path = join(folder, 'dependent.csv');
  await writeFile(path, lines.join('\n'));
  const errorOf = async (settings: ValuationSettings): Promise<number> => {
    const out = join(folder, `${settings.spend ?? 'auto'}.csv`);
    const report = await value(path, { asOf: '2024-01-05', ...settings }, {}, out);
    expect(report.spendModel.inUse).toBe(settings.spend ?? 'regression');
    expect(report.doubts.includes('spend-regression')).toBe(settings.spend === undefined);
    const [, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\n');
    // Few orders say little, so the model decides: those are compared.
    const few = rows.map((row) => row.split(',')).filter((row) => Number(row[4]) > 0 && Number(row[4]) < 4);
    const off = few.map((row) => Math.log(Number(row[10]) / means.get(row[0]!)!.mean));
    return off.reduce((sum, each) => sum + each, 0) / few.length;
  };
  const [auto, plain] = [await errorOf({}), await errorOf({ spend: 'gamma-gamma' })];
  // The plain model lifts small customers towards the mean of all.
  expect(Math.abs(auto)).toBeLessThan(0.5 * Math.abs(plain));
});
