import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError } from '@kezi/contract/errors';
import { inertCell } from '@kezi/tabular';
import { writeWhole } from '../scores/write-scores.js';
import { explainChurn, scoreChurn, type ChurnModel } from './churn-model.js';
import type { FeaturePlan } from './plan-features.js';

/** Some customers with their features, in the order of the model's plans. */
export interface ChurnBatch {
  ids: readonly string[];
  columns: readonly Float64Array[];
}

/** Customers in batches; called once for each pass over them. */
type ChurnSource = () => AsyncIterable<ChurnBatch>;

/** Reasons beside each customer. */
const REASONS = 3;
const TENTHS = 10;

/** Probabilities above which a customer belongs to the first, the first two ... tenths; equal ones stay together. */
export function tenthCuts(probability: Float64Array): Float64Array {
  const falling = Float64Array.from(probability).sort().reverse();
  return Float64Array.from(
    { length: TENTHS - 1 },
    (_, k) => falling[Math.ceil(((k + 1) * falling.length) / TENTHS) - 1] ?? 0,
  );
}

const tenthOf = (probability: number, cuts: Float64Array): number =>
  1 + cuts.reduce((count, cut) => count + Number(probability < cut), 0);

/** Scores everybody once; memory is eight bytes a customer. */
export async function scoreAll(model: ChurnModel, source: ChurnSource): Promise<Float64Array> {
  const parts: Float64Array[] = [];
  for await (const { columns } of source()) parts.push(scoreChurn(model, columns).probability);
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const cell = (text: string): string => {
  const inert = inertCell(text);
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

function valueText(plan: FeaturePlan, value: number): string {
  if (Number.isNaN(value)) return '';
  return plan.kind === 'category' ? cell(plan.levels[value] ?? '') : String(Number(value.toPrecision(6)));
}

/** The features that move a customer most, largest first. */
function reasonsOf(model: ChurnModel, batch: ChurnBatch, values: Float64Array, row: number): string {
  const { plans } = model;
  const part = (j: number): number => values[row * plans.length + j]!;
  const order = plans
    .map((_, j) => j)
    .sort((a, b) => Math.abs(part(b)) - Math.abs(part(a)) || a - b)
    .slice(0, REASONS);
  const cells = order.map(
    (j) => `${cell(plans[j]!.name)},${valueText(plans[j]!, batch.columns[j]![row]!)},${part(j).toFixed(4)}`,
  );
  while (cells.length < REASONS) cells.push(',,');
  return cells.join(',');
}

async function* csvLines(model: ChurnModel, source: ChurnSource, cuts: Float64Array): AsyncGenerator<string> {
  const numbers = Array.from({ length: REASONS }, (_, k) => k + 1);
  const reasons = numbers.map((k) => `reason_${k},value_${k},contribution_${k}`).join(',');
  yield `id,probability,tenth,log_odds,${reasons}\n`;
  for await (const batch of source()) {
    const { logOdds, probability } = scoreChurn(model, batch.columns);
    const values = model.trusted ? explainChurn(model, batch.columns).values : null;
    const lines = batch.ids.map((id, i) => {
      const start = `${cell(id)},${probability[i]!.toFixed(6)}`;
      if (values === null) return `${start},,${',,,'.repeat(REASONS)}\n`;
      return `${start},${tenthOf(probability[i]!, cuts)},${logOdds[i]!.toFixed(4)},${reasonsOf(model, batch, values, i)}\n`;
    });
    yield lines.join('');
  }
}

/** CodedError churn.out_format unless the file's name says CSV. */
export function checkOut(path: string): void {
  if (!/\.csv$/i.test(path)) throw new CodedError('churn.out_format', { path });
}

/**
 * Writes one row a customer: probability, tenth (1 is the most likely to leave), and the three features that move him most,
 * with their exact contributions to his log odds. A model that is not to be trusted gives the rate of all, and no reasons.
 */
export async function writeChurnScores(
  model: ChurnModel,
  source: ChurnSource,
  probability: Float64Array,
  path: string,
): Promise<void> {
  const cuts = tenthCuts(probability);
  await writeWhole(path, (aside) =>
    pipeline(Readable.from(csvLines(model, source, cuts)), createWriteStream(aside)),
  );
}
