import { minorDigits } from '@kezi/contract/currencies';

/** Margin where every order has one, else revenue: the two are never mixed in one sum. */
export type ValueBasis = 'margin' | 'revenue';

/** One row: what value is counted in. */
export const basisQuery = `select case when exists (select from customer_order)
    and not exists (select from customer_order where base_margin_minor is null) then 'margin' else 'revenue' end as basis`;

/**
 * A row an order as the lake counts it: customer_id, day (since 1970-01-01), amount_minor in hundredths of the base currency;
 * orders have its minor units, of which the yen has none.
 */
export function lakeLines(basis: ValueBasis, baseCurrency: string, where: string): string {
  const minor = basis === 'margin' ? 'base_margin_minor' : 'base_amount_minor';
  const digits = minorDigits(baseCurrency);
  const amount = digits === 2 ? minor : `round(${minor} * ${10 ** (2 - digits)}::numeric)::bigint`;
  return `select customer_id, ordered_on - date '1970-01-01' as day, ${amount} as amount_minor from customer_order ${where}`;
}
