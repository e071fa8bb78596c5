import { expect, it } from 'vitest';
import { readFit } from './read-fit.js';

it('lists parameters as the papers do, each with its error, and the figures that say how good it is', () => {
  const view = readFit({
    name: 'bg-nbd',
    parameters: { b: 2.4, r: 0.24, a: 0.8, alpha: 4.4 },
    standardErrors: { r: 0.01, alpha: 0.4, a: 0.2, b: 0.7 },
    logLikelihood: -9582.4,
    customers: 2357,
    converged: true,
    reason: null,
    warnings: ['few-repeaters'],
  });
  expect(view.estimates.map(({ name, error }) => [name, error])).toEqual([
    ['r', 0.01],
    ['alpha', 0.4],
    ['a', 0.2],
    ['b', 0.7],
  ]);
  expect([view.converged, view.warnings, view.groups]).toEqual([true, ['few-repeaters'], null]);
  expect(view.figures).toEqual([
    ['logLikelihood', -9582.4],
    ['customers', 2357],
  ]);
});

it('speaks of all customers first, then of each segment', () => {
  const view = readFit({
    name: 'nbd',
    pooled: { parameters: { r: 1 }, standardErrors: null, converged: false, reason: 'too-few-repeaters' },
    segments: [{ segment: '华东', parameters: { r: 2 }, standardErrors: null }],
  });
  expect(view.estimates.map(({ of, value }) => [of, value])).toEqual([
    ['', 1],
    ['华东', 2],
  ]);
  expect([view.converged, view.reason]).toEqual([false, 'too-few-repeaters']);
});

it('takes any answer: clusters, trees, effects, and what it does not know', () => {
  const clusters = { names: ['price'], sizes: [3, 1], centres: [[1], [9]] };
  expect(readFit({ name: 'k-means', model: clusters }).groups).toEqual(clusters);
  const trees = readFit({
    name: 'gbdt',
    model: { features: [{ name: 'a' }, { name: 'b' }] },
    importance: [0.2, 0.8],
    holdout: { auc: 0.7 },
  });
  expect(trees.importance[0]).toEqual({ name: 'b', share: 0.8 });
  expect(trees.figures).toEqual([['holdout.auc', 0.7]]);
  const effects = readFit({
    effects: [{ on: 'alpha', coefficients: [{ name: 'x', estimate: 1, standardError: 0.5, pValue: 0.04 }] }],
    diverging: ['y'],
  });
  expect(effects.estimates[0]).toMatchObject({ of: 'alpha', name: 'x', pValue: 0.04 });
  expect(effects.warnings).toEqual(['diverging-y']);
  expect(readFit({}).estimates).toEqual([]);
});
