import type { PurchaseSummary } from '@kezi/stats';
import type { FittedModels } from '../models/fit-models.js';
import { scoreGroups } from './score-groups.js';
import {
  isScoredOnCells,
  scoreTriples,
  type ScoreTriplesOptions,
  type TripleScores,
} from './score-triples.js';

/** Scores each triple by what the run has settled on: the models of its groups, one model for all, or the naive rule. */
export async function scoreRun(
  { rule, groupFit, groupReason }: Pick<FittedModels, 'rule' | 'groupFit' | 'groupReason'>,
  summary: PurchaseSummary,
  group: Float64Array | null,
  options: ScoreTriplesOptions,
): Promise<{ scores: TripleScores; onCells: boolean }> {
  if (group !== null && groupFit !== null && groupReason === null)
    return scoreGroups(groupFit.models, { summary, group }, options);
  return { scores: await scoreTriples(rule, summary, options), onCells: isScoredOnCells(rule, summary) };
}
