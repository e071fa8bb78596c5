import { describe, expect, it } from 'vitest';
import { drawBeta, drawGamma } from '../distributions/draws.js';
import { randomFrom, type Random } from '../distributions/random.js';
import type { Fit } from '../optimise/fit-by-likelihood.js';
import type { Objective } from '../optimise/lbfgs.js';
import { bgBbObjective } from '../opportunity/bg-bb-likelihood.js';
import { fitBgBb } from '../opportunity/bg-bb.js';
import { fitBgCnbdK, fitMbgCnbdK, logLikelihoodMbgCnbdK } from './bg-cnbd-k.js';
import { fitBgNbd, logLikelihoodBgNbd } from './bg-nbd.js';
import { customerModels } from './customer-models.js';
import { drawParameters } from './draw-parameters.js';
import { fitMbgNbd } from './mbg-nbd.js';
import { paretoObjective } from './pareto-nbd-likelihood.js';
import { fitParetoNbd, logLikelihoodParetoNbd } from './pareto-nbd.js';
import type { PurchaseSummary } from './purchase-summary.js';
import { regularObjective } from './regular-likelihood.js';

type Row = [number, number, number];
const summaryOf = (rows: readonly Row[]): PurchaseSummary => ({
  frequency: Float64Array.from(rows, (row) => row[0]),
  recency: Float64Array.from(rows, (row) => row[1]),
  age: Float64Array.from(rows, (row) => row[2]),
});
const opportunitiesOf = (rows: readonly Row[]) => {
  const { age: opportunities, ...rest } = summaryOf(rows);
  return { ...rest, opportunities };
};

/** Whatever comes out must be plain, finite, and say whether it is to be trusted. */
function expectHonest(fit: Fit<object>): void {
  const numbers = [...Object.values(fit.parameters), fit.logLikelihood, fit.gradientNorm] as number[];
  expect(numbers.filter((value) => !Number.isFinite(value))).toEqual([]);
  expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
  expect(fit.converged).toBe(fit.reason === null);
}

/** Plays the story of the Pareto/NBD for one customer. */
function liveOnce(random: Random, age: number): Row {
  const rate = drawGamma(random, 0.8, 6);
  const leaves = -Math.log(random.uniform()) / drawGamma(random, 0.9, 20);
  let [x, tx, now] = [0, 0, 0];
  for (;;) {
    now -= Math.log(random.uniform()) / rate;
    if (now > Math.min(age, leaves)) return [x, tx, age];
    x++;
    tx = now;
  }
}

/** Plays the story of MBG/CNBD-k, with the sum of the logarithms of the intervals. */
function liveRegularly(random: Random, k: number, age: number): { row: Row; lnIntervals: number } {
  const rate = drawGamma(random, 1.2, 3);
  const dropout = drawBeta(random, 0.8, 4);
  let [x, tx, lnIntervals] = [0, 0, 0];
  while (random.uniform() >= dropout) {
    let interval = 0;
    for (let phase = 0; phase < k; phase++) interval -= Math.log(random.uniform()) / rate;
    if (tx + interval > age) break;
    x++;
    tx += interval;
    lnIntervals += Math.log(interval);
  }
  return { row: [x, tx, age], lnIntervals };
}

const times: Row[] = [
  [0, 0, 30],
  [1, 3.5, 30],
  [2, 20, 25.5],
  [40, 29, 30],
  [0, 0, 10],
  [7, 7, 7],
  [3, 1, 900],
];
const chances: Row[] = [
  [0, 0, 6],
  [1, 1, 6],
  [3, 5, 6],
  [6, 6, 6],
  [2, 30, 60],
  [0, 0, 0],
];
const points = [
  [-1.4, 1.5, -0.2, 0.9],
  [2, 3, 2, -2],
  [-4, -3, 4, 5],
  [0, 0, -6, 0],
];

