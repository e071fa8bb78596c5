import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../distributions/random.js';
import type { FeatureTable } from '../features/feature-table.js';
import { fitBoostedTrees, type BoostedTreesModel } from './boosted-trees.js';
import type { DecisionTree } from './grow-tree.js';
import { scoreBoostedTrees } from './predict-trees.js';
import { boostedTreesContributions } from './tree-contributions.js';

const names = ['a', 'b', 'c', 'd'];

function simulate(rows: number, seed: number): { features: FeatureTable; label: Uint8Array } {
  const random = randomFrom(seed);
  const columns = names.map(() => Float64Array.from({ length: rows }, () => Math.round(3 * random.normal())));
  for (let i = 0; i < rows; i += 7) columns[1]![i] = Number.NaN;
  const label = Uint8Array.from({ length: rows }, (_, i) => {
    const odds = columns[0]![i]! * columns[2]![i]! * 0.3 + (columns[1]![i]! || 2) - columns[3]![i]! / 2;
    return Number(random.uniform() < 1 / (1 + Math.exp(-odds)));
  });
  return { features: { names, columns }, label };
}

/** Mean of the tree's leaves for a row of which only some columns are known (Lundberg et al. 2020, algorithm 1). */
function valueOf(tree: DecisionTree, row: readonly number[], known: number, node = 0): number {
  const feature = tree.feature[node]!;
  if (feature < 0) return tree.value[node]!;
  const [left, right] = [tree.left[node]!, tree.right[node]!];
  if (((known >> feature) & 1) === 1) {
    const x = row[feature]!;
    const goesLeft = Number.isNaN(x) ? tree.missingLeft[node] === 1 : x <= tree.threshold[node]!;
    return valueOf(tree, row, known, goesLeft ? left : right);
  }
  const [l, r] = [valueOf(tree, row, known, left), valueOf(tree, row, known, right)];
  return (l * tree.cover[left]! + r * tree.cover[right]!) / tree.cover[node]!;
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Shapley values from their definition: over all subsets of the other columns. */
function shapley(model: BoostedTreesModel, row: readonly number[]): number[] {
  const count = names.length;
  const value = (known: number): number =>
    model.trees.reduce((sum, tree) => sum + valueOf(tree, row, known), 0);
  return names.map((_, j) => {
    let total = 0;
    for (let subset = 0; subset < 1 << count; subset++) {
      if (((subset >> j) & 1) === 1) continue;
      const size = names.filter((_, k) => ((subset >> k) & 1) === 1).length;
      const weight = (factorial(size) * factorial(count - size - 1)) / factorial(count);
      total += weight * (value(subset | (1 << j)) - value(subset));
    }
    return total;
  });
}

describe('boostedTreesContributions', () => {
  it('are the Shapley values of their definition, and sum to the prediction minus the base', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 6 }), (seed, depth) => {
        const { features, label } = simulate(150, seed);
        const { model } = fitBoostedTrees(features, label, {
          trees: 4,
          depth,
          minimumLeafWeight: 0.5,
          learningRate: 0.8,
        });
        const few = { names, columns: features.columns.map((column) => column.subarray(0, 10)) };
        const { base, values } = boostedTreesContributions(model, few);
        // Many rows are explained by tables of the leaves: the same parts.
        const { values: tabled } = boostedTreesContributions(model, features);
        values.forEach((part, k) => expect(tabled[k]).toBeCloseTo(part, 9));
        scoreBoostedTrees(model, few).forEach((score, i) => {
          const row = few.columns.map((column) => column[i]!);
          const found = Array.from(values.subarray(4 * i, 4 * i + 4));
          shapley(model, row).forEach((expected, j) => expect(found[j]).toBeCloseTo(expected, 9));
          expect(base + found.reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 9);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('have the mean prediction in training as base', () => {
    const { features, label } = simulate(400, 9);
    const { model } = fitBoostedTrees(features, label, { trees: 10 });
    const { base } = boostedTreesContributions(model, features);
    const mean = scoreBoostedTrees(model, features).reduce((sum, score) => sum + score, 0) / 400;
    expect(base).toBeCloseTo(mean, 9);
  });

  it('give a column without splits nothing, and a model without trees its base', () => {
    const label = Array.from({ length: 80 }, (_, i) => i % 2);
    const columns = [Float64Array.from(label), new Float64Array(80)];
    const { model } = fitBoostedTrees({ names: ['x', 'flat'], columns }, label, { trees: 3 });
    const { values } = boostedTreesContributions(model, { names: ['x', 'flat'], columns });
    values.forEach((part, k) => expect(k % 2 === 0 ? part !== 0 : part === 0).toBe(true));
    const empty = boostedTreesContributions({ ...model, trees: [] }, { names: ['x', 'flat'], columns });
    expect(empty.base).toBe(model.base);
    expect(empty.values.every((part) => part === 0)).toBe(true);
  });

  it('refuse trees that do not say how many rows came by', () => {
    const tree = {
      feature: [-1],
      threshold: [0],
      missingLeft: [0],
      left: [-1],
      right: [-1],
      value: [1],
      cover: [0],
    };
    const model: BoostedTreesModel = {
      name: 'gbdt',
      base: 0,
      features: [{ name: 'x', kind: 'numeric' }],
      trees: [tree],
    };
    const one = { names: ['x'], columns: [Float64Array.of(1)] };
    expect(() => boostedTreesContributions(model, one)).toThrow(/tree 0: a node without training rows/);
  });
});
