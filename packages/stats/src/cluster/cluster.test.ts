import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { featureTable as table, type FeatureTable } from '../features/feature-table.js';
import { compareClusterCounts } from './cluster-count.js';
import { assignClusters, distinctPoints, fitKMeans, pointsFrom } from './k-means.js';
import { iterate } from './lloyd.js';
import { nearestTwo, squaredDistance, type Points } from './nearest-centre.js';
import { meanSilhouette } from './silhouette.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

/** Clouds around (0, 0), (10, 0) and (0, 1000) with 60, 40 and 20 rows; the second column is in other units. */
function clouds(seed: number): { features: FeatureTable; truth: number[] } {
  const random = randomFrom(seed);
  const truth = Array.from({ length: 120 }, (_, i) => (i % 6 < 3 ? 0 : i % 6 < 5 ? 1 : 2));
  const spend = Float64Array.from(truth, (k) => (k === 1 ? 10 : 0) + random.normal());
  const visits = Float64Array.from(truth, (k) => (k === 2 ? 1000 : 0) + 80 * random.normal());
  return { features: table({ spend, visits }), truth };
}

/** Lloyd's iteration without bounds; null where a cluster loses its last point on the way. */
function plainLloyd(points: Points, start: Float64Array, iterations: number): Int32Array | null {
  const { values, count, width } = points;
  let centres = start;
  let labels = Int32Array.from({ length: count }, (_, i) => nearestTwo(points, i, centres).nearest);
  for (let round = 0; round < iterations; round++) {
    const rows = [...labels.keys()];
    if (new Set(labels).size < centres.length / width) return null;
    centres = centres.map((_, at) => {
      const inside = rows.filter((i) => labels[i] === Math.floor(at / width));
      const sum = inside.reduce((total, i) => total + values[i * width + (at % width)]!, 0);
      return sum / inside.length;
    });
    labels = labels.map((own, i) => {
      const { nearest, distance } = nearestTwo(points, i, centres);
      return distance < Math.sqrt(squaredDistance(values, i, centres, own, width)) ? nearest : own;
    });
  }
  return labels;
}

describe('fitKMeans', () => {
  it('finds clouds whatever the units, largest first, with centres in those units', () => {
    const { features, truth } = clouds(1);
    const fit = fitKMeans(features, 3);
    expect(fit).toMatchObject({ converged: true, reason: null });
    expect(Array.from(fit.labels)).toEqual(truth);
    expect(fit.model.sizes).toEqual([60, 40, 20]);
    const [first, second, third] = fit.model.centres as [number[], number[], number[]];
    expect(Math.abs(first[0]!) < 1 && Math.abs(second[0]! - 10) < 1 && Math.abs(third[1]! - 1000) < 80).toBe(
      true,
    );
    expect(assignClusters(fit.model, features)).toEqual(fit.labels);
    expect(fit.spread).toBeLessThan(0.1 * fit.totalSpread);
    expect(fit.totalSpread).toBeCloseTo(240, 9);
  });

  it('is the plain iteration, only faster', () => {
    const values = fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 12, maxLength: 60 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (row, clusters, rounds) => {
          const half = row.length >> 1;
          const points = pointsFrom([
            Float64Array.from(row.slice(0, half)),
            Float64Array.from(row.slice(half, 2 * half)),
          ]);
          fc.pre(distinctPoints(points, clusters) === clusters);
          const start = points.values.slice(0, 2 * clusters);
          const found = iterate(points, start, rounds);
          const plain = plainLloyd(points, start, found.iterations);
          fc.pre(plain !== null);
          expect(found.labels).toEqual(plain);
        },
      ),
    );
  });

  it('leaves no cluster empty, no row nearer to another centre, and no better centre', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 6 }), (pairs, clusters) => {
        const features = table({
          a: Float64Array.from(pairs, ([a]) => a),
          b: Float64Array.from(pairs, ([, b]) => b),
        });
        const distinct = new Set(pairs.map(String)).size;
        const fit = fitKMeans(features, clusters, { restarts: 2, scaling: 'none' });
        expect(fit.model.centres.length).toBe(Math.min(clusters, distinct));
        expect(fit.reason).toBe(distinct < clusters ? 'fewer-distinct-rows' : null);
        expect(fit.model.sizes.every((size, k) => size > 0 && size <= (fit.model.sizes[k - 1] ?? size))).toBe(
          true,
        );
        const points = pointsFrom(features.columns);
        const centres = Float64Array.from(fit.model.centres.flat());
        fit.labels.forEach((label, i) => {
          const own = Math.sqrt(squaredDistance(points.values, i, centres, label, 2));
          expect(own).toBeLessThanOrEqual(nearestTwo(points, i, centres).distance + 1e-9);
        });
        fit.model.centres.forEach((centre, k) => {
          const inside = pairs.filter((_, i) => fit.labels[i] === k);
          expect(inside.length).toBe(fit.model.sizes[k]);
          expect(centre[0]).toBeCloseTo(inside.reduce((sum, [a]) => sum + a, 0) / inside.length, 9);
        });
      }),
    );
  });

  it('gives the same bytes for the same seed', () => {
    const { features } = clouds(2);
    const bytes = (seed: number): string => JSON.stringify(fitKMeans(features, 5, { seed }));
    expect(bytes(3)).toBe(bytes(3));
  });

  it('handles no rows, one row, constant columns and huge numbers', () => {
    expect(fitKMeans(table({ a: of() }), 3)).toMatchObject({ reason: 'no-rows', model: { centres: [] } });
    const one = fitKMeans(table({ a: of(5), b: of(7) }), 2);
    expect(one).toMatchObject({
      reason: 'fewer-distinct-rows',
      model: { centres: [[5, 7]], sizes: [1] },
      spread: 0,
    });
    const flat = fitKMeans(table({ a: of(1, 1, 9, 9), one: of(4, 4, 4, 4) }), 2);
    expect(flat.model.centres).toEqual([
      [1, 4],
      [9, 4],
    ]);
    expect(flat.model.scales[1]).toBe(0);
    const huge = fitKMeans(table({ a: of(1e308, -1e308, 1e308) }), 2);
    expect(huge.model.sizes).toEqual([2, 1]);
    expect(Array.from(huge.labels)).toEqual([0, 1, 0]);
    expect(Array.from(assignClusters(huge.model, table({ a: of(-1e308, 1e308) })))).toEqual([1, 0]);
  });

  it('refuses bad input, naming row and column', () => {
    expect(() => fitKMeans(table({ a: of(1, Number.NaN) }), 1)).toThrow(/row 1, column "a": NaN/);
    expect(() => fitKMeans(table({ a: of(1) }), 0)).toThrow(/clusters 0/);
    expect(() => fitKMeans(table({ a: of(1) }), 1, { restarts: 0.5 })).toThrow(/restarts 0.5/);
    expect(() => fitKMeans(table({}), 1)).toThrow(/at least one column/);
    const { model } = fitKMeans(table({ a: of(1, 2) }), 2);
    expect(() => assignClusters(model, table({ b: of(1) }))).toThrow(/needs the columns a/);
    expect(() => assignClusters({ ...model, centres: [] }, table({ a: of(1) }))).toThrow(/no clusters/);
  });
});

