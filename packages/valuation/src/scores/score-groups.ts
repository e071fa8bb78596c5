import type { PurchaseSummary } from '@kezi/stats';
import { pickRows, rowsByGroup } from '../models/fit-groups.js';
import type { FittedPurchaseModel } from '../models/fit-purchase.js';
import { isScoredOnCells, scoreTriples, type ScoreTriplesOptions } from './score-triples.js';
import type { TripleScores } from './score-tabled.js';

/** Scores each triple by the model of its group. */
export async function scoreGroups(
  models: readonly FittedPurchaseModel[],
  { summary, group }: { summary: PurchaseSummary; group: Float64Array },
  options: ScoreTriplesOptions,
): Promise<{ scores: TripleScores; onCells: boolean }> {
  let scores: TripleScores | null = null;
  let onCells = false;
  for (const [grp, rows] of rowsByGroup(group, models.length).entries()) {
    if (rows.length === 0) continue;
    const model = models[grp]!;
    const rule = { name: model.name, model, naiveReason: null };
    const part = pickRows(summary, rows);
    const own = await scoreTriples(rule, part, options);
    onCells ||= isScoredOnCells(rule, part);
    const all = (scores ??= Object.fromEntries(
      Object.keys(own).map((name) => [name, new Float64Array(group.length)]),
    ) as unknown as TripleScores);
    for (const name of Object.keys(own) as (keyof TripleScores)[])
      rows.forEach((row, i) => (all[name][row] = own[name][i]!));
  }
  // A run has customers, so some group has rows.
  return { scores: scores!, onCells };
}
