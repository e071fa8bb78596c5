import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import exceljs from 'exceljs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDuckDb } from './engine/duckdb/open-duckdb.js';
import { intervalOfTotal } from './scores/total-value.js';
import { valueCustomers, type ValuationRequest } from './value-customers.js';

const data = resolve(process.env['KEZI_TEST_DATA'] ?? join(import.meta.dirname, '../../../../shared/data'));
const cdnow = join(data, 'cdnow/CDNOW_sample.txt');
const onlineRetail = join(data, 'online_retail/online_retail_I.csv.gz');

// Whole valuations of real files: seconds on a free machine, more on a busy one.
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-value-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Values files as they lie. */
async function value(
  paths: readonly string[],
  request: Omit<Partial<ValuationRequest>, 'source'> & { source?: Partial<FilesSource> } = {},
): ReturnType<typeof valueCustomers> {
  const { source, ...rest } = request;
  return valueCustomers({ source: { kind: 'files', paths, ...source }, workFolder: folder, ...rest });
}

type FilesSource = Extract<ValuationRequest['source'], { kind: 'files' }>;

async function linesOf(path: string): Promise<string[]> {
  return (await readFile(path, 'utf8')).trimEnd().split('\n');
}

const columns = { customer: '2', date: '3', amount: '5' };

