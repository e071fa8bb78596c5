import { tierDefinition, type TierDefinition } from '@kezi/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainScore } from './explain-score.rules.js';
import { cutScoresOf, gradeCustomers, noTier, tierAfter, type GradeInput } from './grade.rules.js';
import { startDefinition } from './start-definition.rules.js';
import { tierPeriods } from './tier-periods.rules.js';
import { withFixedWeights } from './weigh.rules.js';

const definitionOf = (more: Record<string, unknown> = {}): TierDefinition =>
  tierDefinition.parse({
    axes: [
      {
        key: 'a',
        name: 'A',
        weight: 100,
        indicators: [
          { feature: 'x', weight: 70 },
          { feature: 'y', weight: 30, direction: 'less' },
        ],
      },
    ],
    cut: 'score',
    cuts: [80, 40],
    hysteresis: 0,
    ...more,
  });

const inputOf = (
  definition: TierDefinition,
  measured: number[][],
  previous: GradeInput['previous'] = null,
): GradeInput => ({
  definition,
  tiers: 3,
  measured: measured.map((column) => Float64Array.from(column)),
  points: measured.map(() => null),
  previous,
  isPublished: false,
});

const column = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 30, maxLength: 30 });
const totals = fc.constantFrom('sum', 'topsis');
const cuts = fc.constantFrom(
  { cut: 'score', cuts: [80, 40] },
  { cut: 'quantile', cuts: [0.1, 0.3] },
  { cut: 'count', cuts: [3, 9] },
);
const scales = fc.constantFrom({ kind: 'percentile' }, { kind: 'log' }, { kind: 'min-max' });

describe('grading', () => {
  it('never lowers the tier of a customer who gets better in one indicator, the others as they are', () => {
    fc.assert(
      fc.property(
        column,
        column,
        totals,
        cuts,
        scales,
        fc.nat(29),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (x, y, total, cut, normalisation, who, rise) => {
          const definition = definitionOf({ total, ...cut });
          for (const indicator of definition.axes[0]!.indicators)
            indicator.normalisation = normalisation as never;
          const before = gradeCustomers(inputOf(definition, [x, y]));
          const better = gradeCustomers(
            inputOf(definition, [x.map((value, i) => (i === who ? value + rise : value)), y]),
          );
          const less = gradeCustomers(
            inputOf(definition, [x, y.map((value, i) => (i === who ? value - rise : value))]),
          );
          expect(better.given[who]!).toBeLessThanOrEqual(before.given[who]!);
          expect(less.given[who]!).toBeLessThanOrEqual(before.given[who]!);
        },
      ),
    );
  });

  it('puts everybody in exactly one tier, equal customers in the same, and gives the same bytes again', () => {
    fc.assert(
      fc.property(column, cuts, totals, (x, cut, total) => {
        const y = x.map((value) => -value);
        const definition = definitionOf({ ...cut, total });
        const graded = gradeCustomers(
          inputOf(definition, [
            [...x, x[0]!],
            [...y, y[0]!],
          ]),
        );
        expect(graded.given.every((tier) => tier < 3)).toBe(true);
        expect(graded.given[30]).toBe(graded.given[0]);
        const again = gradeCustomers({ ...inputOf(definition, []), points: graded.points });
        expect(Buffer.from(again.score.buffer).equals(Buffer.from(graded.score.buffer))).toBe(true);
        expect([...again.given]).toEqual([...graded.given]);
      }),
    );
  });

  it('lets nobody flap under noise smaller than the margin, and still lets real changes through', () => {
    const cutScores = [8000, 4000, Number.NEGATIVE_INFINITY];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 5, maxLength: 30 }),
        (base, noise) => {
          let tier = tierAfter(base, cutScores, 200, 1);
          const seen: number[] = [];
          for (const shift of noise) seen.push((tier = tierAfter(base + shift / 2, cutScores, 200, tier)));
          const changes = seen.filter((each, i) => i > 0 && each !== seen[i - 1]).length;
          expect(changes).toBeLessThanOrEqual(1);
        },
      ),
    );
    expect(tierAfter(8300, cutScores, 200, 1)).toBe(0);
    expect(tierAfter(8100, cutScores, 200, 1)).toBe(1);
    expect(tierAfter(7700, cutScores, 200, 0)).toBe(1);
    expect(tierAfter(100, cutScores, 200, 0)).toBe(2);
  });

  it('keeps who has not stayed long enough, and who waits for approval', () => {
    const measured = [
      [0, 0, 0, 10, 10],
      [9, 9, 9, 0, 0],
    ];
    const previous = {
      tier: Uint8Array.from([0, 0, noTier, 2, 1]),
      months: Float64Array.from([1, 7, Number.NaN, 3, 3]),
    };
    const held = gradeCustomers(inputOf(definitionOf({ minimumStayMonths: 6 }), measured, previous));
    expect([...held.why]).toEqual([3, 4, 0, 1, 1]);
    expect([...held.given].slice(0, 3)).toEqual([0, 0, 2]);
    expect(held.computed[1]).toBe(2);
    const free = gradeCustomers(inputOf(definitionOf({ demotionApproval: 'none' }), measured, previous));
    expect([...free.given].slice(0, 2)).toEqual([2, 2]);
  });

  it('says what to look at: holes, one value for all, an empty tier, everybody in one, many ties', () => {
    const many = Array.from({ length: 100 }, (_, i) => i);
    const kinds = (measured: number[][], more = {}) =>
      gradeCustomers(inputOf(definitionOf(more), measured)).doubts.map((doubt) => doubt.kind);
    expect(kinds([many.map((i) => (i < 50 ? Number.NaN : i)), many])).toContain('holes');
    expect(kinds([many, many.map(() => 3)])).toContain('constant');
    expect(kinds([many, many], { cuts: [99.9, 40] })).toContain('tier-empty');
    expect(kinds([many.map(() => 1), many.map(() => 1)], { cuts: [99, 98] })).toContain('all-in-one');
    const tied = many.map((i) => (i < 60 ? 0 : 1));
    expect(kinds([tied, tied.map((i) => -i)], { cut: 'quantile', cuts: [0.1, 0.2] })).toContain('ties');
  });

  it('doubts an indicator whose points were worked out before as it did then', () => {
    const many = Array.from({ length: 100 }, (_, i) => i);
    const definition = definitionOf();
    const first = gradeCustomers(inputOf(definition, [many.map(() => 3), many]));
    const { points, pointDoubts } = first;
    expect(pointDoubts.map((doubt) => doubt?.kind ?? null)).toEqual(['constant', null]);
    expect(gradeCustomers({ ...inputOf(definition, []), points, pointDoubts }).doubts).toEqual(first.doubts);
  });

  it('is not moved by an outlier a thousand times the rest', () => {
    const x = Array.from({ length: 200 }, (_, i) => 100 + i);
    const with1000 = [...x.slice(0, -1), 299_000];
    const of = (values: number[]) =>
      gradeCustomers(inputOf(definitionOf(), [values, values.map(() => 0)])).given;
    expect([...of(with1000)]).toEqual([...of(x)]);
  });

  it('keeps the weights that were worked out in the version', () => {
    const definition = definitionOf();
    definition.axes[0]!.weighing = 'entropy';
    const measured = [
      Array.from({ length: 50 }, (_, i) => i ** 3),
      Array.from({ length: 50 }, (_, i) => i % 2),
    ];
    const draft = gradeCustomers(inputOf(definition, measured));
    const fixed = withFixedWeights(definition, draft.weights);
    const published = gradeCustomers({
      ...inputOf(
        fixed,
        measured.map((values) => values.toReversed()),
      ),
      isPublished: true,
    });
    published.weights.ofWhole.forEach((weight, i) =>
      expect(weight).toBeCloseTo(draft.weights.ofWhole[i]!, 7),
    );
  });

  it('cuts off nobody for a share of nothing, and everybody for all', () => {
    const scores = Float64Array.from([3, 1, 2]);
    expect(cutScoresOf(definitionOf({ cut: 'quantile', cuts: [0, 1] }), scores)).toEqual([
      Number.POSITIVE_INFINITY,
      1,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(cutScoresOf(definitionOf({ cut: 'count', cuts: [1, 99] }), scores)).toEqual([
      3,
      1,
      Number.NEGATIVE_INFINITY,
    ]);
  });

  it('begins with policies that hold together, for any number of tiers', () => {
    for (let tiers = 2; tiers <= 12; tiers++)
      expect(startDefinition(tiers, 'zh-CN').cuts).toHaveLength(tiers - 1);
  });
});

