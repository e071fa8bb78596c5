import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import { dayIn } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { inParts, moveCustomers } from '../ownership/index.js';
import { due } from './due-customers.js';
import { getRule } from './recycle-rules.js';
import { termsOf } from './switch-rule.js';

interface Night {
  today: string;
  timeZone: string;
  now: Date;
}

/** The rules that are on, of one pool or of all, in the order in which they were written. */
async function rulesThatAreOn(db: Db, poolId: number | null): Promise<number[]> {
  const rows = await db
    .selectFrom('recycle_rule')
    .where('is_on', '=', true)
    .$if(poolId !== null, (some) => some.where('pool_id', '=', poolId))
    .select('recycle_rule_id')
    .orderBy('recycle_rule_id')
    .execute();
  return rows.map((row) => row.recycle_rule_id);
}

/**
 * Tells owners of customers that will be recycled, and takes the warning back where they have done something. Nobody
 * loses a customer sooner than so many days after the warning, whatever the rule would allow.
 * @returns how many were told of now
 */
async function warnOwners(db: Db, ruleId: number, night: Night): Promise<number> {
  const { today, timeZone } = night;
  const rule = await getRule(db, ruleId);
  const terms = await termsOf(db, rule);
  const { rows } = await sql<{ owner_id: number; customers: number }>`
    with recursive ${due(terms, timeZone)},
    near as materialized (select * from due where due_on <= ${today}::date + ${rule.warnDays}::int),
    -- Of a customer that is no longer near, the warning goes; one that two rules take is told of by the first.
    gone as (
      delete from recycle_notice n where n.recycle_rule_id = ${ruleId}
        and not exists (select from near where near.customer_id = n.customer_id)),
    told as (
      insert into recycle_notice (customer_id, recycle_rule_id, owner_id, team_id, warned_on, due_on)
      select customer_id, ${ruleId}::int, owner_id, team_id, ${today}::date,
        greatest(due_on, ${today}::date + ${rule.warnDays}::int)
      from near on conflict (customer_id) do nothing returning owner_id)
    select owner_id, count(*)::int as customers from told group by owner_id order by owner_id`.execute(db);
  for (const { owner_id: ownerId, customers } of rows) {
    await emitEvent(db, 'recycle.warned', { ownerId, customers }, { audience: { userId: ownerId } });
  }
  const told = rows.reduce((sum, row) => sum + row.customers, 0);
  if (told > 0) {
    await writeAudit(db, {
      action: 'recycle_rule.warned',
      subject: 'recycle_rule',
      subjectId: ruleId,
      changes: { customers: told },
    });
  }
  return told;
}

/** The customers that a rule has warned of and whose day has come. */
async function warnedOf(db: Db, ruleId: number, { today }: Night): Promise<number[]> {
  const { rows } = await sql<{ customer_id: number }>`
    select customer_id from recycle_notice
    where recycle_rule_id = ${ruleId} and due_on <= ${today}::date order by customer_id`.execute(db);
  return rows.map((row) => row.customer_id);
}

/** Takes those of some customers who are still left alone. @returns how many */
async function recyclePart(
  db: Db,
  ruleId: number,
  night: Night & { customerIds: readonly number[] },
): Promise<number> {
  const { today, timeZone, now } = night;
  const rule = await getRule(db, ruleId);
  if (!rule.isOn) return 0;
  const pool = await db
    .selectFrom('pool')
    .where('pool_id', '=', rule.poolId)
    .select('team_id')
    .executeTakeFirstOrThrow();
  const terms = await termsOf(db, rule);
  const { rows } = await sql<{ customer_id: number }>`
    with recursive ${due(terms, timeZone, night.customerIds)}
    select n.customer_id from recycle_notice n join due using (customer_id)
    where n.recycle_rule_id = ${ruleId} and n.due_on <= ${today}::date and due.due_on <= ${today}::date
    order by n.customer_id`.execute(db);
  const moved = await moveCustomers(db, {
    customerIds: rows.map((row) => row.customer_id),
    to: { ownerId: null, teamId: pool.team_id },
    why: { manner: 'recycle', reason: rule.name, poolId: rule.poolId },
    now,
  });
  if (moved.length > 0) await emitEvent(db, 'pool.changed', { poolId: rule.poolId }, { audience: 'all' });
  return moved.length;
}

/** One night of recycling: every rule that is on warns, then takes. */
export async function recycleCustomers(
  job: JobContext,
  { poolId, now }: { poolId: number | null; now: Date },
): Promise<{ warned: number; recycled: number }> {
  const { timeZone } = await job.asSystem((db) => readSettings(db));
  const night = { today: dayIn(timeZone, now), timeZone, now };
  const ruleIds = await job.asSystem((db) => rulesThatAreOn(db, poolId));
  let warned = 0;
  let recycled = 0;
  for (const [at, ruleId] of ruleIds.entries()) {
    await job.report({ stage: 'recycle', done: at, total: ruleIds.length });
    warned += await job.asSystem((db) => warnOwners(db, ruleId, night));
    const warnedIds = await job.asSystem((db) => warnedOf(db, ruleId, night));
    recycled += await inParts(job, { customerIds: warnedIds, stage: 'recycle' }, (customerIds) =>
      job.asSystem((db) => recyclePart(db, ruleId, { ...night, customerIds })),
    );
  }
  await job.report({ stage: 'recycle', done: ruleIds.length, total: ruleIds.length });
  return { warned, recycled };
}
