import type { TierDecision, TierDecisionQuery, TierDecideInput, TierOverrideInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { inSegments, type Reader } from '../../records/customers/index.js';
import { holdCustomer } from '../../records/hold-customer.js';
import { moveTiers } from './show-tiers.js';
import { tiersInForce } from './runs.queries.js';

const tierJson = (alias: string) =>
  sql.raw(`case when ${alias}.tier_id is null then null else jsonb_build_object('tierId', ${alias}.tier_id,
    'rank', ${alias}.rank, 'name', ${alias}.name, 'badge', ${alias}.badge) end`);

/**
 * What waits for a decision, or was decided; those worth most first would hide what came last, so the newest first.
 * @throws CodedError app.cursor_invalid, segments.not_found, segments.not_usable
 */
export async function listDecisions(
  db: Db,
  reader: Reader,
  query: TierDecisionQuery,
): Promise<{ items: TierDecision[]; nextCursor: string | null }> {
  const before = query.cursor === undefined ? null : Number(decodeCursor(query.cursor, 1)[0]);
  if (before !== null && !Number.isSafeInteger(before)) throw new CodedError('app.cursor_invalid');
  const among = await inSegments(db, reader, query.segmentId);
  const { rows } = await sql<TierDecision>`
    select d.tier_decision_id as "tierDecisionId", d.kind, d.customer_id as "customerId",
      c.customer_no as "customerNo", c.name as "customerName", owner.name as "ownerName",
      ${tierJson('f')} as "fromTier", ${tierJson('t')} as "toTier", d.status, d.reason, d.note,
      d.effective_on as "effectiveOn", d.expires_on as "expiresOn", asker.name as "requestedByName",
      decider.name as "decidedByName", c.clv, d.tier_run_id as "tierRunId",
      run.status as "runStatus",
      coalesce(d.kind = 'override' and d.requested_by = ${reader.userId}::int, false) as "isOwn", d.row_version as "rowVersion"
    from tier_decision d
      join register_entry c on c.customer_id = d.customer_id
      left join tier_run run on run.tier_run_id = d.tier_run_id
      join tier t on t.tier_id = d.to_tier_id left join tier f on f.tier_id = d.from_tier_id
      left join colleague owner on owner.user_id = d.owner_id
      left join colleague asker on asker.user_id = d.requested_by
      left join colleague decider on decider.user_id = d.decided_by
    where d.status = ${query.status} and ${among('d.customer_id')} and ${query.kind ?? null}::text is not distinct from
        case when ${query.kind ?? null}::text is null then null else d.kind end
      and d.tier_decision_id < ${before ?? Number.MAX_SAFE_INTEGER}::bigint
    order by d.tier_decision_id desc limit ${query.limit + 1}`.execute(db);
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.tierDecisionId]) : null };
}

interface Deciding {
  userId: number;
  today: string;
  now: Date;
}

/** Lists of what waits, and tiers of customers, are open on other desks too. */
const tellPages = (db: Db) => emitEvent(db, 'tiers.changed', { tierRunId: null }, { audience: 'all' });

/**
 * Approves or refuses what waits: some by number, or all demotions of a run. Approved demotions of a run that is not in force yet
 * hold from its first day; others from today.
 * @throws CodedError tiers.decided, tiers.own_request
 */
export async function decideTiers(
  db: Db,
  input: TierDecideInput,
  { userId, today, now }: Deciding,
): Promise<number> {
  const which =
    input.ids === undefined
      ? sql`d.tier_run_id = ${input.tierRunId ?? 0}::bigint and d.kind = 'demotion'`
      : sql`d.tier_decision_id = any (${input.ids}::bigint[])`;
  // A change of tier by hand needs a second pair of eyes; a demotion was asked for by the policy.
  const { rows: own } = await sql`
    select from tier_decision d where ${which} and d.status = 'waiting' and d.kind = 'override'
      and d.requested_by = ${userId}::int limit 1`.execute(db);
  if (own.length > 0) throw new CodedError('tiers.own_request');
  const { rows } = await sql<{ customerId: number; tierDecisionId: number; kind: string }>`
    update tier_decision d set status = ${input.approve ? 'approved' : 'refused'}, note = ${input.note ?? null},
      decided_by = ${userId}::int, decided_at = ${now.toISOString()}::timestamptz, row_version = d.row_version + 1,
      effective_on = greatest(${today}::date, (select r.effective_on from tier_run r where r.tier_run_id = d.tier_run_id))
    where ${which} and d.status = 'waiting'
    returning d.customer_id as "customerId", d.tier_decision_id as "tierDecisionId", d.kind`.execute(db);
  if (input.ids !== undefined && rows.length < new Set(input.ids).size) throw new CodedError('tiers.decided');
  if (input.approve) {
    const customerIds = rows.map(({ customerId }) => customerId);
    await moveTiers(db, customerIds, userId);
  }
  const asked = rows.filter(({ kind }) => kind === 'override');
  if (asked.length > 0) {
    await emitEvent(db, 'tier.decided', {
      tierDecisionIds: asked.map(({ tierDecisionId }) => tierDecisionId),
    });
  }
  await tellPages(db);
  await writeAudit(db, {
    action: input.approve ? 'tier_decision.approved' : 'tier_decision.refused',
    subject: 'tier_decision',
    subjectId: input.ids?.length === 1 ? (input.ids[0] ?? null) : null,
    changes: {
      count: rows.length,
      ids: input.ids?.slice(0, 100),
      tierRunId: input.tierRunId,
      note: input.note,
    },
  });
  return rows.length;
}

