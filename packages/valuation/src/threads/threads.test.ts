import {
  fitBoostedTrees,
  randomFrom,
  scoreCustomers,
  type OtherModel,
  type PurchaseModel,
} from '@kezi/stats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawOnThreads } from './draw-on-threads.js';
import { noHelpers, openThreads, type Threads } from './open-threads.js';
import { scoreOnThreads } from './score-on-threads.js';
import { histogramsOn } from './tree-threads.js';

let two: Threads;
beforeAll(async () => {
  two = await openThreads(2);
}, 30_000);
afterAll(() => two.close());

const random = randomFrom(11);

/** Histories of customers, most of them short. */
function customers(size: number) {
  const summary = {
    frequency: new Float64Array(size),
    recency: new Float64Array(size),
    age: new Float64Array(size),
  };
  for (let i = 0; i < size; i++) {
    summary.age[i] = 1 + 100 * random.uniform();
    summary.frequency[i] = Math.floor(6 * random.uniform() ** 3);
    summary.recency[i] = summary.frequency[i]! > 0 ? summary.age[i]! * random.uniform() : 0;
  }
  return summary;
}

const model: PurchaseModel = { name: 'bg-nbd', parameters: { r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 } };
const pareto: OtherModel = { name: 'pareto-nbd', parameters: { r: 0.6, alpha: 10, s: 0.6, beta: 12 } };

it('grows the same trees on one thread and on two', () => {
  const [rows, features] = [4000, 11];
  const columns = Array.from({ length: features }, () =>
    Float64Array.from({ length: rows }, () => (random.uniform() < 0.1 ? Number.NaN : random.uniform())),
  );
  const label = Float64Array.from({ length: rows }, (_, i) =>
    Number((columns[0]![i]! || 0) + (columns[9]![i]! || 0) > 1.6 * random.uniform()),
  );
  const table = { names: columns.map((_, j) => `x${j}`), columns };
  const options = { trees: 6, columnShare: 0.7, holdoutShare: 0.2 };
  const alone = JSON.stringify(fitBoostedTrees(table, label, options));
  expect(alone).toContain('"reason":null');
  expect(JSON.stringify(fitBoostedTrees(table, label, { ...options, engine: histogramsOn(two) }))).toBe(
    alone,
  );
  expect(JSON.stringify(fitBoostedTrees(table, label, { ...options, engine: histogramsOn(noHelpers) }))).toBe(
    alone,
  );
});

it.each([
  [model, 3000],
  [pareto, 300],
] as const)('scores the same on one thread and on two: %o', async (model, size) => {
  const triples = customers(size);
  const options = {
    horizon: 52,
    discountPerUnit: 0.002,
    spend: { name: 'gamma-gamma' as const, parameters: { p: 6, q: 3.7, v: 15 } },
  };
  const plain = scoreCustomers(model, triples, options);
  const onTwo = await scoreOnThreads(two, model, triples, options);
  expect(Object.keys(onTwo).sort()).toEqual(Object.keys(plain).sort());
  for (const [name, values] of Object.entries(plain))
    expect([name, Array.from(onTwo[name as keyof typeof plain] as Float64Array)]).toEqual([
      name,
      Array.from(values as Float64Array),
    ]);
});

it('draws the same for a customer, whichever thread he falls to', async () => {
  const some = customers(280);
  const options = { horizon: 52, discount: 0.002, draws: 3, seed: 3 };
  const onTwo = await drawOnThreads(two, model, some, options);
  const alone = await drawOnThreads(noHelpers, model, some, options);
  expect(Array.from(onTwo.rates)).toEqual(Array.from(alone.rates));
  expect(Array.from(onTwo.discountedOrders)).toEqual(Array.from(alone.discountedOrders));
  const other = await drawOnThreads(two, model, some, { ...options, seed: 4 });
  expect(Array.from(other.rates)).not.toEqual(Array.from(alone.rates));
  expect(Array.from(other.pAlive)).toEqual(Array.from(alone.pAlive));
});

it('tells what went wrong in a helper', async () => {
  const bad = await openThreads(2);
  const impossible = { ...customers(1), frequency: Float64Array.of(-1) };
  await expect(scoreOnThreads(bad, model, impossible, { horizon: 1 })).rejects.toThrow(/frequency/);
  const another = (): void =>
    bad.together(
      () => ({ kind: 'histograms-fill', slot: 0, from: 0, to: 1 }),
      () => undefined,
    );
  expect(another).toThrow(/A thread failed/);
  await bad.close();
});
