import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import { featureTable as table, type FeatureTable } from '../features/feature-table.js';
import { fitBoostedTrees, type BoostedTreesModel, type BoostedTreesOptions } from './boosted-trees.js';
import { classificationReport } from './classification-report.js';
import type { DecisionTree } from './grow-tree.js';
import { histogramFiller, type HistogramEngine } from './histograms.js';
import { predictBoostedTrees, scoreBoostedTrees } from './predict-trees.js';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

/** A step in a, the product of b and c, a category of 6 levels, missing values in b and c that mean something; d is noise. */
function simulate(rows: number, seed: number): { features: FeatureTable; label: Uint8Array } {
  const random = randomFrom(seed);
  const normal = (): Float64Array => Float64Array.from({ length: rows }, () => random.normal());
  const [a, b, c, d] = [normal(), normal(), normal(), normal()];
  const level = Float64Array.from({ length: rows }, () => Math.floor(random.uniform() * 6));
  const effects = [0.8, -1.2, 0.1, 1.5, -0.4, 0.9];
  const label = Uint8Array.from(a, (value, i) => {
    if (random.uniform() < 0.2) b[i] = Number.NaN;
    const odds =
      Number(value > 0.3) * 1.5 + (Number.isNaN(b[i]) ? 1 : 1.2 * b[i]! * c[i]!) - 1 + effects[level[i]!]!;
    return Number(random.uniform() < 1 / (1 + Math.exp(-odds)));
  });
  return { features: table({ a, b, c, d, level }), label };
}

const categories = ['level'];

function shapeOf(tree: DecisionTree): { depth: number; leaves: number } {
  const levels = tree.feature.map(() => 0);
  tree.feature.forEach((feature, node) => {
    if (feature >= 0) levels[tree.left[node]!] = levels[tree.right[node]!] = levels[node]! + 1;
  });
  return { depth: Math.max(...levels), leaves: tree.feature.filter((feature) => feature < 0).length };
}

