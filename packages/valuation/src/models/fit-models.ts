import { fitGammaGamma, type PurchaseSummary, type SpendFit, type SpendModel } from '@kezi/stats';
import type { SpendTable } from '../features/spend.js';
import type { Triples } from '../features/triple.js';
import type { Backtest } from './backtest.js';
import { chooseRule, type Rule } from './choose-rule.js';
import { fitPurchase, type PurchaseChoice, type WantedModel } from './fit-purchase.js';
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

export interface FittedModels {
  purchase: PurchaseChoice;
  spend: SpendFit;
  /** The spend model to use; null where it did not come to rest, and a customer's own mean takes its place. */
  spendModel: SpendModel | null;
  /** What gives the figures: the purchase model or the naive rule. */
  rule: Rule;
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
  wanted: WantedModel,
  tested: Backtest | null,
): FittedModels {
  const asked = wanted === 'auto' ? (tested?.compared.choice.name ?? 'auto') : wanted;
  // The naive rule needs no fit; the NBD is its twin among the models, and the cheapest to show beside it.
  const name = asked === 'naive' ? 'nbd' : asked;
  const purchase = fitPurchase(summary, name, knownK(tested, name));
  const spendFit = fitGammaGamma(spend);
  const spendModel: SpendModel | null = spendFit.converged
    ? { name: 'gamma-gamma', parameters: spendFit.parameters }
    : null;
  const rule: Rule =
    wanted === 'naive'
      ? { name: 'naive', model: null, naiveReason: 'naive-wanted' }
      : chooseRule(purchase, tested);
  return { purchase, spend: spendFit, spendModel, rule };
}