describe.skipIf(!existsSync(cdnow))('CDNOW sample, read from its own file', () => {
  it('C01, C02, C03, C33: calibration to 1997-09-30 gives the published fits', async () => {
    const report = await value([cdnow], {
      source: { columns },
      settings: { asOf: '1997-09-30', model: 'bg-nbd' },
    });
    expect(report.customers).toBe(2357);
    expect(report.orders - report.customers).toBe(2457);
    expect(report.triples).toBe(1016);
    const { r, alpha, a, b } = report.model.parameters as Record<'r' | 'alpha' | 'a' | 'b', number>;
    for (const [found, published] of [
      [r, 0.24259],
      [alpha, 4.4136],
      [a, 0.79292],
      [b, 2.42589],
    ] as const) {
      expect(Math.abs(found / published - 1)).toBeLessThan(1e-3);
    }
    expect(report.model.logLikelihood).toBeGreaterThanOrEqual(-9582.4292 - 0.001);
    const { p, q, v } = report.spendModel.parameters as Record<'p' | 'q' | 'v', number>;
    for (const [found, published] of [
      [p, 6.2494],
      [q, 3.7443],
      [v, 15.4443],
    ] as const) {
      expect(Math.abs(found / published - 1)).toBeLessThan(1e-3);
    }
    expect(report.spendModel.logLikelihood).toBeGreaterThanOrEqual(-4055.9177 - 0.001);
  });

  it('C01, C37: the back-test over 39 weeks gives the published hold-out figures', async () => {
    const report = await value([cdnow], {
      source: { columns },
      settings: { calibrationEnd: '1997-09-30', model: 'bg-nbd' },
    });
    const tested = report.backtest!;
    expect(tested.customers).toBe(2357);
    expect(tested.actualOrders).toBe(1882);
    expect(tested.holdoutEnd).toBe('1998-06-30');
    for (const [found, published] of [
      [tested.model.total, 1653.41],
      [tested.model.meanAbsoluteError, 0.78545],
      [tested.model.rootMeanSquareError, 1.60798],
      [tested.model.correlation, 0.62565],
    ] as const) {
      expect(Math.abs(found / published - 1)).toBeLessThan(1e-3);
    }
    expect(tested.betterError).toBe('model');
    expect(tested.calibration.reduce((sum, bin) => sum + bin.customers, 0)).toBe(2357);
    expect(report.naiveInPlace).toBe(false);
  });

  it('compares every model and two simple rules on the 39 weeks, and draws what the chosen one knew', async () => {
    const report = await value([cdnow], {
      source: { columns },
      settings: { calibrationEnd: '1997-09-30' },
    });
    expect(report.choice).toEqual({ by: 'holdout', sampledCustomers: null });
    expect(Object.fromEntries(report.candidates.map(({ name, reason }) => [name, reason]))).toEqual({
      nbd: 'lower-log-score',
      'bg-nbd': null,
      'mbg-nbd': 'larger-total-error',
      'pareto-nbd': 'no-better',
      'bg-cnbd-k': 'no-better',
      'mbg-cnbd-k': 'larger-total-error',
      'same-rate': 'model-predicts-better',
      'last-period': 'model-predicts-better',
    });
    expect(report.model.inUse).toBe('bg-nbd');
    const { tracking, frequency, alive } = report.plots!;
    // 2457 repeat orders in calibration and 1882 afterwards; 946 of the customers are repeaters.
    expect(tracking.at(-1)).toMatchObject({ endsOn: '1998-06-30', actual: 2457 + 1882 });
    expect(tracking.find(({ endsOn }) => endsOn === '1997-09-30')?.actual ?? 2457).toBe(2457);
    expect(frequency[0]).toMatchObject({ orders: 0, actual: 2357 - 946 });
    expect(frequency.reduce((sum, { predicted }) => sum + predicted, 0)).toBeCloseTo(2357, 6);
    expect(alive.reduce((sum, { customers }) => sum + customers, 0)).toBe(2357);
    const many = alive.filter(({ customers }) => customers >= 100);
    for (const { predicted, actual } of many) expect(Math.abs(predicted - actual)).toBeLessThan(0.2);
    expect(report.history.truncation.found).toBe(false);
  });

  it('tells a hold-out that is over-predicted by half, whatever was asked for', async () => {
    const report = await value([cdnow], {
      source: { columns },
      settings: { calibrationEnd: '1997-09-30', model: 'nbd' },
    });
    expect(report.choice.by).toBe('wanted');
    expect(report.backtest!.model.totalError!).toBeGreaterThan(0.5);
    expect(report.doubts).toContain('over-predicted');
  });

  it.each(['pareto-nbd', 'mbg-cnbd-k', 'naive'] as const)('scores with %s', async (model) => {
    const out = join(folder, 'out.csv');
    const report = await value([cdnow], { source: { columns }, settings: { model }, out });
    expect(report.model.inUse).toBe(model);
    expect(report.doubts).toContain('no-holdout');
    const rows = (await linesOf(out)).slice(1).map((row) => row.split(',').map(Number));
    const clv = rows.reduce((sum, row) => sum + row[11]!, 0);
    expect(Math.abs(clv / report.totals.clv - 1)).toBeLessThan(1e-5);
    expect(rows.every((row) => row[12]! <= row[11]! + 1e-9 || row[12]! <= row[13]!)).toBe(true);
  });

  it('writes one row a customer, with totals that add up to the report', async () => {
    const out = join(folder, 'out.csv');
    const report = await value([cdnow], { source: { columns }, out });
    const [header, ...rows] = await linesOf(out);
    expect(header).toBe(
      'customer_id,first_order_on,last_order_on,orders,frequency,recency,age,monetary_value,p_alive,expected_orders,expected_spend,clv,clv_low,clv_high,next_order_on,rfm,rfm_segment,next_order_low_on,next_order_high_on',
    );
    const cells = rows.map((row) => row.split(','));
    expect(cells.length).toBe(2357);
    expect(cells.map((row) => row[0])).toEqual(cells.map((row) => row[0]!).toSorted());
    const sum = (column: number): number => cells.reduce((total, row) => total + Number(row[column]), 0);
    expect(Math.abs(sum(11) / report.totals.clv - 1)).toBeLessThan(1e-5);
    expect(Math.abs(sum(9) / report.totals.expectedOrders - 1)).toBeLessThan(1e-5);
    expect(sum(3)).toBe(report.orders);
    for (const row of cells) {
      const [pAlive, clv, low, high] = [row[8], row[11], row[12], row[13]].map(Number) as [
        number,
        number,
        number,
        number,
      ];
      expect(pAlive >= 0 && pAlive <= 1 && low >= 0 && low <= high && clv >= 0).toBe(true);
      expect(row[15]).toMatch(/^[1-5]{3}$/);
      expect(row[14]).toMatch(pAlive < 0.5 ? /^$/ : /^(\d{4}-\d\d-\d\d)?$/);
      const [next, early, late] = [row[14]!, row[17]!, row[18]!];
      expect(next === '' || (early <= next && (late === '' || next <= late))).toBe(true);
    }
    expect(report.totals.clvLow).toBeLessThan(report.totals.clv);
    expect(report.totals.clvHigh).toBeGreaterThan(report.totals.clv);
  });

  it('gives the interval of the total that its customers give together', async () => {
    let [clv, variance] = [0, 0];
    const report = await value([cdnow], {
      source: { columns },
      onScores: ({ columns: { clv: values, clv_sd: deviations } }) => {
        for (const value of values as Float64Array) clv += value;
        for (const deviation of deviations as Float64Array) variance += deviation ** 2;
        return Promise.resolve();
      },
    });
    const { clvLow, clvHigh } = intervalOfTotal(clv, variance, report.totals.parameterVariance);
    expect(Math.abs(report.totals.clvLow / clvLow - 1)).toBeLessThan(1e-6);
    expect(Math.abs(report.totals.clvHigh / clvHigh - 1)).toBeLessThan(1e-6);
  });

  it('gives the same bytes twice, and the same rows as Parquet, workbook and batches', async () => {
    const paths = ['a.csv', 'b.csv', 'c.parquet', 'd.xlsx'].map((name) => join(folder, name));
    let ids = 0;
    let clv = 0;
    for (const out of paths) {
      await value([cdnow], {
        source: { columns },
        settings: { model: 'bg-nbd' },
        out,
        onScores: async ({ size, columns: batch }) => {
          ids += size;
          clv += (batch.clv as Float64Array).reduce((sum, each) => sum + each, 0);
          await Promise.resolve();
        },
      });
    }
    expect(await readFile(paths[0]!)).toEqual(await readFile(paths[1]!));
    expect(ids).toBe(4 * 2357);
    const engine = await openDuckDb({ tempFolder: folder, memoryMb: 200, threads: 1 });
    const [count, sum] = await engine.numbers(
      `SELECT CAST(count(*) AS DOUBLE), sum(clv) FROM ${engine.dialect.parquet([paths[2]!])}`,
    );
    engine.close();
    expect(count![0]).toBe(2357);
    expect(Math.abs((4 * sum![0]!) / clv - 1)).toBeLessThan(1e-9);
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(paths[3]!);
    expect(workbook.worksheets[0]!.rowCount).toBe(2358);
    expect(workbook.worksheets[0]!.getCell('A2').value).toBe('0001');
  });
});

