import { compareLogScores } from '@kezi/stats';
import type { CustomerGroups } from '../attributes/group-customers.js';
import { fitGroups, hasCovariates } from './fit-groups.js';
import { judgeModel, type HeldRows, type JudgedModel, type ModelJudgement } from './judge-candidates.js';

/** How the model did on the hold-out with the attributes, beside itself without. */
export interface GroupJudgement {
  /** Null where the fit on the calibration part cannot be trusted. */
  judged: ModelJudgement | null;
  /** Mean gain in ln P(orders that came) a customer over the model without attributes, and its standard error. */
  gain: number | null;
  standardError: number | null;
}

/** Fits the tested model to the groups of the calibration part and lets it predict the hold-out. */
export function judgeGroups(
  rows: HeldRows,
  tested: JudgedModel & { judged: ModelJudgement },
  groups: CustomerGroups,
  ridge: number | undefined,
): GroupJudgement {
  const none = { judged: null, gain: null, standardError: null };
  if (rows.group === null || (groups.kind === 'covariates' && !hasCovariates(tested.name))) return none;
  const { group, summary } = rows;
  const { parameters } = tested.judged.model;
  const k = 'k' in parameters ? parameters.k : undefined;
  const fit = fitGroups(tested.name, { summary, group }, groups, { ridge, k });
  if (fit.models.length === 0) return none;
  const judged = judgeModel(rows, tested.judged.model, (i) => fit.models[group[i]!]!);
  const { gap, standardError } = compareLogScores(judged.logScores, tested.judged.logScores, summary.weight);
  return { judged, gain: gap, standardError };
}
