import { sql } from 'kysely';
import type { Db } from '../platform/db/scoped-db.js';

/** Sums of amounts may end in another digit where rows are added in another order. */
export const rounded = (looks: readonly unknown[]): unknown =>
  JSON.parse(
    JSON.stringify(looks, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value,
    ),
  );

/** All warnings, but for what a second one would be called. */
export async function warningsIn(db: Db): Promise<unknown> {
  const { rows } = await sql`
    select customer_id, detector_id, status, score, value_at_risk, clv, evidence, play, raised_on::text, due_on::text,
      seen_on::text, times_seen, snoozed_until::text, outcome
    from warning order by 1, 2, raised_on, status, closed_at`.execute(db);
  return rounded(rows);
}
