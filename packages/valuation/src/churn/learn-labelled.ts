import { CodedError } from '@kezi/contract/errors';
import { randomFrom, type HistogramEngine } from '@kezi/stats';
import type { ClassifierName } from './churn-classifier.js';
import { churnModel, type ChurnModel } from './churn-model.js';
import type { ChurnLabel } from './label-words.js';
import { learnChurn, type ChurnRows } from './learn-churn.js';
import { planFeatures, readFeature, type PlannedFeatures } from './plan-features.js';
import { reportLearning, type LearningReport } from './report-churn.js';
import type { ChurnBatch } from './scored-batches.js';

/** Which rows are kept for the judgement: every n-th (0, n, 2n ...), or a share drawn by the seed. */
export type Holdout = { every: number } | { share: number };

interface LabelledOptions {
  model: ClassifierName | 'auto';
  holdout: Holdout;
  seed: number;
  engine: HistogramEngine;
  /** Features that the reader named himself: kept even where they tell the label. */
  insisted: ReadonlySet<string>;
}

/** The column that names the customers where the reader named none: the first that names each row, and is never empty. */
export function identifierOf(
  leftOut: PlannedFeatures['leftOut'],
  texts: ReadonlyMap<string, readonly string[]>,
): string | null {
  const names = leftOut.filter(({ reason }) => reason === 'identifier').map(({ name }) => name);
  return names.find((name) => texts.get(name)?.every((text) => text.trim() !== '') === true) ?? null;
}

export interface LabelledReport extends LearningReport, Pick<PlannedFeatures, 'leftOut' | 'suspicious'> {
  kind: 'label';
  label: { column: string; churned: string; stayed: string };
  rows: { read: number; labelled: number; churned: number };
}

interface LabelledLearning {
  model: ChurnModel;
  report: LabelledReport;
  /** All rows as the model reads them, those without a label too. */
  columns: Float64Array[];
}

/** Rows kept for the judgement, of those whose label is known. */
function heldOutRows(label: Float64Array, holdout: Holdout, seed: number): Uint8Array {
  if ('every' in holdout) return Uint8Array.from(label, (_, i) => Number(i % holdout.every === 0));
  const random = randomFrom(seed ^ 0x5eed);
  return Uint8Array.from(label, () => Number(random.uniform() < holdout.share));
}

/**
 * Learns from a table with a label: reads the columns, leaves out what teaches nothing or gives the answer away, learns, judges
 * on rows held out. CodedError churn.no_features where no column is left.
 */
export function learnLabelled(
  texts: ReadonlyMap<string, readonly string[]>,
  label: ChurnLabel,
  options: LabelledOptions,
): LabelledLearning {
  const { plans, columns, leftOut, suspicious } = planFeatures(texts, label.values, options.insisted);
  if (plans.length === 0) {
    throw new CodedError('churn.no_features', { columns: leftOut.map(({ name }) => name).join(', ') });
  }
  const heldOut = heldOutRows(label.values, options.holdout, options.seed);
  const rowsWhere = (side: number): ChurnRows => {
    const rows = Array.from(label.values.keys()).filter(
      (i) => heldOut[i] === side && !Number.isNaN(label.values[i]!),
    );
    return {
      columns: columns.map((column) => Float64Array.from(rows, (i) => column[i]!)),
      label: Float64Array.from(rows, (i) => label.values[i]!),
    };
  };
  const tested = rowsWhere(1);
  const learning = learnChurn(plans, rowsWhere(0), tested, options);
  const { column, churned, stayed } = label;
  const model = churnModel(learning, plans, {
    kind: 'label',
    silenceDays: null,
    label: { column, churned, stayed },
  });
  const known = label.values.filter((value) => !Number.isNaN(value));
  return {
    model,
    columns,
    report: {
      kind: 'label',
      label: { column, churned, stayed },
      rows: {
        read: label.values.length,
        labelled: known.length,
        churned: known.reduce((sum, value) => sum + value, 0),
      },
      leftOut,
      suspicious,
      ...reportLearning(learning, model, tested),
    },
  };
}

/** Rows of a table as a kept model reads them, and how many of its words the model has not seen. CodedError churn.features_missing. */
export function readForModel(
  model: ChurnModel,
  texts: ReadonlyMap<string, readonly string[]>,
): { columns: Float64Array[]; unknown: { name: string; rows: number }[] } {
  const missing = model.plans.filter((plan) => !texts.has(plan.name)).map((plan) => plan.name);
  if (missing.length > 0) throw new CodedError('churn.features_missing', { columns: missing.join(', ') });
  const columns = model.plans.map((plan) => readFeature(plan, texts.get(plan.name)!));
  const unknown = model.plans.flatMap((plan, j) => {
    const cells = texts.get(plan.name)!;
    const rows = cells.filter((text, i) => text.trim() !== '' && Number.isNaN(columns[j]![i]!)).length;
    return rows > 0 ? [{ name: plan.name, rows }] : [];
  });
  return { columns, unknown };
}

/** Rows at one go while scores are written: their contributions take a few MB. */
const BATCH = 4096;

/** Rows that are in memory anyway, in batches. */
export async function* batchesOf(
  ids: readonly string[],
  columns: readonly Float64Array[],
): AsyncGenerator<ChurnBatch> {
  for (let from = 0; from < ids.length; from += BATCH) {
    yield await Promise.resolve({
      ids: ids.slice(from, from + BATCH),
      columns: columns.map((column) => column.subarray(from, from + BATCH)),
    });
  }
}