describe('compareClusterCounts', () => {
  it('finds three clouds by silhouette and by gap', () => {
    const { features } = clouds(4);
    const found = compareClusterCounts(features, { most: 6 });
    expect(found).toMatchObject({ bySilhouette: 3, byGap: 3, rows: 120 });
    expect(found.lines.map((line) => line.clusters)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(found.lines[0]!.silhouette).toBeNull();
    found.lines.slice(1).forEach((line, k) => expect(line.spread).toBeLessThan(found.lines[k]!.spread));
  });

  it('finds no clusters in an even cloud by gap', () => {
    const random = randomFrom(8);
    const column = (): Float64Array => Float64Array.from({ length: 400 }, () => random.uniform());
    const found = compareClusterCounts(table({ a: column(), b: column() }), { most: 4, sample: 300 });
    expect(found).toMatchObject({ byGap: 1, rows: 300 });
  });

  it('says what it can of few or equal rows', () => {
    expect(compareClusterCounts(table({ a: of() }))).toEqual({
      lines: [],
      bySilhouette: null,
      byGap: null,
      rows: 0,
    });
    const same = compareClusterCounts(table({ a: of(2, 2, 2) }));
    expect(same).toMatchObject({ bySilhouette: null, byGap: 1, rows: 3 });
    const two = compareClusterCounts(table({ a: of(1, 1, 5, 5) }));
    expect(two).toMatchObject({ bySilhouette: 2, rows: 4 });
    expect(two.lines[1]).toMatchObject({ spread: 0, silhouette: 1, gap: null });
    expect(() => compareClusterCounts(table({ a: of(1) }), { most: 0 })).toThrow(/most 0/);
    expect(() => compareClusterCounts(table({}))).toThrow(RangeError);
  });
});

describe('meanSilhouette', () => {
  it('is worked out by hand for four points', () => {
    const points = pointsFrom([of(0, 1, 10, 30)]);
    // 0: a 1, b 20; 1: a 1, b 19; 10: a 20, b 9.5; 30: a 20, b 29.5.
    const expected = (19 / 20 + 18 / 19 - 10.5 / 20 + 9.5 / 29.5) / 4;
    const found = meanSilhouette(points, Int32Array.of(0, 0, 1, 1), 2, Uint32Array.of(0, 1, 2, 3));
    expect(found).toBeCloseTo(expected, 12);
    expect(meanSilhouette(points, new Int32Array(4), 1, Uint32Array.of(0, 1))).toBeNull();
  });
});
