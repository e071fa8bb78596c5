import type { Fit, FitReason, PredictionErrors } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import { chooseCandidate, isBetterThan } from './choose-candidate.js';
import type { PurchaseModelName } from './fit-purchase.js';
import type { JudgedModel } from './judge-candidates.js';

const errorsOf = (totalError: number, meanAbsoluteError = 1): PredictionErrors => ({
  total: 0,
  totalError,
  meanAbsoluteError,
  rootMeanSquareError: 0,
  weightedMape: 0,
  correlation: 0,
  rankCorrelation: 0,
});

const customers = 400;
const weight = new Float64Array(customers).fill(1);

/** A model whose log-scores lie `level` above a common, wavy line, give or take `noise`. */
function judged(
  name: PurchaseModelName,
  level: number,
  totalError: number,
  noise = 0.1,
  reason: FitReason | null = null,
): JudgedModel {
  const fit: Fit<object> = {
    name,
    parameters: {},
    standardErrors: null,
    covariance: null,
    logLikelihood: -100,
    gradientNorm: 0,
    iterations: 1,
    evaluations: 1,
    customers,
    converged: reason === null,
    reason,
    warnings: [],
  };
  if (reason !== null) return { name, fit, bic: 200, judged: null };
  const logScores = Float64Array.from(
    { length: customers },
    (_, i) => Math.sin(i) - 2 + level + noise * (i % 2 === 0 ? 1 : -1),
  );
  return {
    name,
    fit,
    bic: 200 - level,
    judged: {
      model: { name: 'nbd', parameters: { r: 1, alpha: 1 } },
      predicted: weight,
      errors: errorsOf(totalError),
      calibration: [],
      logScores,
      logScore: logScores.reduce((sum, score) => sum + score, 0) / customers,
    },
  };
}

describe('which model predicts best', () => {
  it('leaves out who cannot be trusted, who is clearly behind, and whose total is further off', () => {
    const { name, by, reasons } = chooseCandidate(
      [
        judged('nbd', -1, 0.01),
        judged('bg-nbd', 0, 0.05, 0.2),
        judged('mbg-nbd', 0.005, 0.3, -0.2),
        judged('pareto-nbd', -0.004, 0.06, 0.1),
        judged('bg-cnbd-k', 0, 0, 0, 'no-dropout-visible'),
      ],
      weight,
      1000,
    );
    expect([name, by]).toEqual(['bg-nbd', 'holdout']);
    expect(Object.fromEntries(reasons)).toEqual({
      nbd: 'lower-log-score',
      'mbg-nbd': 'larger-total-error',
      'pareto-nbd': 'no-better',
      'bg-cnbd-k': 'no-dropout-visible',
    });
  });

  it('takes totals that chance could bring about for the same, and then the higher score', () => {
    const pair = [judged('bg-nbd', 0, 0.02, 0.2), judged('mbg-nbd', 0.005, 0.1, -0.2)];
    // 1 / sqrt(100) is ten per cent; of ten thousand orders two per cent is the least that counts.
    expect(chooseCandidate(pair, weight, 100).name).toBe('mbg-nbd');
    expect(chooseCandidate(pair, weight, 10_000).name).toBe('bg-nbd');
  });

  it('of models that predict the same takes the first, which is the simplest', () => {
    for (const rounding of [0, 1e-12, -1e-12]) {
      const pair = [judged('bg-nbd', 0, 0.1), judged('bg-cnbd-k', rounding, 0.1)];
      const { name, reasons } = chooseCandidate(pair, weight, 500);
      expect(name).toBe('bg-nbd');
      expect(reasons.get('bg-cnbd-k')).toBe('no-better');
    }
  });

  it('goes by the likelihood where hardly anything was ordered, and by nothing where nothing can be trusted', () => {
    const few = chooseCandidate([judged('nbd', -5, 0), judged('bg-nbd', 5, 9)], weight, 12);
    expect([few.name, few.by, few.reasons.get('nbd')]).toEqual(['bg-nbd', 'likelihood', 'lower-likelihood']);
    expect(chooseCandidate([judged('nbd', 0, 0, 0, 'no-repeat-orders')], weight, 100).name).toBeNull();
  });

  it('one is better than another only in both, a customer and in total', () => {
    expect(isBetterThan(errorsOf(-0.1, 0.9), errorsOf(0.2, 1))).toBe(true);
    expect(isBetterThan(errorsOf(-0.3, 0.9), errorsOf(0.2, 1))).toBe(false);
    expect(isBetterThan(errorsOf(-0.1, 1), errorsOf(0.2, 1))).toBe(false);
  });
});