describe.skipIf(!existsSync(onlineRetail))('Online Retail, with its cancellations and missing ids', () => {
  it('R01: accepts and rejects every row of the file, nets returns and tests itself against the naive rule', async () => {
    const rejects = join(folder, 'rejects.csv');
    const report = await value([onlineRetail], {
      source: { timeZone: 'Europe/London' },
      settings: { calibrationEnd: '2011-08-31' },
      rejects,
    });
    expect(report.rows).toEqual({ read: 541_909, accepted: 406_829, rejected: 135_080 });
    expect(report.rejects.map(({ code, rows, line }) => [code, rows, line])).toEqual([
      ['valuation.customer_missing', 135_080, 624],
    ]);
    const lines = await linesOf(rejects);
    expect(lines.length).toBe(135_081);
    expect(lines.slice(0, 2)).toEqual([
      'file,line,column,code,text',
      'online_retail_I.csv.gz,624,7,valuation.customer_missing,""',
    ]);
    expect(report.columns[0]!.columns).toMatchObject({
      customer: { name: 'CustomerID', guessed: true },
      quantity: { name: 'Quantity' },
      unitPrice: { name: 'UnitPrice' },
      date: { name: 'InvoiceDate' },
    });
    expect(report.firstOrderOn).toBe('2010-12-01');
    expect(report.lastOrderOn).toBe('2011-12-09');
    expect(report.returns).toEqual({ lines: 8905, amount: -611_342.09 });
    // The file names 4372 customers; 12346 bought and brought back on one day.
    expect(report.customers + report.returnsOnly.customers).toBe(4372);
    expect(report.returnsOnly).toMatchObject({ customers: 37, amount: -88_988.08 });
    expect(report.returnsOnly.examples[0]).toBe('12346');
    expect(report.model).toMatchObject({ inUse: 'nbd', converged: true });
    const verdicts = Object.fromEntries(report.candidates.map(({ name, reason }) => [name, reason]));
    expect(verdicts).toMatchObject({
      nbd: null,
      'bg-nbd': 'no-dropout-visible',
      'pareto-nbd': 'no-dropout-visible',
      'bg-cnbd-k': 'lower-log-score',
      'same-rate': 'model-predicts-better',
      'last-period': 'yardstick-only',
    });
    // Three months before Christmas: the total falls short, which is said, and the year before is not there to learn the season from.
    expect(report.doubts).toEqual(['under-predicted', 'last-period-better', 'left-truncated']);
    expect(report.history.season.found).toBeNull();
    expect(report.history.truncation).toMatchObject({ found: true, untilOn: '2010-12-31' });
    expect(report.backtest!.naive.total).toBeGreaterThan(0);
    expect(Number.isFinite(report.totals.clv) && report.totals.clv > 0).toBe(true);
  });
});