describe('fitBoostedTrees', () => {
  it('learns steps, products, categories and missing values, better than chance on fresh rows', () => {
    const { features, label } = simulate(4000, 1);
    const fit = fitBoostedTrees(features, label, { trees: 60, depth: 4, categories });
    expect(fit).toMatchObject({ reason: null, rows: 4000, heldOut: 0, stoppedEarly: false });
    fit.trainingLoss.slice(1).forEach((loss, k) => expect(loss).toBeLessThan(fit.trainingLoss[k]!));
    const fresh = simulate(4000, 2);
    const report = classificationReport(fresh.label, predictBoostedTrees(fit.model, fresh.features));
    expect(report.auc).toBeGreaterThan(0.75);
    const [noise] = fit.importance.slice(3);
    expect(noise).toBeLessThan(0.1);
    expect(fit.importance.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('predicts by thresholds what training reached by bins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(1, 0.7), (seed, share) => {
        const { features, label } = simulate(300, seed);
        const options = { trees: 8, depth: 3, categories, rowShare: share, columnShare: share, seed };
        const fit = fitBoostedTrees(features, label, options);
        const report = classificationReport(label, predictBoostedTrees(fit.model, features));
        expect(report.logLoss).toBeCloseTo(fit.trainingLoss.at(-1)!, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('finds the split and the leaf values that a search over all thresholds finds', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), {
      minLength: 12,
      maxLength: 40,
    });
    const [ridge, minimumLeafWeight] = [0.5, 0.7];
    fc.assert(
      fc.property(rows, (cases) => {
        const x = Float64Array.from(cases, ([value]) => value);
        const label = cases.map(([, y]) => y);
        const ones = label.filter((y) => y === 1).length;
        fc.pre(ones > 0 && ones < label.length);
        const p = ones / label.length;
        const part = (keep: (value: number) => boolean): { g: number; h: number } => {
          const inside = cases.filter(([value]) => keep(value));
          return { g: inside.reduce((sum, [, y]) => sum + p - y, 0), h: inside.length * p * (1 - p) };
        };
        const worth = ({ g, h }: { g: number; h: number }): number => (g * g) / (h + ridge) / 2;
        const gainAt = (cut: number): number => {
          const [left, right] = [part((value) => value <= cut), part((value) => value > cut)];
          if (left.h < minimumLeafWeight || right.h < minimumLeafWeight) return 0;
          return worth(left) + worth(right) - worth(part(() => true));
        };
        const best = Math.max(0, ...Array.from({ length: 8 }, (_, cut) => gainAt(cut)));
        const limits = { trees: 1, depth: 1, learningRate: 1, ridge, minimumLeafWeight };
        const fit = fitBoostedTrees(table({ x }), label, limits);
        // Derivatives are rounded to 14 bits: a gain is known to a few thousandths.
        fc.pre(best > 0.02);
        const [tree] = fit.model.trees as [DecisionTree];
        expect(gainAt(tree.threshold[0]!)).toBeGreaterThan(best - 0.01);
        const left = part((value) => value <= tree.threshold[0]!);
        expect(Math.abs(tree.value[tree.left[0]!]! + left.g / (left.h + ridge))).toBeLessThan(2e-3);
      }),
    );
  });

  it('keeps to its limits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 12 }), (depth, leaves) => {
        const { features, label } = simulate(400, 6);
        const fit = fitBoostedTrees(features, label, { trees: 3, depth, leaves, minimumLeafWeight: 2 });
        for (const tree of fit.model.trees) {
          const shape = shapeOf(tree);
          expect(shape.depth).toBeLessThanOrEqual(depth);
          expect(shape.leaves).toBeLessThanOrEqual(leaves);
          tree.feature.forEach((feature, node) => {
            const sum = (tree.cover[tree.left[node]!] ?? 0) + (tree.cover[tree.right[node]!] ?? 0);
            expect(tree.cover[node]).toBe(feature < 0 ? tree.cover[node] : sum);
            expect(tree.cover[node]).toBeGreaterThanOrEqual(8);
          });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('stops by the held-out rows and keeps the trees up to their best', () => {
    const { features, label } = simulate(1500, 3);
    const options = { trees: 300, depth: 5, learningRate: 0.5, holdoutShare: 0.3, patience: 5, categories };
    const fit = fitBoostedTrees(features, label, options);
    expect(fit.stoppedEarly).toBe(true);
    expect(fit.rows + fit.heldOut).toBe(1500);
    const best = fit.holdoutLoss.indexOf(Math.min(...fit.holdoutLoss));
    expect(fit.model.trees.length).toBe(best);
    expect(fit.holdoutLoss.length).toBe(best + 6);
  });

  it('gives the same bytes for the same seed, others for another, whoever fills the histograms', () => {
    const { features, label } = simulate(9000, 4);
    const options: BoostedTreesOptions = {
      trees: 4,
      rowShare: 0.6,
      columnShare: 0.6,
      holdoutShare: 0.2,
      categories,
    };
    const inTwo: HistogramEngine = {
      allocate: (bytes) => new SharedArrayBuffer(bytes),
      start: (memory) => {
        const parts = [histogramFiller(memory, 1, 2), histogramFiller(memory, 0, 1)];
        return (slot, from, to) => parts.forEach((fill) => fill(slot, from, to));
      },
    };
    const bytes = (more: BoostedTreesOptions): string =>
      JSON.stringify(fitBoostedTrees(features, label, { ...options, ...more }));
    const first = bytes({ seed: 5 });
    expect(bytes({ seed: 5 })).toBe(first);
    expect(bytes({ seed: 5, engine: inTwo })).toBe(first);
    expect(bytes({ seed: 6 })).not.toBe(first);
  });

  it('predicts the same from its JSON', () => {
    const { features, label } = simulate(500, 7);
    const { model } = fitBoostedTrees(features, label, { trees: 10, categories });
    const copy = JSON.parse(JSON.stringify(model)) as BoostedTreesModel;
    expect(scoreBoostedTrees(copy, features)).toEqual(scoreBoostedTrees(model, features));
  });
});

describe('categories and missing values', () => {
  it('splits levels by their share of ones, in whatever order their codes are', () => {
    const level = Float64Array.from({ length: 400 }, (_, i) => i % 4);
    // Levels 0 and 3 are mostly ones, 1 and 2 mostly zeros: no threshold on the codes parts them.
    const label = Array.from(level, (code, i) => Number((code === 0 || code === 3) !== i % 40 < 4));
    const options = { trees: 1, depth: 1, learningRate: 1, categories: ['level'] };
    const { model } = fitBoostedTrees(table({ level }), label, options);
    const [p0, p1, p2, p3, unknown, missing] = predictBoostedTrees(
      model,
      table({ level: of(0, 1, 2, 3, 4, Number.NaN) }),
    );
    expect(p0).toBe(p3);
    expect(p1).toBe(p2);
    expect(p0).toBeGreaterThan(0.8);
    expect(p1).toBeLessThan(0.2);
    expect(unknown).toBe(missing);
  });

  it('parts missing values from known ones', () => {
    const x = Float64Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? Number.NaN : i));
    const label = Array.from(x, (value) => Number(Number.isNaN(value)));
    const { model } = fitBoostedTrees(table({ x }), label, { trees: 1, depth: 1, learningRate: 1 });
    const [gone, known] = predictBoostedTrees(model, table({ x: of(Number.NaN, 51) }));
    expect(gone).toBeGreaterThan(0.8);
    expect(known).toBeLessThan(0.2);
  });

  it('holds more than 255 distinct values and neighbouring numbers apart', () => {
    const x = Float64Array.from({ length: 3000 }, (_, i) => i);
    const label = Array.from(x, (value) => Number(value >= 1500));
    const { model } = fitBoostedTrees(table({ x }), label, { trees: 1, depth: 1 });
    // Bins hold about 12 values each.
    expect(Math.abs(model.trees[0]!.threshold[0]! - 1500)).toBeLessThan(13);
    const close = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 1 + Number.EPSILON));
    const apart = fitBoostedTrees(
      table({ x: close }),
      Array.from(close, (value) => Number(value > 1)),
      { trees: 1, depth: 1, learningRate: 1 },
    );
    const [low, high] = predictBoostedTrees(apart.model, table({ x: of(1, 1 + Number.EPSILON) }));
    expect(low! < 0.5 && high! > 0.5).toBe(true);
  });
});

