import { describe, expect, it } from 'vitest';
import { drawBeta, drawGamma } from '../distributions/draws.js';
import { randomFrom, type Random } from '../distributions/random.js';
import { codeLevels, treatmentColumns } from '../features/code-levels.js';
import { featureTable, type FeatureTable } from '../features/feature-table.js';
import { standardise } from '../features/standardise.js';
import { customerFuture, customerModels } from '../purchase/customer-models.js';
import type { PurchaseSummary } from '../purchase/purchase-summary.js';
import { modelOfCustomer, type CovariateModel, type CovariateModelName } from './covariate-model.js';
import { covariateRows } from './covariate-rows.js';
import { covariateObjective } from './covariate-objective.js';
import { fitWithCovariates } from './fit-with-covariates.js';

type Row = [x: number, tx: number, t: number];
const names: CovariateModelName[] = ['bg-nbd', 'mbg-nbd', 'pareto-nbd', 'nbd'];

const summaryOf = (rows: readonly Row[]): PurchaseSummary => ({
  frequency: Float64Array.from(rows, (row) => row[0]),
  recency: Float64Array.from(rows, (row) => row[1]),
  age: Float64Array.from(rows, (row) => row[2]),
});

/** Plays a customer: `leaves` says after how many orders or when he goes. */
function live(random: Random, age: number, rate: number, goes: { at: number; each: number }): Row {
  let [x, tx, now] = [0, 0, 0];
  for (;;) {
    now -= Math.log(random.uniform()) / rate;
    if (now > Math.min(age, goes.at)) return [x, tx, age];
    x++;
    tx = now;
    if (random.uniform() < goes.each) return [x, tx, age];
  }
}

/** Customers whose order rate and leaving depend on two covariates as the model says. */
function simulate(model: CovariateModel, customers: number, seed: number) {
  const random = randomFrom(seed);
  const branch = Float64Array.from({ length: customers }, () => Number(random.uniform() < 0.4));
  const first = Float64Array.from({ length: customers }, () => 50 + 20 * random.normal());
  const rows = Array.from(branch, (_, i): Row => {
    const own = modelOfCustomer(model, [branch[i]!, first[i]!]).parameters as unknown as Record<
      string,
      number
    >;
    const age = Math.ceil(30 + 50 * random.uniform());
    const rate = drawGamma(random, own['r']!, own['alpha']!);
    const isPareto = model.name === 'pareto-nbd';
    const at = isPareto
      ? -Math.log(random.uniform()) / drawGamma(random, own['s']!, own['beta']!)
      : Number.POSITIVE_INFINITY;
    return live(random, age, rate, { at, each: isPareto ? 0 : drawBeta(random, own['a']!, own['b']!) });
  });
  return { summary: summaryOf(rows), table: featureTable({ branch, first }) };
}

const bgTruth: CovariateModel = {
  name: 'bg-nbd',
  parameters: { r: 0.9, alpha: 6, a: 0.8, b: 2.5 },
  covariates: {
    names: ['branch', 'first'],
    centres: [0, 50],
    effects: { alpha: [0.7, 0.01], a: [0.4, 0], b: [-0.3, 0] },
  },
};

