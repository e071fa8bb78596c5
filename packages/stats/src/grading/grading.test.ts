import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ahpMatrix,
  ahpWeights,
  criticWeights,
  entropyWeights,
  normaliseColumn,
  topsisCloseness,
  type Normalisation,
} from '../index.js';

/** Saaty (1977), wealth of seven nations: US, USSR, China, France, UK, Japan, West Germany. */
const nations = [
  [4, 9, 6, 6, 5, 5],
  [7, 5, 5, 3, 4],
  [1 / 5, 1 / 5, 1 / 7, 1 / 5],
  [1, 1 / 3, 1 / 3],
  [1 / 3, 1 / 3],
  [2],
].flat();

/** Hwang & Yoon (1981), four fighter aircraft: speed, range, payload, cost, reliability, manoeuvrability. */
const aircraft = [
  [2.0, 2.5, 1.8, 2.2],
  [1500, 2700, 2000, 1800],
  [20000, 18000, 21000, 20000],
  [5.5, 6.5, 4.5, 5.0],
  [5, 3, 7, 5],
  [9, 5, 7, 5],
].map((column) => Float64Array.from(column));

describe('AHP', () => {
  it("gives Saaty's weights for the wealth of nations", () => {
    const { weights, largestEigenvalue, consistencyRatio } = ahpWeights(ahpMatrix(7, nations));
    const published = [0.429, 0.231, 0.021, 0.053, 0.053, 0.119, 0.095];
    weights.forEach((weight, i) => expect(Math.abs(weight - published[i]!)).toBeLessThan(0.01));
    expect(largestEigenvalue).toBeGreaterThan(7);
    expect(consistencyRatio).toBeLessThan(0.1);
  });

  it('gives the geometric means for three things, which are the eigenvector there (Crawford & Williams 1985)', () => {
    const { weights, largestEigenvalue } = ahpWeights(ahpMatrix(3, [1 / 3, 5, 7]));
    const means = [Math.cbrt(5 / 3), Math.cbrt(21), Math.cbrt(1 / 35)];
    const sum = means.reduce((total, value) => total + value, 0);
    weights.forEach((weight, i) => expect(weight).toBeCloseTo(means[i]! / sum, 12));
    const c = Math.cbrt(15 / 7);
    expect(largestEigenvalue).toBeCloseTo(1 + c + 1 / c, 12);
  });

  it('finds no contradiction where there is none, for any weights', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 2, maxLength: 9 }),
        (given) => {
          const judgements = given.flatMap((a, i) => given.slice(i + 1).map((b) => a / b));
          const found = ahpWeights(ahpMatrix(given.length, judgements));
          const sum = given.reduce((total, value) => total + value, 0);
          expect(found.consistencyRatio).toBeLessThan(1e-9);
          found.weights.forEach((weight, i) => expect(weight).toBeCloseTo(given[i]! / sum, 9));
        },
      ),
    );
  });

  it('names the pair that contradicts the others', () => {
    // 2, 3 and 4 times as important in turn; the last pair is said the wrong way round.
    const { consistencyRatio, worstPair } = ahpWeights(ahpMatrix(4, [2, 4, 8, 2, 4, 1 / 9]));
    expect(consistencyRatio).toBeGreaterThan(0.1);
    expect(worstPair).toMatchObject({ row: 2, column: 3, judged: 1 / 9 });
    expect(worstPair!.implied).toBeGreaterThan(0.2);
  });

  it('refuses judgements that do not compare everything once', () => {
    expect(() => ahpMatrix(3, [1, 2])).toThrow(RangeError);
    expect(() => ahpMatrix(2, [0])).toThrow(RangeError);
    expect(() => ahpMatrix(16, [])).toThrow(RangeError);
    expect(ahpWeights(ahpMatrix(1, []))).toMatchObject({
      weights: [1],
      consistencyRatio: 0,
      worstPair: null,
    });
  });
});