describe('fitBoostedTrees at the edges', () => {
  it('predicts the mean where there is nothing to learn, and says why', () => {
    expect(fitBoostedTrees(table({ x: of() }), [])).toMatchObject({ reason: 'no-rows' });
    const ones = fitBoostedTrees(table({ x: of(1, 2) }), [1, 1]);
    expect(ones).toMatchObject({ reason: 'one-class', rows: 2, positives: 2 });
    expect(predictBoostedTrees(ones.model, table({ x: of(1) }))[0]).toBeCloseTo(2.5 / 3, 12);
    const constant = fitBoostedTrees(table({ x: new Float64Array(100).fill(3) }), [
      1,
      ...Array<number>(99).fill(0),
    ]);
    expect(constant).toMatchObject({ reason: 'no-split', model: { trees: [] } });
    expect(predictBoostedTrees(constant.model, table({ x: of(3) }))[0]).toBeCloseTo(0.01, 12);
    const lost = fitBoostedTrees(
      table({ x: new Float64Array(60).fill(Number.NaN) }),
      Array.from({ length: 60 }, (_, i) => i % 2),
    );
    expect(lost.reason).toBe('no-split');
  });

  it('never gives NaN', () => {
    const row = fc.record({
      y: fc.integer({ min: 0, max: 1 }),
      x: fc.constantFrom(0, 1, -5, Number.NaN, 1e308, -1e308, 5e-324),
      level: fc.constantFrom(0, 1, 2, 7, Number.NaN),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const features = table({
          x: Float64Array.from(rows, (r) => r.x),
          level: Float64Array.from(rows, (r) => r.level),
        });
        const fit = fitBoostedTrees(
          features,
          rows.map((r) => r.y),
          { trees: 5, ridge: 0, minimumLeafWeight: 0.1, learningRate: 1, categories, holdoutShare: 0.2 },
        );
        // JSON.stringify would write null for a number that is not finite.
        const marked = JSON.stringify(fit, (_, value: unknown) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
        );
        expect(marked).not.toContain('not finite');
        expect(predictBoostedTrees(fit.model, features).every((p) => p >= 0 && p <= 1)).toBe(true);
      }),
    );
  });

  it('refuses bad input, naming row and column', () => {
    const bad = table({ x: of(1, Number.POSITIVE_INFINITY) });
    expect(() => fitBoostedTrees(bad, [0, 1])).toThrow(/row 1, column "x": Infinity/);
    expect(() => fitBoostedTrees(table({ x: of(1, 2) }), [0, 2])).toThrow(/label, row 1: 2/);
    expect(() => fitBoostedTrees(table({ level: of(0, 1.5) }), [0, 1], { categories })).toThrow(
      /row 1, column "level": 1.5 is not the code/,
    );
    expect(() => fitBoostedTrees(table({ x: of(1) }), [0], { categories })).toThrow(/no column "level"/);
    for (const options of [
      { depth: 0 },
      { rowShare: 0 },
      { trees: 1.5 },
      { learningRate: Number.NaN },
      { leaves: 1 },
    ])
      expect(() => fitBoostedTrees(table({ x: of(1) }), [0], options)).toThrow(/out of range/);
    const { model } = fitBoostedTrees(table({ x: of(1, 2) }), [0, 1]);
    expect(() => predictBoostedTrees(model, table({ y: of(1) }))).toThrow(/needs the columns x/);
  });
});