describe('covariateObjective', () => {
  const { summary, table } = simulate(bgTruth, 60, 3);
  const rows = covariateRows(summary, standardise(table), [0, 1]);

  it.each(names)('%s: at no effects it is the plain model, to 1e-9', (name) => {
    const kind = customerModels[name];
    const { parameterNames } = kind;
    const values = [0.6, 7, 0.9, 3].slice(0, parameterNames.length);
    const parameters = Object.fromEntries(parameterNames.map((parameter, k) => [parameter, values[k]!]));
    const effects = name === 'nbd' ? 2 : name === 'pareto-nbd' ? 4 : 6;
    const point = Float64Array.from([...values.map(Math.log), ...Array.from({ length: effects }, () => 0)]);
    const value = covariateObjective(name, rows, 5)(point, new Float64Array(point.length));
    expect(Math.abs(-value * 60 - kind.logLikelihood(parameters, summary))).toBeLessThan(1e-9);
  });

  it.each(names)('%s: analytic gradient against central differences', (name) => {
    const effects = name === 'nbd' ? 2 : name === 'pareto-nbd' ? 4 : 6;
    const own = customerModels[name].parameterNames.length;
    const objective = covariateObjective(name, rows, 2);
    const at = [-0.4, 1.8, -0.3, 0.9]
      .slice(0, own)
      .concat([0.3, -0.2, 0.5, 0.1, -0.4, 0.2].slice(0, effects));
    const gradient = new Float64Array(at.length);
    objective(Float64Array.from(at), gradient);
    at.forEach((_, k) => {
      const [up, down] = [Float64Array.from(at), Float64Array.from(at)];
      up[k]! += 1e-5;
      down[k]! -= 1e-5;
      const scratch = new Float64Array(at.length);
      const slope = (objective(up, scratch) - objective(down, scratch)) / 2e-5;
      expect(Math.abs(slope - gradient[k]!)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
    });
  });

  it('is the sum over customers of the likelihoods of their own models', () => {
    const many = simulate(bgTruth, 600, 4);
    const fit = fitWithCovariates('mbg-nbd', many.summary, many.table, { ridge: 30 });
    expect(fit.reason).toBeNull();
    const { frequency, recency, age } = many.summary;
    let sum = 0;
    frequency.forEach((x, i) => {
      const own = modelOfCustomer(
        fit,
        many.table.columns.map((column) => column[i]!),
      );
      const one = summaryOf([[x, recency[i]!, age[i]!]]);
      sum += customerModels['mbg-nbd'].logLikelihood(own.parameters, one);
    });
    expect(fit.logLikelihood).toBeCloseTo(sum, 7);
  });
});

describe('fitWithCovariates', () => {
  it('recovers the effects it was given within four standard errors: BG/NBD', () => {
    const { summary, table } = simulate(bgTruth, 2000, 11);
    const fit = fitWithCovariates('bg-nbd', summary, table);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.converged, fit.warnings, fit.leftOut]).toEqual([true, [], []]);
    const [orders, leaving] = fit.effects;
    const truth = { orders: [0.7, 0.01], leaving: [0.7, 0] };
    orders!.coefficients.forEach(({ estimate, standardError }, j) =>
      expect(Math.abs(estimate - truth.orders[j]!)).toBeLessThan(4 * standardError!),
    );
    leaving!.coefficients.forEach(({ estimate, standardError }, j) =>
      expect(Math.abs(estimate - truth.leaving[j]!)).toBeLessThan(4 * standardError!),
    );
    expect(orders!.coefficients[0]!.lower).toBeGreaterThan(0.3);
    expect(fit.likelihoodRatio).toMatchObject({ degreesOfFreedom: 6 });
    expect(fit.likelihoodRatio!.pValue).toBeLessThan(1e-6);
    // A new customer of the branch orders sooner, as the model of his covariates says.
    const at = (branch: number): number =>
      customerFuture(modelOfCustomer(fit, [branch, 50]), 0, 0, 0).expectedOrders(2);
    expect(at(1) / at(0)).toBeGreaterThan(1.2);
  });

  it('recovers the effects it was given within four standard errors: Pareto/NBD', () => {
    const truth: CovariateModel = {
      name: 'pareto-nbd',
      parameters: { r: 0.9, alpha: 5, s: 0.8, beta: 15 },
      covariates: { ...bgTruth.covariates, effects: { alpha: [0.6, 0.01], beta: [-0.8, 0] } },
    };
    const { summary, table } = simulate(truth, 1000, 5);
    const fit = fitWithCovariates('pareto-nbd', summary, table);
    expect(fit.converged).toBe(true);
    fit.effects.forEach(({ on, coefficients }) =>
      coefficients.forEach(({ estimate, standardError }, j) => {
        const expected = truth.covariates.effects[on === 'orders' ? 'alpha' : 'beta']![j]!;
        expect(Math.abs(estimate - expected)).toBeLessThan(4 * standardError!);
      }),
    );
  });

  it('gives the same fit for customers one by one and counted, and whatever the units of a column', () => {
    const { summary, table } = simulate(bgTruth, 500, 2);
    const [branch, first] = table.columns as [Float64Array, Float64Array];
    const twice = (column: Float64Array): Float64Array => Float64Array.of(...column, ...column);
    const repeated = fitWithCovariates(
      'bg-nbd',
      { frequency: twice(summary.frequency), recency: twice(summary.recency), age: twice(summary.age) },
      featureTable({ branch: twice(branch) }),
    );
    const counted = fitWithCovariates(
      'bg-nbd',
      { ...summary, weight: new Float64Array(500).fill(2) },
      featureTable({ branch }),
    );
    expect(counted.logLikelihood).toBeCloseTo(repeated.logLikelihood, 6);
    expect(counted.covariates.effects['alpha']![0]!).toBeCloseTo(
      repeated.covariates.effects['alpha']![0]!,
      5,
    );
    const plain = fitWithCovariates('bg-nbd', summary, featureTable({ first }));
    const scaled = fitWithCovariates(
      'bg-nbd',
      summary,
      featureTable({ first: first.map((value) => 1000 * value + 7) }),
    );
    expect(scaled.effects[0]!.coefficients[0]!.estimate * 1000).toBeCloseTo(
      plain.effects[0]!.coefficients[0]!.estimate,
      6,
    );
  });

  it('is the plain fit without columns, and where no column says anything', () => {
    const { summary } = simulate(bgTruth, 400, 2);
    const plain = customerModels['bg-nbd'].fit(summary);
    const none = fitWithCovariates('bg-nbd', summary, { names: [], columns: [] });
    expect(none.parameters).toEqual(plain.parameters);
    expect(none).toMatchObject({ converged: true, likelihoodRatio: { statistic: 0, pValue: 1 } });
    const constant = fitWithCovariates(
      'bg-nbd',
      summary,
      featureTable({ one: new Float64Array(400).fill(3) }),
    );
    expect(constant.parameters).toEqual(plain.parameters);
    expect(constant.leftOut).toEqual([{ name: 'one', reason: 'constant' }]);
    expect(constant.warnings).toContain('columns-left-out');
    expect(modelOfCustomer(constant, [99]).parameters).toEqual(plain.parameters);
  });

  it('leaves out what follows from other columns, and codes words by level', () => {
    const { summary, table } = simulate(bgTruth, 600, 8);
    const branch = table.columns[0]!;
    const words = codeLevels(Array.from(branch, (value) => (value === 1 ? 'south' : 'north')));
    const coded = treatmentColumns('branch', words);
    const doubled: FeatureTable = {
      names: [...coded.names, 'again'],
      columns: [...coded.columns, branch.map((value) => 2 * value - 1)],
    };
    const fit = fitWithCovariates('mbg-nbd', summary, doubled);
    expect(fit.covariates.names).toEqual(['branch=south', 'again']);
    expect(fit.leftOut).toEqual([{ name: 'again', reason: 'collinear' }]);
    expect(fit.effects[0]!.coefficients[1]).toMatchObject({ estimate: 0, standardError: null });
  });

  it('says which column has no bound, and a ridge gives it one', () => {
    const { summary, table } = simulate(bgTruth, 600, 8);
    const [branch, first] = table.columns as [Float64Array, Float64Array];
    // Nobody of the branch ever came back.
    const silent: PurchaseSummary = {
      frequency: summary.frequency.map((x, i) => (branch[i] === 1 ? 0 : x)),
      recency: summary.recency.map((tx, i) => (branch[i] === 1 ? 0 : tx)),
      age: summary.age,
    };
    const features = featureTable({ branch, first });
    const bare = fitWithCovariates('bg-nbd', silent, features);
    expect([bare.converged, bare.reason, bare.diverging]).toEqual([
      false,
      'effect-without-bound',
      ['branch'],
    ]);
    // They order less, nobody can say how much less: a one-sided statement in place of an interval of thousands.
    const line = bare.effects[0]!.coefficients[0]!;
    expect([line.lower, line.standardError, line.pValue]).toEqual([null, null, null]);
    expect(line.upper!).toBeLessThan(-1);
    // 240 customers without an order in some 55 units, at a rate of 0.15 e^effect: 1.92 is lost at about -7.
    expect(line.upper!).toBeGreaterThan(-10);
    const tamed = fitWithCovariates('bg-nbd', silent, features, { ridge: 2 });
    expect([tamed.converged, tamed.reason, tamed.likelihoodRatio]).toEqual([true, null, null]);
    expect(tamed.effects[0]!.coefficients[0]!.estimate).toBeLessThan(-1);
    const heavy = fitWithCovariates('bg-nbd', silent, features, { ridge: 1e9 });
    expect(Math.abs(heavy.effects[0]!.coefficients[0]!.estimate)).toBeLessThan(1e-3);
    expect(heavy.logLikelihood).toBeCloseTo(heavy.plain.logLikelihood, 2);
  });

  it.each(['bg-nbd', 'pareto-nbd', 'nbd'] as const)(
    '%s: a handful of silent customers among many run away as well, and are not taken for an estimate',
    (name) => {
      const { summary } = simulate(bgTruth, 900, 12);
      const rare = Float64Array.from(summary.age, (_, i) => Number(i % 100 === 7));
      const silent = (column: Float64Array): Float64Array =>
        column.map((value, i) => (rare[i] === 1 ? 0 : value));
      const fit = fitWithCovariates(
        name,
        { frequency: silent(summary.frequency), recency: silent(summary.recency), age: summary.age },
        featureTable({ rare }),
      );
      expect([fit.reason, fit.diverging]).toEqual(['effect-without-bound', ['rare']]);
      const line = fit.effects[0]!.coefficients[0]!;
      expect([line.lower, line.standardError]).toEqual([null, null]);
      // Under the Pareto/NBD they may as well have left at once: then nothing is known of how often they would have ordered.
      expect(line.upper === null).toBe(name === 'pareto-nbd');
      const tamed = fitWithCovariates(
        name,
        { frequency: silent(summary.frequency), recency: silent(summary.recency), age: summary.age },
        featureTable({ rare }),
        { held: ['rare'] },
      );
      expect([tamed.converged, tamed.likelihoodRatio, tamed.diverging]).toEqual([true, null, []]);
      const { lower, upper } = tamed.effects[0]!.coefficients[0]!;
      expect(upper! - lower!).toBeLessThan(4);
    },
  );

  it('has the reason of the plain model where that is not to be trusted; empty input is no error', () => {
    const zeros = new Float64Array(30);
    const nobody = { frequency: zeros, recency: zeros, age: new Float64Array(30).fill(9) };
    const fit = fitWithCovariates('bg-nbd', nobody, featureTable({ z: zeros.map((_, i) => i) }));
    expect(fit).toMatchObject({ converged: false, reason: 'no-repeat-orders', likelihoodRatio: null });
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    const empty = new Float64Array(0);
    expect(
      fitWithCovariates(
        'pareto-nbd',
        { frequency: empty, recency: empty, age: empty },
        featureTable({ z: empty }),
      ),
    ).toMatchObject({ reason: 'no-customers' });
    expect(() =>
      fitWithCovariates('bg-nbd', nobody, featureTable({ z: new Float64Array(30).fill(Number.NaN) })),
    ).toThrow(/row 0, column "z"/);
  });
});