/** Three years: what holds longer belongs into the policy. */
const mostOverrideDays = 1096;

/**
 * Asks for a tier by hand, with a reason and an end. Whoever may approve has it at once.
 * @throws CodedError customers.not_found, tiers.tier_unknown, tiers.expiry_past, tiers.override_exists
 */
export async function overrideTier(
  db: Db,
  customerId: number,
  input: TierOverrideInput,
  deciding: Deciding & { mayApprove: boolean },
): Promise<number> {
  const { userId, today, now, mayApprove } = deciding;
  const customer = await holdCustomer(db, customerId);
  const inForce = await tiersInForce(db);
  if (!inForce) throw new CodedError('tiers.policy_unpublished');
  if (!inForce.tiers.some((tier) => tier.tierId === input.tierId)) throw new CodedError('tiers.tier_unknown');
  const days = (Date.parse(input.expiresOn) - Date.parse(today)) / 86_400_000;
  if (days < 1 || days > mostOverrideDays) throw new CodedError('tiers.expiry_past');
  const open = await db
    .selectFrom('tier_decision')
    .where('customer_id', '=', customerId)
    .where('kind', '=', 'override')
    .where('status', 'in', ['waiting', 'approved'])
    .select('tier_decision_id')
    .executeTakeFirst();
  if (open) throw new CodedError('tiers.override_exists');
  const entry = await db
    .selectFrom('register_entry')
    .where('customer_id', '=', customerId)
    .select('tier_id')
    .executeTakeFirst();
  const { tier_decision_id: id } = await db
    .insertInto('tier_decision')
    .values({
      kind: 'override',
      customer_id: customerId,
      owner_id: customer.ownerId,
      team_id: customer.teamId,
      from_tier_id: entry?.tier_id ?? null,
      to_tier_id: input.tierId,
      status: mayApprove ? 'approved' : 'waiting',
      reason: input.reason,
      effective_on: today,
      expires_on: input.expiresOn,
      requested_by: userId,
      requested_at: now,
      ...(mayApprove ? { decided_by: userId, decided_at: now } : {}),
    })
    .returning('tier_decision_id')
    .executeTakeFirstOrThrow();
  if (mayApprove) await moveTiers(db, [customerId], userId);
  await tellPages(db);
  await writeAudit(db, {
    action: mayApprove ? 'tier.overridden' : 'tier_override.requested',
    subject: 'customer',
    subjectId: customerId,
    changes: {
      tierId: [entry?.tier_id ?? null, input.tierId],
      reason: input.reason,
      expiresOn: input.expiresOn,
    },
  });
  return id;
}

/**
 * Ends an override before its time, or takes a request back.
 * @throws CodedError tiers.not_found, tiers.decided
 */
export async function endOverride(
  db: Db,
  tierDecisionId: number,
  { userId, today }: Pick<Deciding, 'userId' | 'today'>,
): Promise<void> {
  const row = await db
    .updateTable('tier_decision')
    .set((set) => ({ status: 'ended', ended_on: today, row_version: set('row_version', '+', 1) }))
    .where('tier_decision_id', '=', tierDecisionId)
    .where('kind', '=', 'override')
    .where('status', 'in', ['waiting', 'approved'])
    .returning('customer_id as customerId')
    .executeTakeFirst();
  if (!row) throw new CodedError('tiers.decided');
  await moveTiers(db, [row.customerId], userId);
  await tellPages(db);
  await writeAudit(db, { action: 'tier_override.ended', subject: 'customer', subjectId: row.customerId });
}

/** Overrides whose end has come: the policy's tier holds again. @returns how many */
export async function expireOverrides(db: Db, today: string): Promise<number> {
  const rows = await db
    .updateTable('tier_decision')
    .set((set) => ({
      status: 'ended',
      ended_on: set.ref('expires_on'),
      row_version: set('row_version', '+', 1),
    }))
    .where('kind', '=', 'override')
    .where('status', 'in', ['waiting', 'approved'])
    .where('expires_on', '<=', today)
    .returning('customer_id as customerId')
    .execute();
  await moveTiers(
    db,
    rows.map((row) => row.customerId),
    null,
  );
  if (rows.length > 0) await tellPages(db);
  return rows.length;
}
