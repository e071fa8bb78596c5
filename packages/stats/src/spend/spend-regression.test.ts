import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawGamma } from '../distributions/draws.js';
import { randomFrom } from '../distributions/random.js';
import { featureTable } from '../features/feature-table.js';
import { regularisedGammaQ } from '../special/incomplete-gamma.js';
import { rankCorrelation } from '../validate/rank-correlation.js';
import { expectedSpend, fitGammaGamma, logLikelihoodGammaGamma, spendPosterior } from './gamma-gamma.js';
import { spendInterval } from './spend-interval.js';
import {
  fitSpendRegression,
  spendModelOfCustomer,
  spendRegressionObjective,
  type SpendRegressionModel,
} from './spend-regression.js';

const truth: SpendRegressionModel = {
  name: 'gamma-gamma',
  parameters: { p: 4, q: 5, v: 40 },
  covariates: { names: ['ln(frequency)', 'branch'], centres: [0, 0], effects: { v: [0.3, 0.5] } },
};

/** Customers whose mean spend goes with how often they order and with their branch. */
function simulate(model: SpendRegressionModel, customers: number, seed: number) {
  const random = randomFrom(seed);
  const frequency = Float64Array.from({ length: customers }, () => Math.floor(1 + 8 * random.uniform() ** 2));
  const branch = Float64Array.from({ length: customers }, () => Number(random.uniform() < 0.5));
  const monetaryValue = frequency.map((x, i) => {
    const { p, q, v } = spendModelOfCustomer(model, x, [branch[i]!]).parameters;
    return drawGamma(random, p * x, drawGamma(random, q, v)) / x;
  });
  return { summary: { frequency, monetaryValue }, table: featureTable({ branch }) };
}

const plainTruth = {
  ...truth,
  covariates: { ...truth.covariates, effects: { v: [0, 0] } },
} satisfies SpendRegressionModel;

describe('spendRegressionObjective', () => {
  const { summary, table } = simulate(truth, 80, 3);
  const spend = { ...summary, weight: new Float64Array(80).fill(1) };

  it('at no effects it is the Gamma-Gamma model, to 1e-9', () => {
    const parameters = { p: 3, q: 4, v: 20 };
    const point = Float64Array.of(Math.log(3), Math.log(4), Math.log(20), 0);
    const value = spendRegressionObjective(spend, table.columns, 3)(point, new Float64Array(4));
    expect(Math.abs(-value * 80 - logLikelihoodGammaGamma(parameters, summary))).toBeLessThan(1e-9);
  });

  it('analytic gradient against central differences', () => {
    const objective = spendRegressionObjective(spend, table.columns, 3);
    for (const at of [
      [1, 1.2, 3, 0.4],
      [-1, 3, -2, -2],
      [3, 0.2, 9, 1],
    ]) {
      const gradient = new Float64Array(4);
      objective(Float64Array.from(at), gradient);
      at.forEach((_, k) => {
        const [up, down] = [Float64Array.from(at), Float64Array.from(at)];
        up[k]! += 1e-5;
        down[k]! -= 1e-5;
        const scratch = new Float64Array(4);
        const slope = (objective(up, scratch) - objective(down, scratch)) / 2e-5;
        expect(Math.abs(slope - gradient[k]!)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
      });
    }
  });
});

describe('fitSpendRegression', () => {
  it('recovers the effects it was given, which the plain model only warns of', () => {
    const { summary, table } = simulate(truth, 3000, 5);
    const fit = fitSpendRegression(summary, table);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.converged, fit.warnings]).toEqual([true, []]);
    fit.coefficients.forEach(({ estimate, standardError }, j) =>
      expect(Math.abs(estimate - truth.covariates.effects.v[j]!)).toBeLessThan(4 * standardError!),
    );
    expect(fit.rankCorrelation.lower).toBeGreaterThan(0.05);
    expect(fit.likelihoodRatio!.pValue).toBeLessThan(1e-8);
    // Mean over frequent buyers, whom the plain model gives too little.
    const plain = fitGammaGamma(summary);
    expect(plain.rankCorrelation.pValue).toBeLessThan(1e-6);
    const frequent = spendModelOfCustomer(fit, 7, [1]);
    const expected = spendModelOfCustomer(truth, 7, [1]);
    expect(expectedSpend(frequent, 0, 0) / expectedSpend(expected, 0, 0)).toBeCloseTo(1, 1);
  });

  it('finds nothing where there is nothing, and is the plain model without columns', () => {
    const { summary, table } = simulate(plainTruth, 1500, 8);
    const fit = fitSpendRegression(summary, table);
    expect(fit.likelihoodRatio!.pValue).toBeGreaterThan(0.001);
    const none = { names: [], columns: [] };
    const plain = fitGammaGamma(summary);
    const bare = fitSpendRegression(summary, none, { byFrequency: false });
    expect(bare.parameters).toEqual(plain.parameters);
    expect(bare.standardErrors).toEqual(plain.standardErrors);
    const heavy = fitSpendRegression(summary, table, { ridge: 1e9 });
    expect(heavy.likelihoodRatio).toBeNull();
    expect(heavy.coefficients.every(({ estimate }) => Math.abs(estimate) < 1e-4)).toBe(true);
  });

  it('has a typed end for every input', () => {
    const empty = { frequency: new Float64Array(0), monetaryValue: new Float64Array(0) };
    const none = featureTable({ z: new Float64Array(0) });
    expect(fitSpendRegression(empty, none)).toMatchObject({ converged: false, reason: 'no-repeat-orders' });
    const same = {
      frequency: new Float64Array(50).fill(2),
      monetaryValue: Float64Array.from({ length: 50 }, (_, i) => 10 + i),
    };
    const constant = fitSpendRegression(same, featureTable({ z: new Float64Array(50).fill(1) }));
    expect(constant.leftOut.map(({ name }) => name)).toEqual(['ln(frequency)', 'z']);
    expect(constant.warnings).toContain('columns-left-out');
    const bad = featureTable({ z: new Float64Array(50).fill(Number.NaN) });
    expect(() => fitSpendRegression(same, bad)).toThrow(/row 0, column "z"/);
    expect(() => spendModelOfCustomer(truth, 3, [])).toThrow(/ln\(frequency\), branch/);
    expect(JSON.parse(JSON.stringify(constant))).toEqual(constant);
  });
});