describe('an explanation', () => {
  it('divides the score among the indicators, and says how much of one alone would lift it', () => {
    const points = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(points, totals, (own, total) => {
        const definition = definitionOf({ total });
        const { score } = gradeCustomers({
          ...inputOf(definition, [[], []]),
          points: own.map((value) => Int16Array.of(value)),
        });
        const wanted = Math.min(10_000, Math.round((score[0]! + 500) * 100) / 100);
        const parts = explainScore(definition, own, score[0]!, wanted);
        expect(parts.reduce((sum, part) => sum + part.contribution, 0)).toBeCloseTo(score[0]! / 100, 1);
        const reached = parts.flatMap((part, i) =>
          part.neededPoints === null
            ? []
            : [
                gradeCustomers({
                  ...inputOf(definition, [[], []]),
                  points: own.map((value, j) => Int16Array.of(i === j ? part.neededPoints! : value)),
                }).score[0]!,
              ],
        );
        expect(reached.every((each) => each >= wanted)).toBe(true);
      }),
    );
  });
});

describe('the periods of a tier', () => {
  const run = (on: string, tierId: number, tierRunId: number) => ({
    kind: 'policy' as const,
    on,
    until: null,
    tierId,
    tierRunId,
  });

  it('go over without gap or overlap; a demotion ends with its run, an override with its day', () => {
    const periods = tierPeriods([
      run('2026-03-01', 2, 3),
      run('2026-02-01', 1, 2),
      run('2026-01-01', 1, 1),
      { kind: 'demotion', on: '2026-02-10', until: null, tierRunId: 2, tierId: 3 },
      { kind: 'override', on: '2026-03-05', until: '2026-03-08', tierRunId: null, tierId: 1 },
    ]);
    expect(periods.map(({ from, to, tierId, kind }) => `${from} ${to ?? 'now'} ${tierId} ${kind}`)).toEqual([
      '2026-01-01 2026-02-10 1 policy',
      '2026-02-10 2026-03-01 3 demotion',
      '2026-03-01 2026-03-05 2 policy',
      '2026-03-05 2026-03-08 1 override',
      '2026-03-08 now 2 policy',
    ]);
    expect(periods[0]!.since).toBe('2026-01-01');
  });

  it('takes the later of two runs with the same first day', () => {
    expect(tierPeriods([run('2026-01-01', 5, 2), run('2026-01-01', 4, 1)])).toMatchObject([
      { tierId: 5, to: null },
    ]);
    expect(tierPeriods([])).toEqual([]);
  });
});