describe('weights from the data', () => {
  it("gives Hwang & Yoon's entropy weights of the aircraft", () => {
    const published = [0.0649, 0.2055, 0.0133, 0.0829, 0.357, 0.2764];
    entropyWeights(aircraft).forEach((weight, i) =>
      expect(Math.abs(weight - published[i]!), `weight ${i}`).toBeLessThan(0.002),
    );
  });

  it('gives CRITIC weights as its formula says, summed another way', () => {
    const columns = aircraft.map(
      (column) =>
        normaliseColumn(column, { kind: 'min-max', low: Math.min(...column), high: Math.max(...column) })
          .shares,
    );
    const mean = (x: Float64Array) => x.reduce((sum, value) => sum + value, 0) / x.length;
    const cov = (x: Float64Array, y: Float64Array) =>
      x.reduce((sum, value, i) => sum + value * y[i]!, 0) / x.length - mean(x) * mean(y);
    const raw = columns.map((x) => {
      const deviation = Math.sqrt((cov(x, x) * x.length) / (x.length - 1));
      return (
        deviation * columns.reduce((sum, y) => sum + 1 - cov(x, y) / Math.sqrt(cov(x, x) * cov(y, y)), 0)
      );
    });
    const sum = raw.reduce((total, value) => total + value, 0);
    criticWeights(columns).forEach((weight, i) => expect(weight).toBeCloseTo(raw[i]! / sum, 10));
  });

  it('gives a column that is the same for everybody no weight, and equal weights where all are', () => {
    const same = new Float64Array(1000).fill(0.1);
    const other = Float64Array.from({ length: 1000 }, (_, i) => i);
    const third = Float64Array.from({ length: 1000 }, (_, i) => (i * 7) % 13);
    for (const weigh of [entropyWeights, criticWeights]) {
      const weights = weigh([same, other, third]);
      expect(weights[0]).toBe(0);
      expect(weights[1]! + weights[2]!).toBeCloseTo(1, 12);
      expect(weigh([same, same])).toEqual([0.5, 0.5]);
      expect(weigh([other])).toEqual([1]);
    }
    expect(() => entropyWeights([Float64Array.from([1, -1])])).toThrow(RangeError);
  });
});

describe('TOPSIS', () => {
  it("gives Hwang & Yoon's closeness of the aircraft", () => {
    const scaled = aircraft.map((column) => {
      const length = Math.hypot(...column);
      return column.map((value) => value / length);
    });
    const isCost = (j: number) => j === 3;
    const best = scaled.map((column, j) => (isCost(j) ? Math.min(...column) : Math.max(...column)));
    const worst = scaled.map((column, j) => (isCost(j) ? Math.max(...column) : Math.min(...column)));
    const closeness = topsisCloseness(scaled, [0.2, 0.1, 0.1, 0.1, 0.2, 0.3], { best, worst });
    [0.643, 0.268, 0.613, 0.312].forEach((published, i) =>
      expect(Math.abs(closeness[i]! - published), `aircraft ${i + 1}`).toBeLessThan(0.001),
    );
  });

  it('is 1 at the best, 0 at the worst, and never falls when one column rises', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    expect([
      ...topsisCloseness(
        [
          [1, 0],
          [1, 0],
        ],
        [0.7, 0.3],
      ),
    ]).toEqual([1, 0]);
    fc.assert(
      fc.property(share, share, share, share, (a, b, rise, weight) => {
        const better = a + (1 - a) * rise;
        const [before, after] = topsisCloseness(
          [
            [a, better],
            [b, b],
          ],
          [weight, 1 - weight],
        );
        expect(after!).toBeGreaterThanOrEqual(before! - 1e-12);
      }),
    );
  });
});

