import type { PurchaseSummary } from '@kezi/stats';
import type { FittedModels } from '../models/fit-models.js';
import { horizonOfForever, valuedForever } from './score-forever.js';
import { scoreGroups } from './score-groups.js';
import { isScoredOnCells, scoreTriples, type ScoreTriplesOptions } from './score-triples.js';
import type { TripleScores } from './score-tabled.js';

type Settled = Pick<FittedModels, 'rule' | 'groupFit' | 'groupReason'>;

/** The models of the groups, where they give the figures. */
export const modelsInUse = ({ groupFit, groupReason }: Settled) =>
  groupFit !== null && groupReason === null ? groupFit.models : null;

/**
 * Scores each triple by what the run has settled on: the models of its groups, one model for all, or the naive rule. The value is
 * that of the horizon or, without end, of all orders to come: seasons then even out, and a drift is not taken to last for ever,
 * so neither corrects it.
 */
export async function scoreRun(
  settled: Settled,
  summary: PurchaseSummary,
  group: Float64Array | null,
  { isForever, ...options }: ScoreTriplesOptions & { isForever: boolean },
): Promise<{ scores: TripleScores; onCells: boolean }> {
  const near = await scoreWithin(settled, summary, group, options);
  if (!isForever) return near;
  const { discountPerUnit } = options;
  const horizon = horizonOfForever(discountPerUnit);
  const far = await scoreWithin(settled, summary, group, { ...options, horizon, correction: 1 });
  const models = modelsInUse(settled);
  const { model } = settled.rule;
  const modelOf =
    models !== null && group !== null
      ? (row: number) => models[group[row]!]!
      : model === null
        ? null
        : () => model;
  const scores = valuedForever(near.scores, far.scores, summary, modelOf, discountPerUnit);
  return { scores, onCells: near.onCells };
}

async function scoreWithin(
  settled: Settled,
  summary: PurchaseSummary,
  group: Float64Array | null,
  options: ScoreTriplesOptions,
): Promise<{ scores: TripleScores; onCells: boolean }> {
  const { rule } = settled;
  const models = modelsInUse(settled);
  if (group !== null && models !== null) return scoreGroups(models, { summary, group }, options);
  return { scores: await scoreTriples(rule, summary, options), onCells: isScoredOnCells(rule, summary) };
}
