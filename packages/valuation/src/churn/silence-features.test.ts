import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '@kezi/stats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { isoDateOf } from '../features/day-number.js';
import { extractFiles } from '../lake/extract-files.js';
import type { Lake } from '../lake/lake-manifest.js';
import { churnOfOrders } from './churn-of-orders.js';
import { buildCut, cutQuery, readCut, silencePlans } from './silence-features.js';
import type { SilenceReport } from './learn-silence.js';
import { silenceWindow } from './silence-window.js';

const FIRST = 19_000;
let folder: string;
let engine: Engine;
let lake: Lake;
let file: string;

/** Orders of 300 customers over 500 days, by customer: day and amount in hundredths. */
const histories = new Map<string, { day: number; minor: number }[]>();

beforeAll(async () => {
  const random = randomFrom(4);
  const lines = ['客户,日期,金额'];
  for (let c = 0; c < 300; c++) {
    const orders: { day: number; minor: number }[] = [];
    const gap = 3 + 40 * random.uniform();
    let day = FIRST + Math.floor(300 * random.uniform());
    while (day < FIRST + 500) {
      const minor = 100 + Math.floor(9900 * random.uniform());
      orders.push({ day, minor });
      lines.push(`K${c},${isoDateOf(day)},${(minor / 100).toFixed(2)}`);
      if (random.uniform() < 0.12) break;
      day += 1 + Math.floor(gap * (0.5 + random.uniform()));
    }
    histories.set(`K${c}`, orders);
  }
  folder = await mkdtemp(join(tmpdir(), 'kezi churn 流失-'));
  file = join(folder, '订单.csv');
  await writeFile(file, `${lines.join('\n')}\n`);
  engine = await openEngine({ tempFolder: folder, memoryMb: 300, threads: 2 });
  const options = { columns: {}, timeZone: 'Asia/Shanghai', folder };
  ({ lake } = await extractFiles(engine, [file], options));
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

it('knows the orders up to the cut and none after, as counted by hand', async () => {
  const [day, window] = [FIRST + 320, 60];
  await buildCut(engine, lake, 'cut', { day, window, perMille: 1000 });
  const ids: string[] = [];
  for await (const { columns } of engine.stream(cutQuery('cut'))) ids.push(...(columns[0] as string[]));
  const rows = await readCut(engine, 'cut');
  const column = (name: string): Float64Array =>
    rows.columns[silencePlans.findIndex((plan) => plan.name === name)]!;
  const known = [...histories].filter(([, orders]) => orders[0]!.day <= day);
  expect(ids).toEqual(known.map(([id]) => id).sort());
  ids.forEach((id, i) => {
    const all = histories.get(id)!;
    const orders = all.filter((order) => order.day <= day);
    const last = orders.at(-1)!;
    const within = (from: number, to: number) =>
      orders.filter((order) => order.day > from && order.day <= to);
    const sum = (some: { minor: number }[]): number => some.reduce((total, { minor }) => total + minor, 0);
    expect(rows.label[i]).toBe(Number(!all.some((order) => order.day > day && order.day <= day + window)));
    expect(rows.frequency[i]).toBe(orders.length - 1);
    expect(rows.recency[i]).toBeCloseTo((last.day - orders[0]!.day) / 7, 9);
    expect(column('recency_days')[i]).toBe(day - last.day);
    expect(column('recent_orders')[i]).toBe(within(day - window, day).length);
    expect(column('earlier_orders')[i]).toBe(within(day - 2 * window, day - window).length);
    expect(column('order_value')[i]).toBeCloseTo(sum(orders) / 100 / orders.length, 9);
    const mean = (last.day - orders[0]!.day) / (orders.length - 1);
    const before = orders.at(-2)?.day ?? Number.NaN;
    const [recent, earlier] = [within(day - window, day), within(day - 2 * window, day - window)].map(sum);
    const told = (value: number): string => (Number.isNaN(value) ? 'missing' : value.toFixed(9));
    expect(told(column('silence_ratio')[i]!)).toBe(told((day - last.day) / mean));
    expect(told(column('last_gap_ratio')[i]!)).toBe(told((last.day - before) / mean));
    expect(told(column('spend_trend')[i]!)).toBe(told(recent! / (recent! + earlier!)));
  });
});

it('takes the window from the rhythm: nine of ten next orders are in by then', async () => {
  const span = { firstDay: FIRST, asOfDay: FIRST + 499 };
  const window = await silenceWindow(engine, lake, span, undefined);
  const gaps = [...histories.values()]
    .flatMap((orders) => orders.slice(1).map((order, i) => order.day - orders[i]!.day))
    .sort((a, b) => a - b);
  expect(window).toEqual({
    days: gaps[Math.ceil(0.9 * gaps.length) - 1],
    from: 'rhythm',
    rhythmDays: window.days,
  });
  expect(await silenceWindow(engine, lake, span, 100)).toMatchObject({ days: 100, from: 'asked' });
  await expect(silenceWindow(engine, lake, span, 200)).rejects.toThrow(/churn.history_too_short/);
  const short = await silenceWindow(engine, lake, { ...span, firstDay: span.asOfDay - 60 }, undefined);
  expect(short).toMatchObject({ days: 15, from: 'history' });
});

it('learns silence, better than the naive rules, and scores everybody the same every time', async () => {
  const request = { source: { kind: 'files' as const, paths: [file] }, model: 'auto' as const, seed: 1 };
  const { model, report, expectedRate } = await churnOfOrders({ ...request, threads: 1 });
  const learnt = report as SilenceReport;
  expect(learnt.model).toMatchObject({ trusted: true });
  expect(learnt.customers.asOf).toBe(300);
  const names = learnt.candidates.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['gbdt', 'logistic', 'recency', 'no-order-for-90-days']));
  // Who left stays away, so even recency does well here.
  expect(learnt.candidates[0]!.aucLow!).toBeGreaterThan(0.85);
  expect(expectedRate!).toBeGreaterThan(0.5);
  const again = await churnOfOrders({ ...request, applied: model });
  expect(again.expectedRate).toBe(expectedRate);
  expect(again.report).toMatchObject({ customers: 300, silenceDays: learnt.silence.days });
});
