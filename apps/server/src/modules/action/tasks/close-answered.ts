import { sql, type QueryResult } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { listenTo } from '../../../platform/events/listen-to.js';

/**
 * Closes tasks that a rule made and whose wish has come true since: a promised meeting by a visit or meeting, everything else
 * by any word with the customer; a contract that ends only by the contract that follows it. What customers wait for has clocks
 * of its own (`kept`).
 * @param customerId null: of all customers
 */
export function answered(db: Db, customerId: number | null, now: Date): Promise<QueryResult<unknown>> {
  return sql`
    update task t set status = 'done', done_at = ${now.toISOString()}::timestamptz, done_by = i.created_by, done_interaction_id = i.interaction_id,
      row_version = t.row_version + 1, updated_at = now()
    from (
      select distinct on (o.task_id) o.task_id, a.interaction_id, a.created_by
      from task o
      left join interaction a on o.kind <> 'contract-end' and a.customer_id = o.customer_id and a.deleted_at is null
        and a.created_at >= o.created_at and (o.reopened_at is null or a.created_at > o.reopened_at)
        and a.happened_at >= o.created_at - interval '1 day' and a.kind <> 'note'
        and (o.kind <> 'meeting' or a.kind in ('visit', 'meeting'))
      where o.made_key is not null and o.status = 'open' and o.kind not in ('response', 'solution') and (${customerId}::bigint is null or o.customer_id = ${customerId}::bigint)
        and (a.interaction_id is not null or (o.kind = 'contract-end' and exists (
          select from contract later
          where later.customer_id = o.customer_id and later.deleted_at is null and later.status = 'signed'
            and later.contract_id <> (o.made ->> 'contractId')::bigint
            and (later.ends_on is null or later.ends_on > (o.made ->> 'endsOn')::date))))
      order by o.task_id, a.happened_at) i
    where t.task_id = i.task_id`.execute(db);
}

/** Closes the tasks of answers and solutions that were given. What nobody waits for any more is taken off the list, not done. */
export function kept(db: Db, now: Date): Promise<QueryResult<unknown>> {
  return sql`
    update task t set status = 'done', done_at = case t.kind when 'response' then k.responded_at else k.solved_at end,
      row_version = t.row_version + 1, updated_at = ${now.toISOString()}::timestamptz
    from service_clock k
    where t.kind in ('response', 'solution') and t.status = 'open' and t.made_key is not null
      and k.service_clock_id = (t.made ->> 'clockId')::bigint
      and case t.kind when 'response' then k.responded_at else k.solved_at end is not null`.execute(db);
}

async function closeAnswered(db: Db, customerId: number, now: Date): Promise<void> {
  const { numAffectedRows } = await answered(db, customerId, now);
  if ((numAffectedRows ?? 0n) > 0n)
    await emitEvent(db, 'task.changed', { taskId: null }, { audience: 'all' });
}

export const closeWhenMet = listenTo('interaction.changed', ({ customerId }, platform, db) =>
  closeAnswered(db, customerId, platform.clock.now()),
);
export const closeWhenRenewed = listenTo('contract.changed', ({ customerId }, platform, db) =>
  closeAnswered(db, customerId, platform.clock.now()),
);

/** What rules asked for ends with the erasure, whose reason the audit has; what somebody wrote down stays, under the number that is left. */
export const closeWhenErased = listenTo('customer.erased', async ({ customerId }, platform, db) => {
  const { numAffectedRows } = await sql`
    update task set status = 'cancelled', cancelled_because = 'customer-erased', cancelled_at = ${platform.clock.now().toISOString()}::timestamptz,
      row_version = row_version + 1, updated_at = ${platform.clock.now().toISOString()}::timestamptz
    where customer_id = ${customerId}::bigint and status = 'open' and made_key is not null`.execute(db);
  if ((numAffectedRows ?? 0n) > 0n)
    await emitEvent(db, 'task.changed', { taskId: null }, { audience: 'all' });
});
