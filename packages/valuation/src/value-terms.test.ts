import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerFuture, customerModel, drawGamma, randomFrom } from '@kezi/stats';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { valueCustomers, type ValuationSettings } from './value-customers.js';

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let orders: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-terms-'));
  // 400 customers of two years, some of whom leave; spend varies between them.
  const random = randomFrom(8);
  const lines = ['customer,date,amount,branch'];
  for (let i = 0; i < 400; i++) {
    const gap = 1 / drawGamma(random, 1.2, 60);
    const mean = 300 / drawGamma(random, 4, 4);
    const last = random.uniform() < 0.4 ? 300 : 700;
    for (let day = Math.floor(random.uniform() * 200); day < last;) {
      const on = new Date(Date.UTC(2023, 0, 1 + Math.floor(day))).toISOString().slice(0, 10);
      lines.push(
        `K${i},${on},${drawGamma(random, 5, 5 / mean).toFixed(2)},${i % 2 === 0 ? 'food' : 'school'}`,
      );
      day += 1 + gap * -Math.log(1 - random.uniform());
    }
  }
  orders = join(folder, 'orders.csv');
  await writeFile(orders, lines.join('\n'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let runs = 0;
async function value(settings: ValuationSettings, creditLosses?: string) {
  const out = join(folder, `${runs++}.csv`);
  const report = await valueCustomers({
    creditLosses,
    source: { kind: 'files', paths: [orders], columns: {} },
    settings: { model: 'bg-nbd', asOf: '2024-12-01', ...settings },
    out,
    workFolder: folder,
  });
  const text = await readFile(out, 'utf8');
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const names = head.split(',');
  const rows = lines.map((line) => {
    const cells = line.split(',');
    return (name: string): number => Number(cells[names.indexOf(name)]);
  });
  const sum = (name: string): number => rows.reduce((total, row) => total + row(name), 0);
  return { report, text, names, rows, sum };
}

describe('costs', () => {
  it('are deducted from each customer and from the total, and what was deducted adds up', async () => {
    const plain = await value({});
    const costs = { share: 0.08, perOrder: 12, perYear: 50, creditLoss: 0.02 };
    const { report, rows, sum } = await value({ costs });
    const horizonYears = -Math.expm1(-Math.log(1.1) * ((52 * 7) / 365.2425)) / Math.log(1.1);
    rows.forEach((row, i) => {
      const before = plain.rows[i]!;
      const [gross, spend] = [before('clv'), before('expected_spend')];
      const service = 50 * horizonYears * before('p_alive');
      expect(row('gross_clv')).toBeCloseTo(gross, 2);
      expect(row('cost_to_serve')).toBeCloseTo(0.08 * gross + (12 * gross) / spend + service, 2);
      expect(row('credit_loss')).toBeCloseTo(0.02 * gross, 2);
      expect(row('clv')).toBeCloseTo(row('gross_clv') - row('cost_to_serve') - row('credit_loss'), 3);
      expect(row('clv_low')).toBeLessThanOrEqual(row('clv_high'));
    });
    const { clv, clvLow, clvHigh, deducted } = report.totals;
    expect(sum('clv')).toBeCloseTo(clv, 1);
    expect(deducted!.grossClv - deducted!.costToServe - deducted!.creditLoss).toBeCloseTo(clv, 6);
    expect(deducted!.grossClv).toBeCloseTo(plain.report.totals.clv, 6);
    expect(clvLow < clv && clv < clvHigh).toBe(true);
  });

  it("take a customer's own credit loss where it is known, and that of the run elsewhere", async () => {
    const file = join(folder, 'losses.csv');
    // The second is nobody's: a customer without orders.
    await writeFile(file, 'K3,0.5\nK9999,0.9\nK7,0\nK10,1\n');
    for (const settings of [{}, { by: 'branch' }, { model: 'naive' as const }]) {
      const plain = await value(settings);
      const costs = { perOrder: 1, creditLoss: 0.1 };
      const { report, text, rows, sum } = await value({ ...settings, costs }, file);
      const ids = text.split('\n').slice(1);
      rows.forEach((row, i) => {
        const own: Record<string, number> = { K3: 0.5, K7: 0, K10: 1 };
        const share = own[ids[i]!.split(',')[0]!] ?? 0.1;
        expect(row('gross_clv')).toBeCloseTo(plain.rows[i]!('clv'), 2);
        expect(row('credit_loss')).toBeCloseTo(share * row('gross_clv'), 2);
        expect(row('clv')).toBeCloseTo(row('gross_clv') - row('cost_to_serve') - row('credit_loss'), 3);
      });
      expect(report.ownLossCustomers).toBe(3);
      const { clv, deducted } = report.totals;
      expect(sum('clv')).toBeCloseTo(clv, 1);
      expect(sum('credit_loss')).toBeCloseTo(deducted!.creditLoss, 1);
      // What segments are worth adds up to the same; without segments there is one, of everybody.
      const segments = report.attributes?.segments.map((segment) => segment.clv ?? 0) ?? [clv];
      expect(segments.reduce((total, each) => total + each, 0)).toBeCloseTo(clv, 1);
    }
  });

  it('may be own credit losses alone', async () => {
    const file = join(folder, 'alone.csv');
    await writeFile(file, 'K3,0.25\n');
    const [plain, { report, sum }] = [await value({}), await value({}, file)];
    expect(report.costs).toEqual({ share: 0, perOrder: 0, perYear: 0, creditLoss: 0 });
    expect(plain.report.costs).toBeNull();
    const lost = plain.sum('clv') - sum('clv');
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeCloseTo(report.totals.deducted!.creditLoss, 1);
  });

  it('of nothing leave every byte as it was, and no column more', async () => {
    const [plain, none] = [await value({}), await value({ costs: { share: 0 }, isForever: false })];
    expect(none.text).toBe(plain.text);
    expect([none.report.costs, none.report.totals.deducted]).toEqual([null, null]);
  });

  it('that leave no value, or that need a horizon, are refused before anything is read', async () => {
    await expect(value({ costs: { share: 0.7, creditLoss: 0.3 } })).rejects.toMatchObject({
      code: 'valuation.costs_take_all',
    });
    await expect(value({ isForever: true, discountRate: 0 })).rejects.toMatchObject({
      code: 'valuation.forever_needs_discount',
    });
    await expect(value({ isForever: true, costs: { perYear: 1 } })).rejects.toMatchObject({
      code: 'valuation.yearly_cost_needs_horizon',
    });
  });
});

describe('costs to serve out of a column', () => {
  const header = 'customer,date,amount,freight';
  const lines = Array.from({ length: 60 }, (_, i) => {
    const freight = i % 3 === 0 ? '' : (1 + (i % 5) / 4).toFixed(2);
    return { customer: `K${i % 20}`, date: `2024-0${1 + (i % 9)}-1${i % 10}`, amount: 40 + i, freight };
  });
  const text = (of: (line: (typeof lines)[number]) => (string | number)[]): string =>
    [header, ...lines.map((line) => of(line).join(','))].join('\n');

  async function valueOf(name: string, content: string, cost?: string) {
    const path = join(folder, name);
    const out = join(folder, `${name}.out.csv`);
    await writeFile(path, content);
    const report = await valueCustomers({
      source: { kind: 'files', paths: [path], columns: cost === undefined ? {} : { cost } },
      settings: { model: 'naive' },
      out,
      workFolder: folder,
    });
    return { report, scores: await readFile(out, 'utf8') };
  }

  it('are taken from the line, whether the file is read fast or with care; an empty cell has none', async () => {
    const netted = text(({ customer, date, amount, freight }) => [
      customer,
      date,
      (amount - Number(freight)).toFixed(2),
      '',
    ]);
    const given = text(({ customer, date, amount, freight }) => [customer, date, amount, freight]);
    const [net, cost, careful] = [
      await valueOf('netted.csv', netted),
      await valueOf('freight.csv', given, 'freight'),
      await valueOf('careful.csv', `${given}\nK1,2024-02-01,9.00,dear\nK1,no day,9.00,1`, 'freight'),
    ];
    expect(cost.scores).toBe(net.scores);
    expect(careful.scores).toBe(net.scores);
    expect(cost.report.columns[0]!.columns.cost).toMatchObject({ name: 'freight', guessed: false });
    expect(careful.report.rows.rejected).toBe(2);
    expect(careful.report.rejects.map(({ code, text: cell }) => [code, cell])).toContainEqual([
      'tabular.number_unreadable',
      'dear',
    ]);
    expect((await valueOf('plain.csv', given)).scores).not.toBe(net.scores);
  });

  it('are refused where the column holds no numbers, or is not there', async () => {
    const words = text(({ customer, date, amount }) => [customer, date, amount, 'by road']);
    await expect(valueOf('words.csv', words, 'freight')).rejects.toMatchObject({
      code: 'valuation.not_numbers',
    });
    await expect(valueOf('words.csv', words, 'toll')).rejects.toMatchObject({
      code: 'valuation.column_missing',
    });
  });
});

describe('all orders to come', () => {
  it.each(['bg-nbd', 'pareto-nbd', 'nbd', 'naive'] as const)(
    'are worth DERT x expected spend under %s, more than those of the horizon',
    async (model) => {
      const [near, far] = [await value({ model }), await value({ model, isForever: true })];
      const { name, parameters } = far.report.model;
      const perWeek = (Math.log(1.1) * 7) / 365.2425;
      far.rows.forEach((row, i) => {
        const before = near.rows[i]!;
        expect(row('expected_orders')).toBe(before('expected_orders'));
        expect(row('clv')).toBeGreaterThanOrEqual(before('clv'));
        expect(row('clv_low') <= row('clv_high')).toBe(true);
      });
      const [row] = far.rows.toSorted((a, b) => b('clv') - a('clv'));
      const [x, tx, T] = [row!('frequency'), row!('recency'), row!('age')];
      const dert =
        model === 'naive'
          ? row!('expected_orders') / 52 / perWeek
          : customerFuture(customerModel({ name, parameters }), x, tx, T).discountedOrders(perWeek);
      // The file rounds times to four decimals.
      expect(row!('clv') / (dert * row!('expected_spend'))).toBeCloseTo(1, 3);
      expect(far.sum('clv') / far.report.totals.clv).toBeCloseTo(1, 5);
      expect(far.report).toMatchObject({ isForever: true, horizon: 52 });
    },
  );

  it('are valued segment by segment where a run has segments', async () => {
    const { report, sum } = await value({ isForever: true, by: 'branch', costs: { share: 0.1 } });
    const bySegment = report.attributes!.segments.reduce((total, { clv }) => total + (clv ?? 0), 0);
    expect(bySegment).toBeCloseTo(report.totals.clv, 4);
    expect(sum('clv') / report.totals.clv).toBeCloseTo(1, 5);
  });
});
