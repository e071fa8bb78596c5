import { CodedError } from '@kezi/contract/errors';
import {
  classificationReport,
  compareClusterCounts,
  customerModels,
  fitBdw,
  fitBoostedTrees,
  fitCox,
  fitKMeans,
  fitLogistic,
  fitSbg,
  kaplanMeier,
  predictBoostedTrees,
  predictLogistic,
  type FeatureTable,
} from '@kezi/stats';
import { featureNames, needed, type FitFlags, type FittedKind } from './fitted-kind.js';
import { featuresOf } from './model-features.js';
import { hazard } from './model-hazard-fit.js';
import { purchaseKind } from './model-purchase-fits.js';
import { gammaGamma } from './model-spend-fit.js';
import { binaryOf, numbersOf, pickRows, readTable, type ModelTable } from './model-table.js';

function contractKind(fit: typeof fitSbg | typeof fitBdw): FittedKind {
  return {
    columns: 'period,survivors',
    takes: [],
    fit: async (file) => {
      const table = await readTable(file, ['period', 'survivors']);
      const period = numbersOf(table, 'period');
      const survivors = numbersOf(table, 'survivors');
      table.lines.forEach((line, i) => {
        const rises = i === 0 || (period[i]! > period[i - 1]! && survivors[i]! <= survivors[i - 1]!);
        const whole = Number.isInteger(period[i]) && period[i]! >= 0;
        if (!whole || !rises || survivors[i]! < 0)
          throw new CodedError('models.bad_retention', {
            line,
            period: period[i]!,
            survivors: survivors[i]!,
          });
      });
      return fit({ period, survivors });
    },
  };
}

function readFor(file: string, flags: FitFlags, others: readonly string[]): Promise<ModelTable> {
  const { features = [] } = flags;
  return readTable(file, features === 'all' ? 'all' : [...new Set([...others, ...features])]);
}

async function readLifetimes(file: string, flags: FitFlags) {
  const names = [needed('--duration', flags.duration), needed('--event', flags.event)] as const;
  const table = await readFor(file, flags, names);
  const duration = numbersOf(table, names[0]);
  const bad = duration.findIndex((value) => value < 0);
  if (bad >= 0)
    throw new CodedError('models.bad_duration', { line: table.lines[bad]!, text: duration[bad]! });
  return { table, lifetimes: { duration, event: binaryOf(table, names[1]).values }, names };
}

const survival: Record<'kaplan-meier' | 'cox', FittedKind> = {
  'kaplan-meier': {
    columns: '--duration, --event',
    takes: ['duration', 'event'],
    fit: async (file, flags) => {
      const { lifetimes, names } = await readLifetimes(file, { ...flags, features: [] });
      return { columns: { duration: names[0] }, ...kaplanMeier(lifetimes) };
    },
  },
  cox: {
    columns: '--duration, --event, --features',
    takes: ['duration', 'event', 'features'],
    fit: async (file, flags) => {
      const { table, lifetimes, names } = await readLifetimes(file, flags);
      const { table: features, ...coding } = featuresOf(
        table,
        featureNames(flags, table, names),
        'treatment',
      );
      return { name: 'cox', columns: { duration: names[0] }, ...fitCox(lifetimes, features), coding };
    },
  },
};

type Learn = (
  features: FeatureTable,
  label: Float64Array,
  words: string[],
) => { predict: Predict; fit: object };
type Predict = (features: FeatureTable) => Float64Array;

/** Fits on the rows that are not held out and judges the model on those that are. */
function classifierKind(name: string, coding: 'codes' | 'treatment', learn: Learn): FittedKind {
  return {
    columns: '--label, --features [--holdout-every]',
    takes: ['label', 'features', 'holdoutEvery'],
    fit: async (file, flags) => {
      const labelName = needed('--label', flags.label);
      const data = await readFor(file, flags, [labelName]);
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

const logistic = classifierKind('logistic', 'treatment', (features, label) => {
  const fit = fitLogistic(features, label);
  return { fit, predict: (rows) => predictLogistic(fit.model, rows) };
});

const trees = classifierKind('gbdt', 'codes', (features, label, words) => {
  const fit = fitBoostedTrees(features, label, { categories: words });
  return { fit, predict: (rows) => predictBoostedTrees(fit.model, rows) };
});

const kMeans: FittedKind = {
  columns: '--features [--clusters]',
  takes: ['features', 'clusters'],
  fit: async (file, flags) => {
    const data = await readFor(file, flags, []);
    const { table, ...coding } = featuresOf(data, featureNames(flags, data, []), 'treatment');
    const counts = flags.clusters === undefined ? compareClusterCounts(table) : null;
    const clusters = flags.clusters ?? counts?.bySilhouette ?? 1;
    const { labels, ...fit } = fitKMeans(table, clusters);
    return { name: 'k-means', ...fit, coding, labels: Array.from(labels), ...(counts ? { counts } : {}) };
  },
};

/** All models by name: the one place where a name on the command line becomes a fit. */
export const fittedKinds: Readonly<Record<string, FittedKind>> = {
  ...Object.fromEntries(
    (Object.keys(customerModels) as (keyof typeof customerModels)[]).map((name) => [
      name,
      purchaseKind(name),
    ]),
  ),
  'gamma-gamma': gammaGamma,
  sbg: contractKind(fitSbg),
  bdw: contractKind(fitBdw),
  hazard,
  ...survival,
  logistic,
  gbdt: trees,
  kmeans: kMeans,
};
