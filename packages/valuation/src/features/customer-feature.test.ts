import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb } from '../engine/duckdb/open-duckdb.js';
import type { Engine } from '../engine/engine.js';
import { createFeatureTable, insertFeatures, type FeatureCut } from './customer-feature.js';
import { dayNumberOf } from './day-number.js';

interface Line {
  customer: string;
  day: number;
  amount: number;
}

interface Feature {
  frequency: number;
  firstDay: number;
  lastDay: number;
  total: number;
  first: number;
  heldFrequency: number;
  heldLastDay: number;
  heldOrders: number;
}

let folder: string;
let engine: Engine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-features-'));
  engine = await openDuckDb({ tempFolder: folder, memoryMb: 200, threads: 2 });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** The engine's answer. */
async function byEngine(lines: readonly Line[], cut: FeatureCut): Promise<Map<string, Feature>> {
  await engine.run('DROP TABLE IF EXISTS line');
  await engine.append('line', [
    { name: 'customer_id', type: 'text', values: lines.map((line) => line.customer) },
    { name: 'day', type: 'integer', values: Float64Array.from(lines, (line) => line.day) },
    { name: 'amount_minor', type: 'bigint', values: Float64Array.from(lines, (line) => line.amount) },
  ]);
  const returns = lines.filter((line) => line.amount < 0);
  const totals = {
    bucket: 0,
    lines: lines.length,
    amountMinor: 0,
    returnLines: returns.length,
    returnMinor: 0,
    freeLines: lines.filter((line) => line.amount === 0).length,
    firstDay: 0,
    lastDay: 0,
  };
  await engine.run(createFeatureTable());
  await engine.run(insertFeatures('line', totals, cut));
  const found = new Map<string, Feature>();
  for await (const { size, columns } of engine.stream(
    'SELECT customer_id, CAST(frequency AS DOUBLE), CAST(first_day AS DOUBLE), CAST(last_day AS DOUBLE), total_minor, first_minor, CAST(held_frequency AS DOUBLE), CAST(held_last_day AS DOUBLE), CAST(held_orders AS DOUBLE) FROM customer_feature',
  )) {
    const [id, frequency, firstDay, lastDay, total, first, heldFrequency, heldLastDay, heldOrders] =
      columns as [string[], ...Float64Array[]];
    for (let i = 0; i < size; i++) {
      found.set(id[i]!, {
        frequency: frequency![i]!,
        firstDay: firstDay![i]!,
        lastDay: lastDay![i]!,
        total: total![i]!,
        first: first![i]!,
        heldFrequency: heldFrequency![i]!,
        heldLastDay: heldLastDay![i]!,
        heldOrders: heldOrders![i]!,
      });
    }
  }
  return found;
}

/** The same, the slow and obvious way. */
function byHand(lines: readonly Line[], { lastDay, calibrationEnd }: FeatureCut): Map<string, Feature> {
  const found = new Map<string, Feature>();
  for (const customer of new Set(lines.map((line) => line.customer))) {
    const own = lines.filter(
      (line) => line.customer === customer && (lastDay === null || line.day <= lastDay),
    );
    const days = [...new Set(own.map((line) => line.day))].sort((a, b) => a - b);
    const orders = days
      .map((day) => own.filter((line) => line.day === day))
      .map((ofDay) => ({
        day: ofDay[0]!.day,
        net: ofDay.reduce((sum, line) => sum + line.amount, 0),
        hasReturn: ofDay.some((line) => line.amount < 0),
      }))
      .filter(({ net, hasReturn }) => net > 0 || (net === 0 && !hasReturn));
    if (orders.length === 0) continue;
    const held = orders.filter(({ day }) => calibrationEnd !== null && day <= calibrationEnd);
    found.set(customer, {
      frequency: orders.length - 1,
      firstDay: orders[0]!.day,
      lastDay: orders.at(-1)!.day,
      total: orders.reduce((sum, { net }) => sum + net, 0),
      first: orders[0]!.net,
      heldFrequency: calibrationEnd === null ? 0 : held.length - 1,
      heldLastDay: calibrationEnd === null ? 0 : (held.at(-1)?.day ?? -100_000),
      heldOrders: calibrationEnd === null ? 0 : orders.length - held.length,
    });
  }
  return found;
}

const noCut: FeatureCut = { lastDay: null, calibrationEnd: null, periodStart: null };

describe('customer features', () => {
  it('L01: the summary of lifetimes tests/test_utils.py as of 2015-02-07', async () => {
    const table: [string, string, number][] = [
      ['1', '2015-01-01', 1],
      ['1', '2015-02-06', 2],
      ['2', '2015-01-01', 2],
      ['3', '2015-01-01', 3],
      ['3', '2015-01-02', 1],
      ['3', '2015-01-05', 5],
      ['4', '2015-01-16', 6],
      ['4', '2015-02-02', 3],
      ['4', '2015-02-05', 3],
      ['5', '2015-01-16', 3],
      ['5', '2015-01-17', 1],
      ['5', '2015-01-18', 8],
      ['6', '2015-02-02', 5],
    ];
    const lines = table.map(([customer, date, amount]) => ({
      customer,
      day: dayNumberOf(date),
      amount: amount * 100,
    }));
    const features = await byEngine(lines, noCut);
    const asOf = dayNumberOf('2015-02-07');
    const summary = [...features]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, f]) => [
        f.frequency,
        f.lastDay - f.firstDay,
        asOf - f.firstDay,
        f.frequency === 0 ? 0 : (f.total - f.first) / 100 / f.frequency,
      ]);
    expect(summary).toEqual([
      [1, 36, 37, 2],
      [0, 0, 37, 0],
      [2, 4, 37, 3],
      [2, 20, 22, 3],
      [2, 2, 22, 4.5],
      [0, 0, 5, 0],
    ]);
  });

  it('takes several lines of a day for one order and nets returns within the day', async () => {
    const lines: Line[] = [
      { customer: 'a', day: 10, amount: 500 },
      { customer: 'a', day: 10, amount: 700 },
      { customer: 'a', day: 20, amount: 900 },
      { customer: 'a', day: 20, amount: -900 },
      { customer: 'a', day: 30, amount: -1200 },
      { customer: 'a', day: 40, amount: 300 },
      { customer: 'a', day: 40, amount: -100 },
      { customer: 'free', day: 5, amount: 0 },
      { customer: 'free', day: 6, amount: 0 },
      { customer: 'returns only', day: 5, amount: -100 },
    ];
    const features = await byEngine(lines, noCut);
    expect(features.get('a')).toMatchObject({
      frequency: 1,
      firstDay: 10,
      lastDay: 40,
      total: 1400,
      first: 1200,
    });
    expect(features.get('free')).toMatchObject({ frequency: 1, total: 0 });
    expect(features.has('returns only')).toBe(false);
  });

  it.each([
    ['without returns', 0],
    ['with returns and free lines', 1],
  ])('equals brute force on random lines, %s', async (_, returns) => {
    let state = 42;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const lines = Array.from({ length: 4000 }, () => ({
      customer: `客户${random(300)}`,
      day: 19_000 + random(60),
      amount: returns === 1 ? random(7) * 100 - 200 : 1 + random(10_000),
    }));
    for (const cut of [
      noCut,
      { lastDay: 19_050, calibrationEnd: null, periodStart: null },
      { lastDay: 19_055, calibrationEnd: 19_030, periodStart: 19_006 },
    ]) {
      expect(await byEngine(lines, cut)).toEqual(byHand(lines, cut));
    }
  });
});
