import {
  classificationReport,
  compareClusterCounts,
  fitBoostedTrees,
  fitKMeans,
  fitLogistic,
  predictBoostedTrees,
  predictLogistic,
  type FeatureTable,
} from '@kezi/stats';
import { featuresOf } from './bench-features.js';
import { binaryOf, pickRows } from './bench-table.js';
import { featureNames, needed, type FittedKind } from './fitted-kind.js';

type Predict = (features: FeatureTable) => Float64Array;
type Learn = (
  features: FeatureTable,
  label: Float64Array,
  words: string[],
) => { predict: Predict; fit: object };

/** Fits on the rows that are not held out and judges the model on those that are. */
function classifierKind(name: string, coding: 'codes' | 'treatment', learn: Learn): FittedKind {
  return {
    columns: [],
    optional: [],
    needs: ['label', 'features'],
    takes: ['label', 'features', 'holdoutEvery'],
    fit: (data, flags) => {
      const labelName = needed('label', flags.label);
      const { values: label, positive } = binaryOf(data, labelName);
      const { table, ...coded } = featuresOf(data, featureNames(flags, data, [labelName]), coding);
      const every = flags.holdoutEvery ?? 0;
      const isHeldOut = (row: number): boolean => every > 0 && row % every === 0;
      const rows = Array.from(label, (_, row) => row);
      const kept = rows.filter((row) => !isHeldOut(row));
      const held = rows.filter(isHeldOut);
      const labels = (of: readonly number[]): Float64Array => Float64Array.from(of, (row) => label[row]!);
      const { fit, predict } = learn(pickRows(table, kept), labels(kept), Object.keys(coded.levels));
      const answer = { name, label: { column: labelName, positive }, ...fit, coding: coded };
      if (held.length === 0) return answer;
      const judged = classificationReport(labels(held), predict(pickRows(table, held)));
      return { ...answer, holdout: { ...judged, topDecileLift: judged.lift[0]?.lift ?? null } };
    },
  };
}

export const logisticKind = classifierKind('logistic', 'treatment', (features, label) => {
  const fit = fitLogistic(features, label);
  return { fit, predict: (rows) => predictLogistic(fit.model, rows) };
});

export const treesKind = classifierKind('gbdt', 'codes', (features, label, words) => {
  const fit = fitBoostedTrees(features, label, { categories: words });
  return { fit, predict: (rows) => predictBoostedTrees(fit.model, rows) };
});

export const clustersKind: FittedKind = {
  columns: [],
  optional: [],
  needs: ['features'],
  takes: ['features', 'clusters'],
  fit: (data, flags) => {
    const { table, ...coding } = featuresOf(data, featureNames(flags, data, []), 'treatment');
    const counts = flags.clusters === undefined ? compareClusterCounts(table) : null;
    const clusters = flags.clusters ?? counts?.bySilhouette ?? 1;
    const { labels, ...fit } = fitKMeans(table, clusters);
    return { name: 'k-means', ...fit, coding, labels: Array.from(labels), ...(counts ? { counts } : {}) };
  },
};