describe('gradients: analytic against central differences', () => {
  const objectives: [string, Objective][] = [
    ['Pareto/NBD', paretoObjective(summaryOf(times))],
    ['BG/CNBD-3', regularObjective(summaryOf(times), 3, 0)],
    ['MBG/CNBD-6', regularObjective(summaryOf(times), 6, 1)],
    ['BG/BB', bgBbObjective(opportunitiesOf(chances))],
  ];
  it.each(objectives)('%s', (_, objective) => {
    for (const at of points) {
      const gradient = new Float64Array(4);
      objective(Float64Array.from(at), gradient);
      for (let k = 0; k < 4; k++) {
        const [up, down] = [Float64Array.from(at), Float64Array.from(at)];
        up[k]! += 1e-5;
        down[k]! -= 1e-5;
        const slope = (objective(up, new Float64Array(4)) - objective(down, new Float64Array(4))) / 2e-5;
        expect(Math.abs(slope - gradient[k]!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
      }
    }
  });
});

describe('Pareto/NBD', () => {
  const random = randomFrom(21);
  const rows = Array.from({ length: 4000 }, () => liveOnce(random, 20 + 80 * random.uniform()));
  const summary = summaryOf(rows);

  it('recovers the truth within four standard errors, and is no worse than the truth', () => {
    const truth = { r: 0.8, alpha: 6, s: 0.9, beta: 20 };
    const fit = fitParetoNbd(summary);
    expectHonest(fit);
    expect(fit.reason).toBeNull();
    for (const key of ['r', 'alpha', 's', 'beta'] as const)
      expect(Math.abs(fit.parameters[key] - truth[key]) / fit.standardErrors![key]).toBeLessThan(4);
    expect(fit.logLikelihood).toBeGreaterThan(logLikelihoodParetoNbd(truth, summary));
    expect(fit.logLikelihood).toBeCloseTo(logLikelihoodParetoNbd(fit.parameters, summary), 6);
    expect(fit.logLikelihood).toBeGreaterThan(fitBgNbd(summary).logLikelihood);
  });

  it('says where no dropout is visible', () => {
    const steady = Array.from({ length: 800 }, (_, i): Row => [5 + (i % 7), 50, 51]);
    expect(fitParetoNbd(summaryOf(steady)).reason).toBe('no-dropout-visible');
  });
});

describe('regular buyers', () => {
  const random = randomFrom(22);
  const lives = Array.from({ length: 1500 }, () => liveRegularly(random, 3, 20 + 40 * random.uniform()));
  const summary = summaryOf(lives.map(({ row }) => row));
  const truth = { k: 3, r: 1.2, alpha: 3, a: 0.8, b: 4 };

  it('finds k, from intervals and from the last order alone, and the truth within four standard errors', () => {
    const lnIntervals = Float64Array.from(lives, (life) => life.lnIntervals);
    for (const given of [summary, { ...summary, lnIntervals }]) {
      const fit = fitMbgCnbdK(given);
      expectHonest(fit);
      expect(fit.reason).toBeNull();
      expect(fit.parameters.k).toBe(3);
      expect(fit.tried.map(({ k }) => k)).toEqual([1, 2, 3, 4]);
      for (const key of ['r', 'alpha', 'a', 'b'] as const)
        expect(Math.abs(fit.parameters[key] - truth[key]) / fit.standardErrors![key]).toBeLessThan(4);
      expect(fit.logLikelihood).toBeGreaterThan(logLikelihoodMbgCnbdK(truth, given));
    }
  });

  it('draws of the parameters keep k', () => {
    const draws = drawParameters(fitMbgCnbdK(summary, { k: 3 }), 5, 1);
    expect(draws.length).toBe(5);
    for (const draw of draws) {
      expect(draw.k).toBe(3);
      expect(draw.alpha > 0 && draw.alpha !== truth.alpha).toBe(true);
    }
  });

  it('at an edge says what is settled, for the chosen k, and can be drawn', () => {
    const alike = summaryOf(Array.from({ length: 100 }, (): Row => [3, 20, 40]));
    const fit = fitMbgCnbdK(alike, { edgeIntervals: true });
    expect(fit.parameters.k).toBeGreaterThan(1);
    expect(fit.warnings).toContain('at-edge-r');
    expect(fit.standardErrors).toBeNull();
    expect([fit.intervals!['r']!.upper, fit.intervals!['r']!.lower! > 1]).toEqual([null, true]);
    const rates = drawParameters(fit, 500, 1).map(({ r, alpha }) => Math.log(r / alpha));
    expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(0.05);
    expect(fitMbgCnbdK(alike).intervals).toBeUndefined();
  });

  it('k = 1 is the fit of BG/NBD and MBG/NBD, to the bit', () => {
    expect(fitBgCnbdK(summary, { k: 1 }).parameters).toEqual({ k: 1, ...fitBgNbd(summary).parameters });
    expect(fitMbgCnbdK(summary, { k: 1 }).logLikelihood).toBe(fitMbgNbd(summary).logLikelihood);
    const parameters = { r: 0.5, alpha: 6, a: 0.9, b: 1.6 };
    expect(customerModels['bg-cnbd-k'].logLikelihood({ k: 1, ...parameters }, summary)).toBeCloseTo(
      logLikelihoodBgNbd(parameters, summary),
      7,
    );
  });

  it('refuses a k that is none', () => {
    expect(() => fitBgCnbdK(summary, { k: 0 })).toThrow(RangeError);
    expect(() => fitBgCnbdK(summary, { k: 2.5 })).toThrow(RangeError);
  });
});

describe('BG/BB', () => {
  it('recovers the truth within four standard errors', () => {
    const random = randomFrom(23);
    const truth = { alpha: 1.2, beta: 0.8, gamma: 0.7, delta: 3 };
    const rows = Array.from({ length: 6000 }, (): Row => {
      const p = drawBeta(random, truth.alpha, truth.beta);
      const theta = drawBeta(random, truth.gamma, truth.delta);
      let [x, tx] = [0, 0];
      for (let i = 1; i <= 8 && random.uniform() >= theta; i++) {
        if (random.uniform() >= p) continue;
        x++;
        tx = i;
      }
      return [x, tx, 8];
    });
    const fit = fitBgBb(opportunitiesOf(rows));
    expectHonest(fit);
    expect(fit.reason).toBeNull();
    for (const key of ['alpha', 'beta', 'gamma', 'delta'] as const)
      expect(Math.abs(fit.parameters[key] - truth[key]) / fit.standardErrors![key]).toBeLessThan(4);
  });

  it('refuses what is no history', () => {
    const bad: Row[] = [
      [2, 1, 6],
      [1, 7, 6],
      [0, 3, 6],
      [1, 1.5, 6],
      [-1, 0, 6],
    ];
    for (const row of bad) expect(() => fitBgBb(opportunitiesOf([row]))).toThrow(RangeError);
  });
});

describe('data that cannot tell', () => {
  const repeat = (row: Row, count: number): Row[] => Array.from({ length: count }, () => row);
  const cases: [string, Row[]][] = [
    ['nobody', []],
    ['one customer', [[5, 20, 30]]],
    ['all with one order', repeat([0, 0, 52], 300)],
    ['all of age zero', repeat([0, 0, 0], 50)],
    ['all identical', repeat([5, 20, 30], 200)],
    ['all identical and just bought', repeat([5, 30, 30], 200)],
    [
      'ten thousand orders in a hundred days',
      [...repeat([10_000, 100, 100], 40), ...repeat([0, 0, 100], 40)],
    ],
    ['first and last order on one day', [...repeat([1, 0, 30], 40), ...repeat([2, 5, 30], 10)]],
    ['an age of a million', [...repeat([3, 4e5, 1e6], 40), ...repeat([0, 0, 1e6], 40)]],
  ];
  it.each(cases)('%s ends with a typed outcome under every model', (_, rows) => {
    const summary = summaryOf(rows);
    for (const kind of Object.values(customerModels)) {
      const discrete = kind.clock === 'opportunities';
      if (discrete && rows.some(([x, tx, T]) => x > tx || T > 1000)) continue;
      const fit = kind.fit(summary);
      expectHonest(fit);
      expect(fit.converged || fit.reason !== null).toBe(true);
    }
  });
});

describe('a shape of dropout that the data cannot settle', () => {
  const lives = (customers: number, s: number, beta: number) => {
    const random = randomFrom(5);
    return summaryOf(
      Array.from({ length: customers }, (): Row => {
        const [rate, dropout] = [drawGamma(random, 1, 10), drawGamma(random, s, beta)];
        const end = Math.min(120, -Math.log(random.uniform()) / dropout);
        let [x, tx] = [0, 0];
        for (let now = 0; ;) {
          now -= Math.log(random.uniform()) / rate;
          if (now > end) return [x, tx, 120];
          [x, tx] = [x + 1, now];
        }
      }),
    );
  };

  it('is told: customers who leave at nearly one rate are no evidence of how rates differ', () => {
    const alike = fitParetoNbd(lives(1500, 8, 400));
    expectHonest(alike);
    // 25 with a standard error of 51.
    expect(alike.standardErrors?.s).toBeGreaterThan(alike.parameters.s);
    expect(alike.warnings).toEqual(['dropout-hardly-varies']);
    expect(fitParetoNbd(lives(4000, 0.6, 12)).warnings).toEqual([]);
  });
});
