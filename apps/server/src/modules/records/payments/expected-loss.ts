import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { classesFrom, lossRates, lostAfterDays, type PaymentHistory } from './expected-loss.rules.js';

/** Receivables within a year, or still open, from which on they tell how a customer pays. */
const fewestOfCustomer = 3;

/** What came in later than so many days after it was due, of receivables r. */
const receivedAfter = (days: number): RawBuilder<unknown> => sql`
  coalesce((select sum(a.amount_minor) from payment_allocation a join payment p using (payment_id)
    where a.receivable_id = r.receivable_id and p.deleted_at is null and p.received_on > r.due_on + ${days}::int), 0)`;

async function readHistory(db: Db, asOf: string, currency: string): Promise<PaymentHistory> {
  // The first class holds the whole amount; the next ones begin the day after so many days.
  const open = classesFrom.map((from) =>
    from === 0 ? sql`r.amount_minor` : sql`r.amount_minor - r.received_minor + ${receivedAfter(from - 1)}`,
  );
  const { rows } = await sql<{ open: number[]; counts: number[]; lost: number; receivables: number }>`
    select count(*)::int as receivables, coalesce(sum(m.lost), 0)::float8 as lost,
      array[${sql.join(classesFrom.map((_, k) => sql`coalesce(sum(m.open[${sql.lit(k + 1)}]), 0)::float8`))}] as open,
      array[${sql.join(classesFrom.map((_, k) => sql`(count(*) filter (where m.open[${sql.lit(k + 1)}] > 0))::int`))}] as counts
    from (
      select array[${sql.join(open)}] as open, r.amount_minor - r.received_minor + ${receivedAfter(lostAfterDays)} as lost
      from receivable r
      where r.deleted_at is null and r.currency = ${currency} and r.due_on <= ${asOf}::date - ${lostAfterDays}::int
    ) m`.execute(db);
  const { open: openMinor = [], counts = [], lost = 0, receivables = 0 } = rows[0] ?? {};
  return {
    receivables,
    reached: openMinor.map((amount, k) => ({ receivables: counts[k] ?? 0, openMinor: amount })),
    lostMinor: lost,
  };
}

/** The provision matrix of the organisation as of a day, from its own receivables in one currency. */
export async function readProvisionMatrix(
  db: Db,
  asOf: string,
  currency: string,
): Promise<{ receivables: number; rates: number[] | null }> {
  const history = await readHistory(db, asOf, currency);
  return { receivables: history.receivables, rates: lossRates(history) };
}

/**
 * By customer, the share of what was billed in the year before a day, or is still open, that is expected not to come: what is open in
 * each class times its rate. Customers with fewer than three such receivables are left out.
 */
export async function expectedLosses(
  db: Db,
  asOf: string,
  currency: string,
  rates: readonly number[],
): Promise<{ customerId: number; share: number }[]> {
  const late = sql`(${asOf}::date - r.due_on)`;
  const classes = classesFrom
    .map((from, k) => sql`when ${late} >= ${from}::int then ${rates[k] ?? 0}::float8`)
    .slice(1)
    .toReversed();
  const { rows } = await sql<{ customerId: number; share: number }>`
    select m.customer_id as "customerId", (sum(m.open * m.rate) / sum(m.amount_minor))::float8 as share
    from (
      select r.customer_id, r.amount_minor, ${late} as late,
        case when ${late} > ${lostAfterDays}::int then 1 ${sql.join(classes, sql` `)} else ${rates[0] ?? 0}::float8 end as rate,
        r.amount_minor - r.received_minor
          + coalesce((select sum(a.amount_minor) from payment_allocation a join payment p using (payment_id)
            where a.receivable_id = r.receivable_id and p.deleted_at is null and p.received_on > ${asOf}::date), 0) as open
      from receivable r where r.deleted_at is null and r.currency = ${currency}
    ) m
    where m.open > 0 or m.late <= ${lostAfterDays}::int
    group by m.customer_id having count(*) >= ${fewestOfCustomer}::int
    order by m.customer_id`.execute(db);
  return rows;
}
