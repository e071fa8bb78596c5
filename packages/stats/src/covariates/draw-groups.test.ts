import { describe, expect, it } from 'vitest';
import { drawGamma, drawPoisson } from '../distributions/draws.js';
import { randomFrom } from '../distributions/random.js';
import { codeLevels } from '../features/code-levels.js';
import type { PurchaseSummary } from '../purchase/purchase-summary.js';
import { drawCovariateModels, drawSegments } from './draw-groups.js';
import { fitBySegment } from './fit-by-segment.js';
import { fitWithCovariates } from './fit-with-covariates.js';

/** Customers of an NBD over 50 weeks, `count` of each rate. */
function customersOf(rates: readonly number[], count: readonly number[], seed: number): PurchaseSummary {
  const random = randomFrom(seed);
  const frequency = Float64Array.from(
    rates.flatMap((rate, g) =>
      Array.from({ length: count[g]! }, () => drawPoisson(random, drawGamma(random, 2, 2) * rate * 50)),
    ),
  );
  return {
    frequency,
    recency: frequency.map((x) => (x === 0 ? 0 : 49)),
    age: frequency.map(() => 50),
  };
}

const sdOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};
const lnRate = ({ r, alpha }: Record<string, number>): number => Math.log(r! / alpha!);

describe('drawSegments', () => {
  const counts = [400, 400, 400, 4];
  const summary = customersOf([0.1, 0.2, 0.05, 0.1], counts, 3);
  const words = counts.flatMap((count, g) =>
    Array.from({ length: count }, () => ['a', 'b', 'c', 'tiny'][g]!),
  );
  const fit = fitBySegment('nbd', summary, codeLevels(words));
  const draws = drawSegments(fit, 4000, 1);
  const place = (name: string): number => fit.segments.findIndex(({ segment }) => segment === name);

  it('moves a segment of its own by its own covariance, and one without by that of all', () => {
    const own = fit.segments[place('a')]!;
    expect(own.weights['orderRate']).toBeGreaterThan(0.9);
    const { r, alpha } = own.parameters as { r: number; alpha: number };
    const [[rr, ra], [, aa]] = own.covariance as [[number, number], [number, number]];
    // Delta method for ln(r / alpha).
    const expected = Math.sqrt(rr / r ** 2 + aa / alpha ** 2 - (2 * ra) / (r * alpha));
    const drawn = draws.map(({ segments }) => lnRate(segments[place('a')]!));
    expect(sdOf(drawn) / expected).toBeGreaterThan(0.9);
    expect(sdOf(drawn) / expected).toBeLessThan(1.15);
    for (const { pooled, segments } of draws.slice(0, 20)) expect(segments[place('tiny')]).toEqual(pooled);
  });

  it('draws segments apart from each other, the same ones from the same seed, and none from an untrusted fit', () => {
    const [a, b] = ['a', 'b'].map((name) => draws.map(({ segments }) => lnRate(segments[place(name)]!))) as [
      number[],
      number[],
    ];
    const together = a.map((value, i) => value + b[i]!);
    const apart = Math.hypot(sdOf(a), sdOf(b));
    expect(Math.abs(sdOf(together) / apart - 1)).toBeLessThan(0.1);
    expect(drawSegments(fit, 3, 1)).toEqual(draws.slice(0, 3));
    const untrusted = fitBySegment('nbd', customersOf([0], [50], 1), codeLevels(words.slice(0, 50)));
    expect(drawSegments(untrusted, 5, 1)).toEqual([]);
  });
});

describe('drawCovariateModels', () => {
  const summary = customersOf([0.1, 0.2], [800, 800], 5);
  const column = summary.frequency.map((_, i) => Number(i >= 800));
  const table = { names: ['same', 'busy'], columns: [column.map(() => 1), column] };
  const fit = fitWithCovariates('nbd', summary, table);

  it('has the spread that the errors of the parameters and effects say, and leaves alone what was left out', () => {
    const draws = drawCovariateModels(fit, 4000, 2);
    const [, busy] = fit.effects[0]!.coefficients;
    const effects = draws.map(({ covariates }) => covariates.effects['alpha']![1]!);
    expect(sdOf(effects) / busy!.standardError!).toBeGreaterThan(0.95);
    expect(sdOf(effects) / busy!.standardError!).toBeLessThan(1.05);
    const alphas = draws.map(({ parameters }) => Math.log(parameters['alpha']!));
    const relative = fit.standardErrors!['alpha']! / fit.parameters['alpha']!;
    expect(Math.abs(sdOf(alphas) / relative - 1)).toBeLessThan(0.05);
    expect(new Set(draws.map(({ covariates }) => covariates.effects['alpha']![0]))).toEqual(new Set([0]));
    expect(drawCovariateModels(fit, 2, 2)).toEqual(draws.slice(0, 2));
  });

  it('draws nothing of a fit that is not trusted', () => {
    const nobody = customersOf([0], [60], 1);
    const flat = { names: ['busy'], columns: [nobody.frequency.map((_, i) => i % 2)] };
    expect(drawCovariateModels(fitWithCovariates('nbd', nobody, flat), 5, 1)).toEqual([]);
  });
});
