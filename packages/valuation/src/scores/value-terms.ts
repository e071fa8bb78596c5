import { CodedError } from '@kezi/contract/errors';

/** What is taken from the value of a customer's orders. Amounts in major units of the currency of the orders. */
export interface ValueCosts {
  /** Cost to serve: a share of the value, an amount an order, and an amount a year that a customer is looked after. */
  share: number;
  perOrder: number;
  perYear: number;
  /** Share of the value that is expected not to be paid. */
  creditLoss: number;
}

/** Costs of a run that deducts nothing but what its customers themselves are expected not to pay. */
export const NO_COSTS: ValueCosts = { share: 0, perOrder: 0, perYear: 0, creditLoss: 0 };

/** Costs as they are asked for: what is left out takes nothing. */
export type WantedCosts = { [Name in keyof ValueCosts]?: number | undefined };

/** What value means in a run, beside horizon and discount. */
export interface ValueTerms {
  /** All orders to come count, however late, in place of those of the horizon. */
  isForever: boolean;
  /** Null where nothing is deducted. */
  costs: ValueCosts | null;
}

/** Costs as they are asked for; null where they take nothing. */
export function costsOf(wanted: WantedCosts | undefined): ValueCosts | null {
  const { share = 0, perOrder = 0, perYear = 0, creditLoss = 0 } = wanted ?? {};
  return share + perOrder + perYear + creditLoss > 0 ? { share, perOrder, perYear, creditLoss } : null;
}

/**
 * CodedError for terms that do not go together: shares that take everything; orders without end that are not discounted; and a cost a year without
 * end, which would be charged long after a customer has left.
 */
export function checkTerms({ isForever, costs }: ValueTerms, discountRate: number): void {
  if (costs !== null && costs.share + costs.creditLoss >= 1) throw new CodedError('valuation.costs_take_all');
  if (!isForever) return;
  if (!(discountRate > 0)) throw new CodedError('valuation.forever_needs_discount');
  if (costs !== null && costs.perYear > 0) throw new CodedError('valuation.yearly_cost_needs_horizon');
}

/**
 * Costs as they bear on scores: what is kept of an order that brings `spend` is spend x kept - perOrder; a customer costs `served` over the horizon,
 * times his P(alive) of today. That P(alive) falls meanwhile is left out, so that the cost is rather too high. hasOwnLosses: of customers in
 * the table credit_loss, their own share stands in the place of creditLoss.
 */
export interface Deductions extends ValueCosts {
  kept: number;
  served: number;
  hasOwnLosses: boolean;
}

/** `years`: discounted years of the horizon, the integral of e^(-d t). */
export function deductionsOf(
  costs: ValueCosts | null,
  years: number,
  hasOwnLosses = false,
): Deductions | null {
  if (costs === null && !hasOwnLosses) return null;
  const { share, creditLoss, ...amounts } = costs ?? NO_COSTS;
  const kept = 1 - share - creditLoss;
  return { share, creditLoss, ...amounts, kept, served: amounts.perYear * years, hasOwnLosses };
}

/** Discounted length of a horizon in its own unit: (1 - e^(-d h)) / d. */
export const discountedLength = (horizon: number, discountPerUnit: number): number =>
  discountPerUnit > 0 ? -Math.expm1(-discountPerUnit * horizon) / discountPerUnit : horizon;
