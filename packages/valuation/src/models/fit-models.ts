import type { PurchaseSummary } from '@kezi/stats';
import type { CustomerGroups } from '../attributes/group-customers.js';
import type { SpendTable } from '../features/spend.js';
import type { Triples } from '../features/triple.js';
import { isBehind, type Backtest } from './backtest.js';
import { chooseRule, type NaiveReason, type Rule } from './choose-rule.js';
import { fitGroups, type GroupFit } from './fit-groups.js';
import { fitPurchase, type PurchaseChoice, type WantedModel } from './fit-purchase.js';
import { fitSpend, type SpendChoice, type WantedSpend } from './fit-spend.js';
import { daysPerUnit, type TimeUnit } from './time-unit.js';

/** Triples as the models take them: recency and age in the time unit, not rounded. */
export function purchaseSummary(
  triples: Pick<Triples, 'frequency' | 'recencyDays' | 'ageDays' | 'weight'>,
  unit: TimeUnit,
): PurchaseSummary {
  const days = daysPerUnit[unit];
  return {
    frequency: triples.frequency,
    recency: triples.recencyDays.map((value) => value / days),
    age: triples.ageDays.map((value) => value / days),
    weight: triples.weight,
  };
}

export interface FittedModels extends SpendChoice {
  purchase: PurchaseChoice;
  /** The model in use, fitted to groups of customers; null where there are no groups, or no model. */
  groupFit: GroupFit | null;
  /** Why groups that were asked for do not give the figures; null where they do, or none were. */
  groupReason: GroupReason | null;
  /** What gives the figures: the purchase model or the naive rule. */
  rule: Rule;
}

/** Why the model without attributes stands in for the one with them. */
export type GroupReason = NaiveReason | 'lower-log-score';

/** The model in use by group, or why it is not used so. */
function fitToGroups(
  { model, naiveReason }: Rule,
  summary: PurchaseSummary,
  grouping: Grouping,
  tested: Backtest | null,
): Pick<FittedModels, 'groupFit' | 'groupReason'> {
  const { groups, group, ridge } = grouping;
  if (groups === null || group === null) return { groupFit: null, groupReason: null };
  if (model === null) return { groupFit: null, groupReason: naiveReason };
  const k = 'k' in model.parameters ? model.parameters.k : undefined;
  const groupFit = fitGroups(model.name, { summary, group }, groups, { ridge, k });
  if (groupFit.models.length === 0) {
    const { reason } = groupFit.kind === 'segments' ? groupFit.fit.pooled : groupFit.fit;
    return { groupFit, groupReason: reason ?? 'not-converged' };
  }
  return { groupFit, groupReason: isBehind(tested?.compared.groups ?? null) ? 'lower-log-score' : null };
}

/** Groups of customers that share a model, and the group of each row of the summary. */
interface Grouping {
  groups: CustomerGroups | null;
  group: Float64Array | null;
  ridge?: number | undefined;
}

/** The k that the calibration part settled for a regular model, so that the fit on everything need not look again. */
function knownK(tested: Backtest | null, name: WantedModel): number | undefined {
  const fit = tested?.compared.models.find((each) => each.name === name && each.judged !== null)?.fit;
  return fit && 'k' in fit.parameters ? Number(fit.parameters.k) : undefined;
}

/**
 * Fits how often customers order and how much; both outcomes are typed, nothing is thrown for odd data. 'auto' takes the model
 * that the back-test chose; without one the likelier of BG/NBD and MBG/NBD.
 */
export function fitModels(
  summary: PurchaseSummary,
  spend: SpendTable,
  wanted: { model: WantedModel; spend: WantedSpend },
  grouping: Grouping,
  tested: Backtest | null,
): FittedModels {
  const asked = wanted.model === 'auto' ? (tested?.compared.choice.name ?? 'auto') : wanted.model;
  // The naive rule needs no fit; the NBD is its twin among the models, and the cheapest to show beside it.
  const name = asked === 'naive' ? 'nbd' : asked;
  const purchase = fitPurchase(summary, name, knownK(tested, name));
  const rule: Rule =
    wanted.model === 'naive'
      ? { name: 'naive', model: null, naiveReason: 'naive-wanted' }
      : chooseRule(purchase, tested);
  return {
    purchase,
    ...fitSpend(spend, grouping.groups, wanted.spend),
    ...fitToGroups(rule, summary, grouping, tested),
    rule,
  };
}
