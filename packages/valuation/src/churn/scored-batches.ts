import { explainChurn, scoreChurn, type ChurnModel } from './churn-model.js';
import type { FeaturePlan } from './plan-features.js';

/** Some customers with their features, in the order of the model's plans. */
export interface ChurnBatch {
  ids: readonly string[];
  columns: readonly Float64Array[];
}

/** Customers in batches; called once for each pass over them. */
export type ChurnSource = () => AsyncIterable<ChurnBatch>;

/** A feature that moves a customer, with its exact contribution to his log odds. */
export interface ChurnReason {
  feature: string;
  /** A number, a word, or empty where the value is missing. */
  value: string;
  contribution: number;
}

/** Some customers with what the model says of them. */
export interface ChurnScores {
  ids: readonly string[];
  probability: Float64Array;
  logOdds: Float64Array;
  /** 1 is the most likely to leave; null under a model that is not to be trusted, which gives everybody the same. */
  tenth: number[] | null;
  /** Largest first; none under such a model. */
  reasons: ChurnReason[][];
}

/** Reasons beside each customer. */
export const REASONS = 3;
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

function valueText(plan: FeaturePlan, value: number): string {
  if (Number.isNaN(value)) return '';
  return plan.kind === 'category' ? (plan.levels[value] ?? '') : String(Number(value.toPrecision(6)));
}

/** The features that move a customer most, largest first. */
function reasonsOf(
  { plans }: ChurnModel,
  batch: ChurnBatch,
  values: Float64Array,
  row: number,
): ChurnReason[] {
  const part = (j: number): number => values[row * plans.length + j]!;
  return plans
    .map((_, j) => j)
    .sort((a, b) => Math.abs(part(b)) - Math.abs(part(a)) || a - b)
    .slice(0, REASONS)
    .map((j) => ({
      feature: plans[j]!.name,
      value: valueText(plans[j]!, batch.columns[j]![row]!),
      contribution: part(j),
    }));
}

/** Everybody's scores with their reasons; `probability` is that of scoreAll, from which the tenths are cut. */
export async function* scoredBatches(
  model: ChurnModel,
  source: ChurnSource,
  probability: Float64Array,
): AsyncGenerator<ChurnScores> {
  const cuts = tenthCuts(probability);
  for await (const batch of source()) {
    const scores = scoreChurn(model, batch.columns);
    if (!model.trusted) {
      yield { ids: batch.ids, ...scores, tenth: null, reasons: [] };
      continue;
    }
    const { values } = explainChurn(model, batch.columns);
    yield {
      ids: batch.ids,
      ...scores,
      tenth: Array.from(scores.probability, (own) => tenthOf(own, cuts)),
      reasons: batch.ids.map((_, row) => reasonsOf(model, batch, values, row)),
    };
  }
}