describe('normalised columns', () => {
  const kinds: Normalisation[] = [
    { kind: 'percentile' },
    { kind: 'min-max' },
    { kind: 'log' },
    {
      kind: 'thresholds',
      steps: [
        { from: 10, share: 0.5 },
        { from: 100, share: 1 },
      ],
    },
  ];

  it('ranks by the share of customers below, ties in their middle', () => {
    const { shares } = normaliseColumn(Float64Array.from([5, 1, 3, 3, 9]), { kind: 'percentile' });
    expect([...shares]).toEqual([0.75, 0, 0.375, 0.375, 1]);
    const less = normaliseColumn(Float64Array.from([5, 1, 3, 3, 9]), { kind: 'percentile' }, 'less');
    expect([...less.shares]).toEqual([0.25, 1, 0.625, 0.625, 0]);
  });

  it('gives full points below the first step where less is better, and less from step to step', () => {
    const steps = [
      { from: 30, share: 0.6 },
      { from: 90, share: 0 },
    ];
    const { shares } = normaliseColumn(
      Float64Array.from([5, 30, 89, 400]),
      { kind: 'thresholds', steps },
      'less',
    );
    expect([...shares]).toEqual([1, 0.6, 0.6, 0]);
    const rising = steps.map(({ from, share }) => ({ from, share: 1 - share }));
    const more = normaliseColumn(Float64Array.from([5, 30, 89, 400]), { kind: 'thresholds', steps: rising });
    expect([...more.shares]).toEqual([0, 0.4, 0.4, 1]);
  });

  it('counts ties among many as it does among few', () => {
    const values = Float64Array.from({ length: 3000 }, (_, i) => (i * 37) % 50);
    const { shares } = normaliseColumn(values, { kind: 'percentile' });
    for (let i = 0; i < values.length; i += 97) {
      const below = values.filter((other) => other < values[i]!).length;
      const equal = values.filter((other) => other === values[i]!).length;
      expect(shares[i]).toBeCloseTo((below + (equal - 1) / 2) / (values.length - 1), 12);
    }
  });

  it('does not let one outlier a thousand times the rest flatten the others', () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => (i === 499 ? 500_000 : i));
    for (const how of [{ kind: 'percentile' }, { kind: 'min-max' }] as const) {
      const { shares } = normaliseColumn(values, how);
      expect(shares[400]! - shares[100]!).toBeGreaterThan(0.5);
      expect(shares[499]).toBe(1);
    }
  });

  it('leaves holes, gives one value for everybody the middle, and says both', () => {
    for (const how of kinds.slice(0, 3)) {
      const same = normaliseColumn(new Float64Array(40).fill(7), how);
      expect(same).toMatchObject({ isConstant: true, holes: 0 });
      expect(new Set(same.shares)).toEqual(new Set([0.5]));
    }
    const holed = normaliseColumn(Float64Array.from([Number.NaN, 2, Number.POSITIVE_INFINITY, 3]), {
      kind: 'percentile',
    });
    expect(holed.holes).toBe(2);
    expect([...holed.shares]).toEqual([Number.NaN, 0, Number.NaN, 1]);
    expect(normaliseColumn(Float64Array.from([Number.NaN]), { kind: 'log' }).shares).toEqual(
      Float64Array.from([Number.NaN]),
    );
  });

  it('takes every doubling alike by log, also below 0', () => {
    const { shares } = normaliseColumn(Float64Array.from([0, 1, 3, 7]), { kind: 'log', low: 0, high: 7 });
    [0, 1 / 3, 2 / 3, 1].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 12));
    const below = normaliseColumn(Float64Array.from([-7, 0, 7]), { kind: 'log', low: -7, high: 7 });
    [0, 0.5, 1].forEach((share, i) => expect(below.shares[i]).toBeCloseTo(share, 12));
  });

  it('is between 0 and 1 and rises with the value, whatever the others are', () => {
    const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(values, fc.constantFrom(...kinds), (given, how) => {
        const { shares } = normaliseColumn(Float64Array.from(given), how);
        const order = given
          .map((value, i) => ({ value, share: shares[i]! }))
          .sort((a, b) => a.value - b.value);
        expect(order.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
        const falls = order.slice(1).filter(({ value, share }, i) => {
          const before = order[i]!;
          return value === before.value ? share !== before.share : share < before.share;
        });
        expect(falls).toEqual([]);
      }),
    );
  });
});
