import { sql, type RawBuilder } from 'kysely';

/**
 * The period of a customer `c` that stands: the open one or, after an undo, the one that the undo brought back. Whoever had a
 * customer before has it as if it had never been taken: neither protection nor cool-down begins anew.
 */
export const standingPeriod: RawBuilder<unknown> = sql`(
  select * from ownership_period p where p.customer_id = c.customer_id and p.manner <> 'undo'
    and p.holder_id is not distinct from c.owner_id and p.holder_team_id is not distinct from c.team_id
  order by p.ownership_period_id desc limit 1)`;

/** Whether a period `o` was taken back: nobody has lost by its end what they had by a slip. */
export const wasUndone: RawBuilder<boolean> = sql<boolean>`coalesce((
  select n.manner = 'undo' from ownership_period n
  where n.customer_id = o.customer_id and n.ownership_period_id > o.ownership_period_id
  order by n.ownership_period_id limit 1), false)`;
