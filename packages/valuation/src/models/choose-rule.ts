import type { FitReason } from '@kezi/stats';
import type { Backtest } from './backtest.js';
import { FEWEST_HOLDOUT_ORDERS } from './choose-candidate.js';
import type { FittedPurchaseModel, PurchaseChoice, PurchaseModelName } from './fit-purchase.js';

/** Why the naive rule stands in for the model. */
export type NaiveReason = FitReason | 'backtest-worse-than-naive' | 'naive-wanted';

export type Rule =
  | { name: PurchaseModelName; model: FittedPurchaseModel; naiveReason: null }
  | { name: 'naive'; model: null; naiveReason: NaiveReason };

/** With these the NBD that stands in for a richer model is no better founded than the naive rule. */
const TOO_LITTLE: readonly (FitReason | null)[] = ['no-customers', 'no-repeat-orders', 'too-few-repeaters'];

/** What was compared of the model in use, and of the naive rule. */
type Tested = Pick<Backtest, 'actualTotal' | 'betterError' | 'model' | 'naive'>;

/**
 * The rule that gives the figures: the fitted model, or the naive rule (same rate as before) when the model cannot be
 * trusted. Not trusted: it did not come to rest, there are too few customers, or in the back-test both its error a
 * customer and its error in total were larger than the naive rule's.
 */
export function chooseRule(
  choice: Pick<PurchaseChoice, 'model' | 'fit' | 'reason'>,
  backtest: Tested | null,
): Rule {
  const naive = (naiveReason: NaiveReason): Rule => ({ name: 'naive', model: null, naiveReason });
  if (choice.model === null || !choice.fit.converged || TOO_LITTLE.includes(choice.reason)) {
    return naive(choice.reason ?? choice.fit.reason ?? 'not-converged');
  }
  const told = backtest !== null && backtest.actualTotal >= FEWEST_HOLDOUT_ORDERS;
  if (told && backtest.betterError === 'naive') {
    const modelTotal = Math.abs(backtest.model.totalError ?? 0);
    const naiveTotal = Math.abs(backtest.naive.totalError ?? 0);
    if (modelTotal > naiveTotal) return naive('backtest-worse-than-naive');
  }
  return { name: choice.model.name, model: choice.model, naiveReason: null };
}
