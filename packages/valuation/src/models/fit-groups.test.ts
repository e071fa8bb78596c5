import { drawGamma, fitWithCovariates, randomFrom } from '@kezi/stats';
import { expect, it, vi } from 'vitest';
import { binsOf } from '../attributes/code-attribute.js';
import type { CustomerGroups } from '../attributes/group-customers.js';
import { coarsenGroups, fitGroups } from './fit-groups.js';

vi.setConfig({ testTimeout: 120_000 });

/** Customers of an NBD with 12 profiles of known effects: 0.4 on one column, -0.7 on the other. */
function simulate(customers: number) {
  const random = randomFrom(8);
  const profiles = Array.from({ length: 12 }, (_, grp) => [(grp % 6) / 5, grp < 6 ? 0 : 1] as const);
  const group = Float64Array.from({ length: customers }, () => Math.floor(12 * random.uniform()));
  const age = group.map(() => 20 + 80 * random.uniform());
  const recency = new Float64Array(customers);
  const frequency = group.map((grp, i) => {
    const [one, other] = profiles[grp]!;
    const rate = drawGamma(random, 1.1, 12) * Math.exp(0.4 * one - 0.7 * other);
    let [x, t] = [0, 0];
    for (;;) {
      t += -Math.log(random.uniform()) / rate;
      if (t > age[i]!) return x;
      recency[i] = t;
      x += 1;
    }
  });
  const groups: CustomerGroups = {
    kind: 'covariates',
    columns: [],
    table: {
      names: ['one', 'other'],
      columns: [0, 1].map((j) => Float64Array.from(profiles, (profile) => profile[j]!)),
    },
    customers: Float64Array.from(profiles, (_, grp) => group.filter((own) => own === grp).length),
  };
  const weight = new Float64Array(customers).fill(1);
  return { given: { summary: { frequency, recency, age, weight }, group }, groups };
}

it('finds on cells what the fit to every customer finds, within a fifth of a standard error, and the truth', () => {
  const { given, groups } = simulate(41_000);
  const { fit, onCells, models } = fitGroups('nbd', given, groups);
  if (groups.kind !== 'covariates' || !('effects' in fit)) throw new Error('covariates were asked for');
  const direct = fitWithCovariates('nbd', given.summary, {
    names: groups.table.names,
    columns: groups.table.columns.map((column) => given.group.map((grp) => column[grp]!)),
  });
  expect([onCells, models.length]).toEqual([true, 12]);
  fit.effects[0]!.coefficients.forEach(({ estimate }, j) => {
    const line = direct.effects[0]!.coefficients[j]!;
    expect(Math.abs(estimate - line.estimate)).toBeLessThan(0.2 * line.standardError!);
    expect(Math.abs(estimate - [0.4, -0.7][j]!)).toBeLessThan(3.5 * line.standardError!);
  });
});

it('holds an effect without a bound, and says which', () => {
  const { given, groups } = simulate(3000);
  if (groups.kind !== 'covariates') throw new Error('covariates were asked for');
  // Of one profile in twelve nobody came back.
  const silent = (column: Float64Array): Float64Array =>
    column.map((value, i) => (given.group[i] === 3 ? 0 : value));
  const { frequency, recency } = given.summary;
  const summary = { ...given.summary, frequency: silent(frequency), recency: silent(recency) };
  const third = Float64Array.from(groups.customers, (_, grp) => Number(grp === 3));
  const known: CustomerGroups = { ...groups, table: { names: ['third'], columns: [third] } };
  const held = fitGroups('nbd', { summary, group: given.group }, known);
  expect(held).toMatchObject({ held: ['third'], fit: { converged: true, likelihoodRatio: null } });
  expect(held.models).toHaveLength(12);
  const bare = fitGroups('nbd', { summary, group: given.group }, known, { ridge: 0 });
  expect(bare).toMatchObject({ held: [], models: [], fit: { reason: 'effect-without-bound' } });
  expect(fitGroups('nbd', given, known)).toMatchObject({ held: [], fit: { ridge: 0 } });
});

it('cells keep every customer, and stay far fewer', () => {
  const { given } = simulate(30_000);
  const { summary, group } = coarsenGroups(given, 12);
  expect(summary.weight!.reduce((sum, weight) => sum + weight, 0)).toBe(30_000);
  expect(group.length).toBeLessThan(18_000);
});

it('bins of a number hold equal shares of the customers and keep the mean', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => i ** 2);
  const customers = values.map((_, i) => 1 + (i % 3));
  const { upTo, means } = binsOf({ values, customers }, 24);
  expect(upTo).toHaveLength(24);
  expect(upTo.at(-1)).toBe(values.at(-1));
  const places = upTo.map((edge) => values.indexOf(edge));
  const shares = places.map((place, k) =>
    customers.slice((places[k - 1] ?? -1) + 1, place + 1).reduce((sum, count) => sum + count, 0),
  );
  const total = customers.reduce((sum, count) => sum + count, 0);
  for (const share of shares) expect(Math.abs((share * 24) / total - 1)).toBeLessThan(0.1);
  const mean = values.reduce((sum, value, i) => sum + value * customers[i]!, 0) / total;
  const binned = means.reduce((sum, value, k) => sum + value * shares[k]!, 0) / total;
  expect(binned / mean).toBeCloseTo(1, 9);
  expect(binsOf({ values: Float64Array.of(1, 2), customers: Float64Array.of(5, 9) }, 24).means).toEqual([
    1, 2,
  ]);
});
