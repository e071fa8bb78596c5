import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { featureTable } from '../features/feature-table.js';
import { contractValue, discountedResidualLifetime } from './contract-value.js';
import { fitHazard, type HazardModel } from './hazard.js';
import { hazardOf, residualLifetimeOfPath, retentionOfPath, valueOfPath } from './hazard-path.js';
import { findPersonPeriodFault, type PersonPeriods } from './person-periods.js';

const truth: HazardModel = {
  name: 'hazard',
  baseline: 'log',
  intercept: -2,
  byPeriod: [-0.4],
  periods: [],
  names: ['complaints', 'price'],
  coefficients: [0.8, 0.02],
};

/** Customers whose complaints come and go, followed for at most 24 periods. */
function simulate(model: HazardModel, customers: number, seed: number) {
  const random = randomFrom(seed);
  const [customer, period, event, complaints, price]: number[][] = [[], [], [], [], []];
  for (let i = 0; i < customers; i++) {
    const own = 10 + 20 * random.uniform();
    for (let t = 1; t <= 24; t++) {
      const values = [Number(random.uniform() < 0.2), own];
      const left = random.uniform() < hazardOf(model, { tenure: t - 1, path: [values] });
      customer!.push(i);
      period!.push(t);
      event!.push(Number(left));
      complaints!.push(values[0]!);
      price!.push(own);
      if (left) break;
    }
  }
  const rows: PersonPeriods = {
    customer: Float64Array.from(customer!),
    period: Float64Array.from(period!),
    event: Float64Array.from(event!),
  };
  const table = featureTable({
    complaints: Float64Array.from(complaints!),
    price: Float64Array.from(price!),
  });
  return { rows, table };
}

describe('fitHazard', () => {
  it('recovers tenure and columns that change with time within four standard errors', () => {
    const { rows, table } = simulate(truth, 1500, 3);
    const fit = fitHazard(rows, table);
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    expect([fit.converged, fit.customers, fit.rows]).toEqual([true, 1500, rows.period.length]);
    const expected = [-2, -0.4, 0.8, 0.02];
    fit.coefficients.forEach(({ estimate, standardError }, k) =>
      expect(Math.abs(estimate - expected[k]!)).toBeLessThan(4 * standardError!),
    );
    expect(fit.likelihoodRatio).toMatchObject({ degreesOfFreedom: 2 });
    expect(fit.likelihoodRatio!.pValue).toBeLessThan(1e-6);
  });

  it('with a risk for each period and no columns gives the shares of those at risk', () => {
    const { rows } = simulate({ ...truth, coefficients: [0, 0] }, 800, 5);
    const none = { names: [], columns: [] };
    const short = [...rows.period.keys()].filter((i) => rows.period[i]! <= 6);
    const first: PersonPeriods = {
      customer: Float64Array.from(short, (i) => rows.customer[i]!),
      period: Float64Array.from(short, (i) => rows.period[i]!),
      event: Float64Array.from(short, (i) => rows.event[i]!),
    };
    const { model } = fitHazard(first, none, { baseline: 'each' });
    const curve = retentionOfPath(model, { tenure: 0, path: [[]] }, 8);
    for (let t = 1; t <= 6; t++) {
      const atRisk = short.filter((i) => rows.period[i] === t);
      const left = atRisk.filter((i) => rows.event[i] === 1).length;
      expect(curve.retention[t]).toBeCloseTo(1 - left / atRisk.length, 9);
    }
    // After the last period seen the risk is held.
    expect(curve.retention[8]).toBeCloseTo(curve.retention[6]!, 12);
  });

  it('names columns that say nothing, and gives a bound by a ridge where there is none', () => {
    const { rows, table } = simulate(truth, 150, 8);
    const never = rows.period.map((_, i) => Number(rows.event[i] === 0 && i % 9 === 0));
    const features = featureTable({
      one: new Float64Array(rows.period.length).fill(1),
      price: table.columns[1]!,
      twice: table.columns[1]!.map((value) => 2 * value),
      never,
    });
    const fit = fitHazard(rows, features);
    expect(fit.leftOut).toEqual([
      { name: 'one', reason: 'constant' },
      { name: 'twice', reason: 'collinear' },
    ]);
    expect([fit.converged, fit.reason, fit.diverging]).toEqual([false, 'separation', ['never']]);
    const tamed = fitHazard(rows, features, { ridge: 1 });
    expect([tamed.converged, tamed.likelihoodRatio]).toEqual([true, null]);
    expect(tamed.model.coefficients[3]).toBeLessThan(0);
  });

  it('has a typed end where nobody left or nobody is there, and names rows that cannot be', () => {
    const empty = new Float64Array(0);
    const none = { names: [], columns: [] };
    expect(fitHazard({ customer: empty, period: empty, event: empty }, none).reason).toBe('no-rows');
    const stay = { customer: [1, 1], period: Float64Array.of(1, 2), event: [0, 0] };
    expect(fitHazard(stay, none)).toMatchObject({ converged: false, reason: 'one-class' });
    const cases = [
      [[1, 1], [1, 1], [0, 0], { row: 1, fault: 'period-twice' }],
      [[1, 1], [2, 1], [0, 1], { row: 0, fault: 'after-event' }],
      [[1, 1], [1, 3], [0, 0], { row: 1, fault: 'period-missing' }],
      [[1, 2], [1, 1.5], [0, 0], { row: 1, fault: 'period' }],
      [[1, 2], [1, 1], [0, 2], { row: 1, fault: 'event' }],
      [[1, 2], [4, 1], [1, 0], null],
    ] as const;
    for (const [customer, period, event, expected] of cases) {
      const rows = { customer, period: Float64Array.from(period), event };
      expect(findPersonPeriodFault(rows)).toEqual(expected);
    }
    const twice = { customer: [1, 1], period: Float64Array.of(1, 1), event: [0, 0] };
    expect(() => fitHazard(twice, none)).toThrow(/row 1: the customer has this period twice/);
  });
});