const oracleFile = resolve(import.meta.dirname, '../covariates/reference/covariates.json');
const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data'),
);
const spendFile = resolve(data, 'cdnow/cdnow_customers_summary_with_transactions.csv');

describe.skipIf(!existsSync(spendFile))('CDNOW, mean repeat spend by ln(frequency)', () => {
  it('has the rank correlation and the gain that the plain model leaves out', () => {
    const rows = readFileSync(spendFile, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    const summary = {
      frequency: Float64Array.from(rows, (row) => row[1]!),
      monetaryValue: Float64Array.from(rows, (row) => row[4]!),
    };
    const fit = fitSpendRegression(summary, {
      names: [],
      columns: [],
    });
    const oracle = JSON.parse(readFileSync(oracleFile, 'utf8')) as Record<string, { logLikelihood: number }>;
    expect(fit.plain.logLikelihood).toBeCloseTo(oracle['gamma-gamma']!.logLikelihood, 1);
    expect(fit.converged).toBe(true);
    expect(fit.logLikelihood).toBeGreaterThan(fit.plain.logLikelihood);
    expect(fit.rankCorrelation.correlation).toBeGreaterThan(0);
  });
});

describe('rankCorrelation', () => {
  it('covers none for columns that have nothing to do with each other', () => {
    const random = randomFrom(4);
    const a = Float64Array.from({ length: 400 }, () => random.uniform());
    const b = a.map(() => random.uniform());
    const found = rankCorrelation(a, b, new Float64Array(400).fill(1));
    expect(found.lower).toBeLessThan(0);
    expect(found.upper).toBeGreaterThan(0);
    expect(found.pValue).toBeGreaterThan(0.01);
    expect(rankCorrelation(a, a, new Float64Array(400).fill(1)).pValue).toBeNull();
    expect(rankCorrelation(a.subarray(0, 5), b.subarray(0, 5), new Float64Array(5).fill(1)).lower).toBeNull();
  });
});

describe('spendInterval', () => {
  it('holds the stated share of the posterior, and lies about the mean', () => {
    const model = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
    const { lower, upper } = spendInterval(model, 2, 30);
    const { shape, scale } = spendPosterior(model, 2, 30);
    expect(regularisedGammaQ(shape, scale / lower)).toBeCloseTo(0.1, 9);
    expect(regularisedGammaQ(shape, scale / upper)).toBeCloseTo(0.9, 9);
    const mean = expectedSpend(model, 2, 30);
    expect(lower).toBeLessThan(mean);
    expect(upper).toBeGreaterThan(mean);
    expect(() => spendInterval(model, 2, 30, 1)).toThrow(RangeError);
  });
});
