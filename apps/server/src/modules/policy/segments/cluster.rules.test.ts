import { describe, expect, it } from 'vitest';
import {
  clusterCustomers,
  prepareColumn,
  traitsOf,
  type ClusterAnswer,
  type ClusterTask,
} from './cluster.rules.js';
import { nameOfCluster, portraitOf } from './portrait.js';

/** Three clouds: large and rare, small and frequent, silent; the last three have never ordered. */
function company(): ClusterTask {
  const size = 153;
  const cloud = (i: number) => (i < 30 ? 0 : i < 100 ? 1 : 2);
  const noise = (i: number) => ((i * 7919) % 101) / 101;
  const column = (of: readonly number[], spread: number) =>
    Float64Array.from({ length: size }, (_, i) => of[cloud(i)]! * (1 + spread * noise(i)));
  const recencyDays = column([40, 10, 400], 0.3);
  recencyDays.fill(Number.NaN, 150);
  const orders = column([2, 40, 1], 0.2);
  orders[0] = Number.NaN;
  return {
    columns: [
      { feature: 'recencyDays', scale: 'log', missing: 'middle', values: recencyDays },
      { feature: 'orders12m', scale: 'log', missing: 'zero', values: orders },
      { feature: 'averageOrder', scale: 'log', missing: 'middle', values: column([9e6, 1e5, 2e5], 0.4) },
    ],
    clv: Float64Array.from({ length: size }, (_, i) => [100, 10, 1][cloud(i)]!),
    recencyDays,
    asked: null,
  };
}

const answered = (task: ClusterTask): ClusterAnswer => {
  const answer = clusterCustomers(task);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};

describe('clusterCustomers', () => {
  it('finds the clouds by silhouette, largest first, without those who never ordered', () => {
    const answer = answered(company());
    expect(answer.clusters.map(({ customers }) => customers)).toEqual([70, 50, 30]);
    expect(answer.customers).toBe(150);
    expect(answer.clv).toBe(30 * 100 + 70 * 10 + 50);
    expect([...answer.labels.subarray(150)]).toEqual([-1, -1, -1]);
    expect(new Set(answer.labels.subarray(0, 30))).toEqual(new Set([2]));
    expect(answer.silhouettes[0]?.clusters).toBe(2);
    expect(answer.clusters[2]?.features[2]!.deviation).toBeGreaterThan(1);
    expect(answer).toEqual(answered(company()));
  });

  it('takes the number that was asked for', () => {
    expect(answered({ ...company(), asked: 2 }).clusters).toHaveLength(2);
  });

  it('makes no group of one who is far out, unless that number was asked for', () => {
    for (const factor of [1e-9, 1e9]) {
      const task = company();
      task.columns[2]!.values[40] = 1e5 * factor;
      const answer = answered(task);
      // The one itself goes to whom it is nearest.
      expect(answer.clusters).toHaveLength(3);
      expect(answer.clusters[2]!.customers).toBeGreaterThanOrEqual(29);
      expect(answer.silhouettes.map(({ clusters }) => clusters)).toContain(3);
      expect(answered({ ...task, asked: 8 }).clusters).toHaveLength(8);
    }
    // Nothing holds a lone value in where half of the customers are equal.
    const lone = company();
    lone.columns = [{ ...lone.columns[1]!, values: new Float64Array(153).fill(5) }, lone.columns[0]!];
    lone.columns[0]!.values[7] = 1e12;
    expect(Math.min(...answered(lone).clusters.map(({ customers }) => customers))).toBeGreaterThanOrEqual(5);
  });

  it('refuses few customers, and customers who are alike', () => {
    const task = company();
    const few = { ...task, recencyDays: task.recencyDays.map((value, i) => (i < 10 ? value : Number.NaN)) };
    expect(clusterCustomers(few)).toEqual({ refused: 'few', customers: 10 });
    const alike = {
      ...task,
      columns: task.columns.map((each) => ({ ...each, values: new Float64Array(153).fill(7) })),
    };
    expect(clusterCustomers(alike)).toEqual({ refused: 'alike', customers: 150 });
  });
});

it('holes become nothing or the middle, and long tails are bent both ways', () => {
  const rows = Uint32Array.of(0, 1, 2, 3);
  const values = Float64Array.of(Number.NaN, 1, 3, 9);
  expect([...prepareColumn({ values, scale: 'linear', missing: 'middle' }, rows)]).toEqual([3, 1, 3, 9]);
  expect([...prepareColumn({ values, scale: 'linear', missing: 'zero' }, rows)]).toEqual([0, 1, 3, 9]);
  const [loss, gain] = prepareColumn(
    { values: Float64Array.of(-100, 100), scale: 'log', missing: 'zero' },
    Uint32Array.of(0, 1),
  );
  expect(loss).toBe(-gain!);
});

it('a portrait says what sets a cluster apart, and no value where it is kept', () => {
  const figures = {
    customers: 12,
    clv: 31,
    features: [
      { mean: 200, deviation: 0.9 },
      { mean: 1, deviation: -1.4 },
      { mean: 5, deviation: 0.1 },
    ],
  };
  const features = ['recencyDays', 'orders12m', 'averageOrder'] as const;
  expect(traitsOf(figures)).toEqual([
    { at: 1, side: 'low' },
    { at: 0, side: 'high' },
  ]);
  const shares = { share: 0.12, clvShare: 0.31 };
  expect(portraitOf(features, figures, shares, 'zh-CN')).toBe('低频、沉默中；占客户的 12%、价值的 31%');
  expect(portraitOf(features, figures, { share: 0.12, clvShare: null }, 'en-US')).toBe(
    'Infrequent, silent; 12% of customers',
  );
  const run = { clusterRunId: 3, features };
  expect(nameOfCluster(run, figures, 0, 'zh-CN')).toBe('客群 3-1 低频·沉默中');
  expect(nameOfCluster(run, { ...figures, features: [] }, 1, 'en-US')).toBe('Cluster 3-2: about average');
});
