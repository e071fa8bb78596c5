import { randomFrom, scoreCustomers, type OtherModel } from '@kezi/stats';
import { expect, it } from 'vitest';
import { scoreInCells } from './score-in-cells.js';

const random = randomFrom(5);
const rows = Array.from({ length: 2500 }, () => {
  const age = 5 + 150 * random.uniform();
  const x = Math.floor(-Math.log(random.uniform()) * 4);
  return [x, x === 0 ? 0 : age * Math.sqrt(random.uniform()), age] as const;
});
const column = (k: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[k]);
const summary = { frequency: column(0), recency: column(1), age: column(2) };
const models: OtherModel[] = [
  { name: 'pareto-nbd', parameters: { r: 0.9, alpha: 6, s: 0.8, beta: 30 } },
  { name: 'mbg-cnbd-k', parameters: { k: 2, r: 1.1, alpha: 3, a: 0.6, b: 9 } },
];

it.each(models)(
  '$name: triples in cells score as they do one by one, within a few per cent',
  async (model) => {
    const options = { horizon: 52, discountPerUnit: 0.0018 };
    const exact = scoreCustomers(model, summary, options);
    const cells = await scoreInCells(model, summary, options, 1);
    expect(Math.max(...cells.pAlive.map((value, i) => Math.abs(value - exact.pAlive[i]!)))).toBeLessThan(
      1e-12,
    );
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
    for (const name of ['expectedOrders', 'discountedOrders', 'nextOrderMedian'] as const) {
      expect(Math.abs(sum(cells[name]) / sum(exact[name]) - 1)).toBeLessThan(0.005);
      const errors = cells[name].map((value, i) => Math.abs(value / exact[name][i]! - 1)).toSorted();
      expect(errors[Math.floor(errors.length * 0.95)]).toBeLessThan(0.03);
    }
  },
);
