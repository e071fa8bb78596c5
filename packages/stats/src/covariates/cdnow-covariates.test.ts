import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { featureTable } from '../features/feature-table.js';
import { fitSpendRegression } from '../spend/spend-regression.js';
import { fitWithCovariates } from './fit-with-covariates.js';

/** Oracle: reference/make-reference.py fits the papers' formulas with scipy to the same customers. */
interface OracleFit {
  point: number[];
  standardErrors: number[];
  logLikelihood: number;
}
const oracle = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'reference/covariates.json'), 'utf8'),
) as { customers: number; meanCovariate: number } & Record<
  'bg-nbd' | 'pareto-nbd' | 'gamma-gamma by ln x and z',
  OracleFit
>;

const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data'),
);
const file = resolve(data, 'cdnow/CDNOW_sample.txt');
const day = (text: string): number =>
  Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6, 8)) / 86_400_000;

/** Histories to 1997-09-30 in weeks, with the amount of the first day in tens of dollars. */
function readCustomers() {
  const end = day('19970930');
  const byCustomer = new Map<string, Map<number, number>>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  for (const line of lines) {
    const [, id, date, , amount] = line.trim().split(/\s+/) as [string, string, string, string, string];
    const days = byCustomer.get(id) ?? new Map<number, number>();
    byCustomer.set(id, days);
    if (day(date) <= end) days.set(day(date), (days.get(day(date)) ?? 0) + Number(amount));
  }
  const all = [...byCustomer.values()].map((days) => {
    const seen = [...days.keys()].sort((a, b) => a - b);
    const repeats = seen.slice(1);
    const mean = repeats.reduce((sum, on) => sum + days.get(on)!, 0) / (repeats.length || 1);
    return { seen, first: days.get(seen[0]!)! / 10, mean };
  });
  const column = (of: (customer: (typeof all)[0]) => number): Float64Array => Float64Array.from(all, of);
  return {
    summary: {
      frequency: column(({ seen }) => seen.length - 1),
      recency: column(({ seen }) => (seen.at(-1)! - seen[0]!) / 7),
      age: column(({ seen }) => (end - seen[0]!) / 7),
    },
    firstSpend: column(({ first }) => first),
    monetaryValue: column(({ mean }) => mean),
  };
}

describe.skipIf(!existsSync(file))('CDNOW sample with the amount of the first day as covariate', () => {
  const { summary, firstSpend, monetaryValue } = readCustomers();
  const table = featureTable({ firstSpend });

  it.each([
    ['bg-nbd', ['r', 'alpha', 'a', 'b'], ['alpha', 'a', 'b']],
    ['pareto-nbd', ['r', 'alpha', 's', 'beta'], ['alpha', 'beta']],
  ] as const)('%s agrees with the fit by scipy', (name, parameters, moved) => {
    const fit = fitWithCovariates(name, summary, table);
    const { point, standardErrors, logLikelihood } = oracle[name];
    expect([fit.converged, fit.customers]).toEqual([true, oracle.customers]);
    expect(fit.covariates.centres[0]).toBeCloseTo(oracle.meanCovariate, 9);
    // A higher likelihood is never wrong.
    expect(fit.logLikelihood).toBeGreaterThan(logLikelihood - 1e-4);
    expect(fit.logLikelihood).toBeLessThan(logLikelihood + 1e-3);
    const effects: Record<string, number[]> = fit.covariates.effects;
    moved.forEach((parameter, k) => {
      expect(Math.abs(effects[parameter]![0]! - point[4 + k]!)).toBeLessThan(0.01 * standardErrors[4 + k]!);
    });
    const toZero: Record<string, number> = { alpha: 1, a: -1, b: -1, beta: 1 };
    parameters.forEach((parameter, k) => {
      const effect = effects[parameter]?.[0] ?? 0;
      const atZero =
        Math.log(fit.parameters[parameter]!) + (toZero[parameter] ?? 0) * effect * oracle.meanCovariate;
      expect(Math.abs(atZero - point[k]!)).toBeLessThan(0.01 * standardErrors[k]!);
    });
    const orders = fit.effects[0]!.coefficients[0]!;
    expect(orders.standardError! / standardErrors[4]!).toBeCloseTo(1, 3);
    expect(fit.likelihoodRatio!.statistic).toBeGreaterThan(40);
    expect(fit.likelihoodRatio!.pValue).toBeLessThan(1e-8);
  });

  it('spend goes with ln(frequency) and the first day as the fit by scipy says', () => {
    const fit = fitSpendRegression({ frequency: summary.frequency, monetaryValue }, table);
    const { point, standardErrors, logLikelihood } = oracle['gamma-gamma by ln x and z'];
    expect(fit.converged).toBe(true);
    expect(fit.logLikelihood).toBeGreaterThan(logLikelihood - 1e-4);
    expect(fit.logLikelihood).toBeLessThan(logLikelihood + 1e-3);
    fit.coefficients.forEach(({ estimate, standardError }, k) => {
      expect(Math.abs(estimate - point[3 + k]!)).toBeLessThan(0.01 * standardErrors[3 + k]!);
      expect(standardError! / standardErrors[3 + k]!).toBeCloseTo(1, 3);
    });
    expect(Math.abs(Math.log(fit.parameters.p) - point[0]!)).toBeLessThan(0.01 * standardErrors[0]!);
  });
});
