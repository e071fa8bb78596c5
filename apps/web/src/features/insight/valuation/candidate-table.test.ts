import type { ModelCandidate } from '@kezi/contract';
import { expect, it } from 'vitest';
import { bestOf, inOrder, totalScale } from './candidate-table.js';

const candidate = (
  name: ModelCandidate['name'],
  holdout: Partial<NonNullable<ModelCandidate['holdout']>> | null,
  inUse = false,
): ModelCandidate => ({
  name,
  fit: null,
  holdout: holdout && {
    total: 100,
    totalError: 0,
    meanAbsoluteError: 1,
    weightedMape: 0.5,
    rankCorrelation: 0.5,
    logScore: -1,
    calibration: [],
    ...holdout,
  },
  inUse,
  reason: null,
});

it('finds the best of each measure by its own good end, ties together, and nobody who stands alone', () => {
  const [near, low, naive] = [
    candidate('bg-nbd', { totalError: -0.1, rankCorrelation: 0.7, logScore: -1.2 }),
    candidate('nbd', { totalError: 0.2, rankCorrelation: 0.7, meanAbsoluteError: 0.9, logScore: null }),
    candidate('same-rate', { totalError: -0.3, weightedMape: 0.4, logScore: null }),
  ] as [ModelCandidate, ModelCandidate, ModelCandidate];
  const best = bestOf([near, low, naive, candidate('pareto-nbd', null)]);
  expect(best.get('totalError')).toEqual(new Set([near]));
  expect(best.get('meanAbsoluteError')).toEqual(new Set([low]));
  expect(best.get('weightedMape')).toEqual(new Set([naive]));
  expect(best.get('rankCorrelation')).toEqual(new Set([near, low]));
  expect(best.get('logScore')).toEqual(new Set());
});

it('puts the one in use first and those that could not be judged last', () => {
  const names = inOrder([
    candidate('pareto-nbd', null),
    candidate('same-rate', { logScore: null }),
    candidate('mbg-nbd', { logScore: -1.3 }),
    candidate('bg-nbd', { logScore: -1.2 }),
    candidate('nbd', { logScore: -1.4 }, true),
  ]).map(({ name }) => name);
  expect(names).toEqual(['nbd', 'bg-nbd', 'mbg-nbd', 'same-rate', 'pareto-nbd']);
});

it('draws totals and the truth on one scale', () => {
  const scale = totalScale([candidate('nbd', { total: 50 }), candidate('bg-nbd', null)], 200);
  expect([scale.at(50), scale.actual]).toEqual([25, 100]);
  expect(totalScale([], 0).actual).toBe(0);
});
