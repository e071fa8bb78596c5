import type { BucketTotals } from '../lake/lake-manifest.js';

/** Whether there are returns and free lines among the lines: where there are none, nobody has to look for them. */
export type LineKinds = Pick<BucketTotals, 'returnLines' | 'freeLines'>;

/**
 * Days that are order days. A day whose lines add up to more than nothing is one; so is a day with nothing but free
 * lines (amount 0). A day of returns is none, nor is one whose returns eat up the orders.
 */
function orderDayRule({ returnLines, freeLines }: LineKinds): { extra: string; where: string } {
  if (returnLines === 0) return { extra: '', where: '' };
  if (freeLines === 0) return { extra: '', where: ' WHERE net_minor > 0' };
  return {
    extra: ', min(amount_minor) AS smallest_minor',
    where: ' WHERE net_minor > 0 OR (net_minor = 0 AND smallest_minor = 0)',
  };
}

/**
 * One row: an order day of a customer. net_minor: sum of his lines of the day, returns taken off, in hundredths; never
 * null. Several orders of a day are one. A double, exact up to 90 trillion units: sums of 64-bit numbers as 128-bit ones
 * take a sixth longer. Both engines are asked this, DuckDB and PostgreSQL: a type has the name that both know.
 */
export function orderDayQuery(lines: string, totals: LineKinds, lastDay: number | null): string {
  const { extra, where } = orderDayRule(totals);
  const until = lastDay === null ? '' : ` WHERE day <= ${lastDay}`;
  return `SELECT customer_id, day, net_minor FROM (SELECT customer_id, day, sum(CAST(amount_minor AS FLOAT8)) AS net_minor${extra} FROM ${lines}${until} GROUP BY customer_id, day) AS d${where}`;
}