describe('modelOfCustomer', () => {
  it('is the formula of the paper, and refuses what is no model', () => {
    const own = modelOfCustomer(bgTruth, [1, 60]).parameters as unknown as Record<string, number>;
    expect(own['alpha']).toBeCloseTo(6 * Math.exp(-0.8), 12);
    expect(own['a']).toBeCloseTo(0.8 * Math.exp(0.4), 12);
    expect(own['b']).toBeCloseTo(2.5 * Math.exp(-0.3), 12);
    expect(() => modelOfCustomer(bgTruth, [1])).toThrow(/branch, first/);
    expect(() => modelOfCustomer(bgTruth, [1, Number.NaN])).toThrow(/"first"/);
    for (const covariates of [
      { ...bgTruth.covariates, centres: [0] },
      { ...bgTruth.covariates, effects: { alpha: [1, 2] } },
      { ...bgTruth.covariates, effects: { alpha: [1], a: [1], b: [1] } },
    ])
      expect(() => modelOfCustomer({ ...bgTruth, covariates }, [0, 0])).toThrow(RangeError);
    // However far a covariate lies, the model is one.
    const far = modelOfCustomer(bgTruth, [1e9, 0]);
    expect(Number.isFinite(customerFuture(far, 3, 10, 30).expectedOrders(20))).toBe(true);
  });
});