describe('a contract along a path', () => {
  it('survival is the product of what is left of each period', () => {
    const path = [
      [1, 20],
      [0, 30],
    ];
    const curve = retentionOfPath(truth, { tenure: 3, path }, 3);
    const odds = (t: number, values: readonly number[]): number =>
      Math.exp(-2 - 0.4 * Math.log(t) + 0.8 * values[0]! + 0.02 * values[1]!);
    const stays = [odds(4, [1, 20]), odds(5, [0, 30]), odds(6, [0, 30])].map((each) => 1 / (1 + each));
    expect(curve.survival[3]).toBeCloseTo(stays[0]! * stays[1]! * stays[2]!, 14);
    expect(hazardOf(truth, { tenure: 3, path })).toBeCloseTo(1 - stays[0]!, 14);
    expect([...curve.period]).toEqual([0, 1, 2, 3]);
  });

  it('at a constant risk DERL is the geometric sum, and value follows the same rules as for sBG', () => {
    const model: HazardModel = { ...truth, baseline: 'constant', byPeriod: [], names: [], coefficients: [] };
    const stay = 1 / (1 + Math.exp(-2));
    const at = (tenure: number) => ({ tenure, path: [[]] });
    const closed = stay / (1 - stay / 1.1);
    expect(residualLifetimeOfPath(model, at(5), 0.1)).toBeCloseTo(closed, 10);
    expect(valueOfPath(model, at(5), { margin: 30, discount: 0.1 })).toBeCloseTo(30 * closed, 8);
    expect(valueOfPath(model, at(0), { margin: 30, discount: 0.1 })).toBeCloseTo(30 * (1 + closed / 1.1), 8);
    expect(residualLifetimeOfPath(model, at(0), 0, 2)).toBeCloseTo(stay + stay ** 2, 12);
    // An sBG whose customers are all alike has the same constant risk.
    const alike = { name: 'sbg', parameters: { alpha: 1e7 * (1 - stay), beta: 1e7 * stay } } as const;
    expect(residualLifetimeOfPath(model, at(2), 0.1)).toBeCloseTo(
      discountedResidualLifetime(alike, 2, 0.1),
      4,
    );
    expect(valueOfPath(model, at(0), { margin: 1, discount: 0.1, horizon: 5 })).toBeCloseTo(
      contractValue(alike, { margin: 1, discount: 0.1, horizon: 5 }),
      4,
    );
  });

  it('refuses what is no path', () => {
    for (const contract of [
      { tenure: -1, path: [[0, 1]] },
      { tenure: 1, path: [] },
      { tenure: 1, path: [[0]] },
      { tenure: 1, path: [[0, Number.NaN]] },
    ])
      expect(() => hazardOf(truth, contract)).toThrow(RangeError);
    expect(() => residualLifetimeOfPath(truth, { tenure: 1, path: [[0, 1]] }, 0)).toThrow(/above 0/);
    expect(() => retentionOfPath(truth, { tenure: 1, path: [[0, 1]] }, 1.5)).toThrow(RangeError);
    // However far the columns lie, the answers are probabilities.
    expect(residualLifetimeOfPath(truth, { tenure: 0, path: [[1e6, 0]] }, 0.1)).toBe(0);
    expect(hazardOf(truth, { tenure: 0, path: [[-1e6, 0]] })).toBe(0);
  });
});
