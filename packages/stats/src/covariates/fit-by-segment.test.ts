import { describe, expect, it } from 'vitest';
import { drawBeta, drawGamma } from '../distributions/draws.js';
import { randomFrom, type Random } from '../distributions/random.js';
import { codeLevels } from '../features/code-levels.js';
import { logLikelihoodBgNbd } from '../purchase/bg-nbd.js';
import { customerModels } from '../purchase/customer-models.js';
import type { PurchaseSummary } from '../purchase/purchase-summary.js';
import { fitBySegment } from './fit-by-segment.js';

type Row = [x: number, tx: number, t: number];
interface Truth {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** Plays the story of BG/NBD for a customer of 40 to 100 weeks. */
function live(random: Random, truth: Truth): Row {
  const age = Math.ceil(40 + 60 * random.uniform());
  const rate = drawGamma(random, truth.r, truth.alpha);
  const dropout = drawBeta(random, truth.a, truth.b);
  let [x, tx, now] = [0, 0, 0];
  for (;;) {
    now -= Math.log(random.uniform()) / rate;
    if (now > age) return [x, tx, age];
    x++;
    tx = now;
    if (random.uniform() < dropout) return [x, tx, age];
  }
}

function simulate(
  parts: readonly { segment: string; customers: number; truth: Truth }[],
  seed: number,
): { summary: PurchaseSummary; words: string[] } {
  const random = randomFrom(seed);
  const words: string[] = [];
  const rows = parts.flatMap(({ segment, customers, truth }) =>
    Array.from({ length: customers }, () => {
      words.push(segment);
      return live(random, truth);
    }),
  );
  const column = (k: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[k]);
  return { summary: { frequency: column(0), recency: column(1), age: column(2) }, words };
}

const truth = { r: 0.8, alpha: 8, a: 0.8, b: 2.5 };
const busier = { ...truth, alpha: 3 };

describe('fitBySegment', () => {
  it('leaves a large segment its own parameters and lets a small one lean on all', () => {
    const { summary, words } = simulate(
      [
        { segment: 'large', customers: 4000, truth: busier },
        { segment: 'middling', customers: 4000, truth },
        { segment: 'other', customers: 2000, truth: { ...truth, alpha: 16 } },
        { segment: 'small', customers: 40, truth },
        { segment: 'tiny', customers: 4, truth },
      ],
      7,
    );
    const fit = fitBySegment('bg-nbd', summary, codeLevels(words));
    expect(JSON.parse(JSON.stringify(fit))).toEqual(fit);
    const [large, , other, small, tiny] = fit.segments as [
      (typeof fit.segments)[0],
      unknown,
      (typeof fit.segments)[0],
      (typeof fit.segments)[0],
      (typeof fit.segments)[0],
    ];
    expect(large.weights['orderRate']).toBeGreaterThan(0.95);
    expect(other.weights['orderRate']).toBeGreaterThan(0.9);
    expect(small.weight).toBeLessThan(other.weight);
    expect(small.weights['orderRate']).toBeLessThan(0.95);
    expect(tiny).toMatchObject({ weight: 0, reason: 'too-few-customers', parameters: fit.pooled.parameters });
    const rateOf = ({ parameters }: (typeof fit.segments)[0]): number =>
      parameters['r']! / parameters['alpha']!;
    expect(Math.abs(Math.log(rateOf(large) / (busier.r / busier.alpha)))).toBeLessThan(0.12);
    expect(Math.abs(Math.log(rateOf(other) / (truth.r / 16)))).toBeLessThan(0.2);
    expect(fit.spread!['orderRate']).toBeGreaterThan(0.3);
    // The log-likelihood of each segment is that of its parameters.
    for (const segment of fit.segments)
      expect(segment.logLikelihood).toBeGreaterThanOrEqual(segment.pooledLogLikelihood - 0.5);
    const own = codeLevels(words).codes;
    const rows = [...own.keys()].filter((i) => own[i] === 0);
    const part = Object.fromEntries(
      Object.entries(summary).map(([name, column]: [string, Float64Array]) => [
        name,
        Float64Array.from(rows, (i) => column[i]!),
      ]),
    ) as unknown as PurchaseSummary;
    expect(large.logLikelihood).toBeCloseTo(
      logLikelihoodBgNbd(large.parameters as unknown as Truth, part),
      6,
    );
  });

  it('gives a segment of great weight nearly what it would have alone', () => {
    const { summary, words } = simulate(
      [
        { segment: 'a', customers: 6000, truth: busier },
        { segment: 'b', customers: 6000, truth: { r: 1.5, alpha: 40, a: 2.5, b: 2.5 } },
      ],
      11,
    );
    const fit = fitBySegment('bg-nbd', summary, codeLevels(words));
    const alone = customerModels['bg-nbd'].fit(
      Object.fromEntries(
        Object.entries(summary).map(([name, column]: [string, Float64Array]) => [
          name,
          column.subarray(0, 6000),
        ]),
      ) as unknown as PurchaseSummary,
    );
    const own = fit.segments[0]!.parameters;
    for (const [name, value] of Object.entries(alone.parameters as Truth))
      expect(Math.abs(Math.log(own[name]! / value))).toBeLessThan(0.1);
    expect(fit.segments[0]!.logLikelihood).toBeGreaterThan(alone.logLikelihood - 0.5);
    expect(fit.logLikelihood).toBeGreaterThan(fit.pooled.logLikelihood + 100);
  });

  it('takes the pooled parameters where segments are drawn by lot', () => {
    const { summary } = simulate([{ segment: 'all', customers: 3000, truth }], 3);
    const words = Array.from({ length: 3000 }, (_, i) => `lot ${i % 12}`);
    const fit = fitBySegment('bg-nbd', summary, codeLevels(words));
    expect(fit.spread!['orderRate']).toBeLessThan(0.08);
    for (const { parameters } of fit.segments) {
      const rate = parameters['r']! / parameters['alpha']!;
      const all = fit.pooled.parameters['r']! / fit.pooled.parameters['alpha']!;
      expect(Math.abs(Math.log(rate / all))).toBeLessThan(0.08);
    }
  });

  it.each(['mbg-nbd', 'pareto-nbd', 'nbd', 'bg-cnbd-k'] as const)('%s is fitted the same way', (name) => {
    const { summary, words } = simulate(
      [
        { segment: 'a', customers: 500, truth: busier },
        { segment: 'b', customers: 500, truth },
        { segment: 'c', customers: 30, truth: busier },
      ],
      5,
    );
    const fit = fitBySegment(name, summary, codeLevels(words), {});
    expect(fit.pooled.converged).toBe(true);
    for (const segment of fit.segments) {
      expect(segment.reason).toBeNull();
      expect(Object.keys(segment.parameters)).toEqual([...customerModels[name].parameterNames]);
      expect(segment.weight).toBeGreaterThan(0);
      expect(segment.weight).toBeLessThan(1);
    }
    expect(fit.logLikelihood).toBeGreaterThan(fit.pooled.logLikelihood);
  });

  it('says why there is nothing to tell apart, and refuses codes that are none', () => {
    const { summary } = simulate([{ segment: 'all', customers: 400, truth }], 3);
    const one = fitBySegment('bg-nbd', summary, codeLevels(Array.from({ length: 400 }, () => 'x')));
    expect(one.segments).toHaveLength(1);
    expect(one.segments[0]).toMatchObject({ reason: 'no-other-segment', weight: 0 });
    expect(one.spread).toBeNull();
    const none = {
      frequency: new Float64Array(20),
      recency: new Float64Array(20),
      age: new Float64Array(20),
    };
    const still = fitBySegment('bg-nbd', none, codeLevels(Array.from({ length: 20 }, (_, i) => `${i % 2}`)));
    expect(still.segments.map(({ reason }) => reason)).toEqual(['pooled-not-trusted', 'pooled-not-trusted']);
    const empty = new Float64Array(0);
    expect(
      fitBySegment('bg-nbd', { frequency: empty, recency: empty, age: empty }, codeLevels([])).segments,
    ).toEqual([]);
    expect(() =>
      fitBySegment('bg-nbd', none, { codes: new Float64Array(20).fill(3), levels: ['a'] }),
    ).toThrow(RangeError);
  });

  it('survives a segment in which nobody came back', () => {
    const { summary, words } = simulate([{ segment: 'normal', customers: 800, truth }], 9);
    const more = (column: Float64Array, value: number): Float64Array =>
      Float64Array.of(...column, ...Array.from({ length: 300 }, () => value));
    const fit = fitBySegment(
      'bg-nbd',
      {
        frequency: more(summary.frequency, 0),
        recency: more(summary.recency, 0),
        age: more(summary.age, 60),
      },
      codeLevels([...words, ...Array.from({ length: 300 }, () => 'silent')]),
    );
    const [normal, silent] = fit.segments;
    expect(silent!.reason).toBeNull();
    const expected = (parameters: Record<string, number>): number =>
      customerModels['bg-nbd'].future(parameters, 0, 0, 60).expectedOrders(39);
    expect(expected(silent!.parameters)).toBeLessThan(0.05 * expected(normal!.parameters));
    for (const value of Object.values(silent!.standardErrors!)) expect(Number.isFinite(value)).toBe(true);
  });
});
