import { permissionsOf, roles } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo, type EventListener, type Occurrence } from '../../../platform/events/listen-to.js';
import { putDelivery } from '../../../platform/outbound/put-delivery.js';
import { dayIn } from '../../records/customers/index.js';
import { groupHours, quietUntil } from './notices.rules.js';
import { tellPerson, type Happened } from './tell-person.js';

async function timeZoneOf(db: Db): Promise<string> {
  const row = await db.selectFrom('organisation').select('time_zone').executeTakeFirstOrThrow();
  return row.time_zone;
}

interface OfCustomer extends Happened {
  ownerId: number | null;
  teamId: number | null;
}

/** What happened to customers, by whose they are. */
function byOwner(rows: readonly OfCustomer[]): Map<number, OfCustomer[]> {
  const owners = new Map<number, OfCustomer[]>();
  for (const row of rows) {
    if (row.ownerId === null) continue;
    const own = owners.get(row.ownerId);
    if (own) own.push(row);
    else owners.set(row.ownerId, [row]);
  }
  return owners;
}

/** Tells the groups of the teams whose customers they are, and those of the whole company: once an event, as counts and numbers. */
async function tellGroups(
  db: Db,
  kind: 'warning.raised' | 'tier.changed',
  rows: readonly OfCustomer[],
  { eventId }: Occurrence,
  now: Date,
): Promise<void> {
  const at = quietUntil(groupHours, await timeZoneOf(db), now) ?? now;
  const robots = await sql<{ robotId: number; teamIds: number[] | null }>`
    select robot_id as "robotId", case when team_id is null then null else array(
        with recursive below as (
          select t.team_id from team t where t.team_id = robot.team_id
          union all select t.team_id from team t join below b on t.parent_team_id = b.team_id)
        select team_id from below) end as "teamIds"
    from robot where is_active and ${kind} = any (kinds)`.execute(db);
  for (const { robotId, teamIds } of robots.rows) {
    const own = rows.filter(
      ({ teamId }) => teamIds === null || (teamId !== null && teamIds.includes(teamId)),
    );
    if (own.length === 0) continue;
    const customerIds = own.slice(0, 10).flatMap(({ subjectId }) => subjectId ?? []);
    await putDelivery(
      db,
      {
        channel: 'robot',
        kind: 'group',
        robotId,
        message: { of: kind, customerIds, count: own.length },
        sourceKey: `robot ${robotId} event ${eventId} ${kind}`,
        createdBy: null,
        dueAt: at,
      },
      now,
    );
  }
}

async function tellOwners(
  db: Db,
  kind: 'warning.raised' | 'tier.changed',
  rows: readonly OfCustomer[],
  occurrence: Occurrence,
  now: Date,
): Promise<void> {
  for (const [userId, items] of byOwner(rows)) {
    await tellPerson(db, { userId, kind, items, key: `event ${occurrence.eventId}` }, now);
  }
  await tellGroups(db, kind, rows, occurrence, now);
}

/** Those who lead the house hear how many there are: none of the customers need be theirs. */
async function tellHeads(db: Db, count: number, { eventId }: Occurrence, now: Date): Promise<void> {
  if (count === 0) return;
  const leading = roles.filter((role) => permissionsOf(role).includes('alerts:configure'));
  const heads = await db.selectFrom('app_user').select('id').where('role', 'in', leading).execute();
  const items = [{ subjectId: null, isUrgent: false }];
  for (const { id: userId } of heads) {
    await tellPerson(db, { userId, kind: 'warnings.ran', items, count, key: `event ${eventId}` }, now);
  }
}

/** Warnings of the run that the event tells of, one a customer; urgent what is due by tomorrow. */
const warned = listenTo('warnings.ran', async (_event, platform, db, occurrence) => {
  const now = platform.clock.now();
  const today = dayIn(await timeZoneOf(db), now);
  const { rows } = await sql<OfCustomer>`
    select customer_id as "subjectId", owner_id as "ownerId", team_id as "teamId",
      bool_or(due_on <= ${today}::date + 1) as "isUrgent"
    from warning where status = 'open' and created_at = (
      select created_at from warning_run
      where created_at <= ${occurrence.recordedAt}::timestamptz + interval '1 millisecond'
      order by created_at desc limit 1)
    group by customer_id, owner_id, team_id order by max(value_at_risk) desc`.execute(db);
  await tellOwners(db, 'warning.raised', rows, occurrence, now);
  await tellHeads(db, rows.length, occurrence, now);
});

const graded = listenTo('tier.enforced', async ({ tierRunId, previousRunId }, platform, db, occurrence) => {
  // The first grading moves everybody and surprises nobody.
  if (previousRunId === null) return;
  const { rows } = await sql<OfCustomer>`
    select c.customer_id as "subjectId", c.owner_id as "ownerId", c.team_id as "teamId", false as "isUrgent"
    from customer_tier_of(${tierRunId}::bigint) now
      full join customer_tier_of(${previousRunId}::bigint) before using (customer_id)
      join customer c using (customer_id)
    where now.tier_id is distinct from before.tier_id`.execute(db);
  await tellOwners(db, 'tier.changed', rows, occurrence, platform.clock.now());
});

/** Tiers that are others by a decision: owners hear of it who did not decide themselves. */
const moved = listenTo('tier.moved', async ({ moves, userId }, platform, db, occurrence) => {
  const { rows } = await sql<OfCustomer>`
    select customer_id as "subjectId", owner_id as "ownerId", team_id as "teamId", false as "isUrgent"
    from customer where customer_id = any (${moves.map(({ customerId }) => customerId)}::bigint[])
      and owner_id is distinct from ${userId}::int`.execute(db);
  await tellOwners(db, 'tier.changed', rows, occurrence, platform.clock.now());
});

/** Whoever asked for a tier by hand; an owner who asked and got it hears that the tier has changed. */
const decided = listenTo('tier.decided', async ({ tierDecisionIds }, platform, db, { eventId }) => {
  const { rows } = await sql<Happened & { userId: number }>`
    select d.requested_by as "userId", d.customer_id as "subjectId", false as "isUrgent"
    from tier_decision d join customer c on c.customer_id = d.customer_id
    where d.tier_decision_id = any (${tierDecisionIds}::bigint[]) and d.requested_by is not null
      and not (d.status = 'approved' and c.owner_id is not distinct from d.requested_by)`.execute(db);
  for (const userId of new Set(rows.map((row) => row.userId))) {
    const items = rows.filter((row) => row.userId === userId);
    await tellPerson(
      db,
      { userId, kind: 'tier.decided', items, key: `event ${eventId}` },
      platform.clock.now(),
    );
  }
});

/** Whoever does a task that somebody else gave them; once a task and person. */
const assigned = listenTo('task.changed', async ({ taskId }, platform, db) => {
  const now = platform.clock.now();
  const today = dayIn(await timeZoneOf(db), now);
  const { rows } = await sql<{ userId: number; isUrgent: boolean }>`
    select assignee_id as "userId", due_on <= ${today}::date as "isUrgent"
    from task where task_id = ${taskId}::bigint and status = 'open' and kind = 'manual'
      and assignee_id is distinct from created_by and assignee_id is not null`.execute(db);
  for (const { userId, isUrgent } of rows) {
    const items = [{ subjectId: taskId, isUrgent }];
    await tellPerson(db, { userId, kind: 'task.assigned', items, key: `task ${taskId}` }, now);
  }
});

const received = listenTo(
  'customer.transferred',
  async ({ transferId, ownerId, customers }, platform, db) => {
    if (ownerId === null || customers === 0) return;
    const { rows } = await sql<{ customerId: number; changedBy: number | null }>`
    select customer_id as "customerId", changed_by as "changedBy" from ownership_period
    where transfer_id = ${transferId}::bigint and holder_id = ${ownerId}::int limit 2`.execute(db);
    // Who took a customer himself knows it.
    if (rows.some(({ changedBy }) => changedBy === ownerId)) return;
    const subjectId = customers === 1 ? (rows[0]?.customerId ?? null) : null;
    await tellPerson(
      db,
      {
        userId: ownerId,
        kind: 'customer.received',
        items: [{ subjectId, isUrgent: false }],
        count: customers,
        key: `transfer ${transferId}`,
      },
      platform.clock.now(),
    );
  },
);

const recycling = listenTo('recycle.warned', ({ ownerId, customers }, platform, db, { eventId }) =>
  tellPerson(
    db,
    {
      userId: ownerId,
      kind: 'customer.recycling',
      items: [{ subjectId: null, isUrgent: true }],
      count: customers,
      key: `event ${eventId}`,
    },
    platform.clock.now(),
  ),
);

const disputed = listenTo('dispute.changed', async ({ disputeId }, platform, db, { eventId }) => {
  const row = await db
    .selectFrom('ownership_dispute')
    .select(['claimant_id', 'respondent_id'])
    .where('dispute_id', '=', disputeId)
    .executeTakeFirst();
  for (const userId of new Set([row?.claimant_id, row?.respondent_id])) {
    if (userId === undefined || userId === null) continue;
    const items = [{ subjectId: disputeId, isUrgent: false }];
    await tellPerson(
      db,
      { userId, kind: 'dispute.changed', items, key: `event ${eventId}` },
      platform.clock.now(),
    );
  }
});

const imported = listenTo('import.finished', async ({ importBatchId }, platform, db) => {
  const row = await db
    .selectFrom('import_batch')
    .select('created_by')
    .where('import_batch_id', '=', importBatchId)
    .executeTakeFirst();
  if (row === undefined || row.created_by === null) return;
  const items = [{ subjectId: importBatchId, isUrgent: false }];
  await tellPerson(
    db,
    { userId: row.created_by, kind: 'import.finished', items, key: `import ${importBatchId}` },
    platform.clock.now(),
  );
});

/** Whoever asked for it: nobody is told of every run unless they say so. */
const published = listenTo('score.published', async ({ valuationRunId }, platform, db) => {
  const { rows } = await sql<{ userId: number }>`
    select user_id as "userId" from user_notice_setting
    where jsonb_array_length(coalesce(channels->'valuation.published', '[]')) > 0`.execute(db);
  for (const { userId } of rows) {
    const items = [{ subjectId: valuationRunId, isUrgent: false }];
    await tellPerson(
      db,
      { userId, kind: 'valuation.published', items, key: `run ${valuationRunId}` },
      platform.clock.now(),
    );
  }
});

/** Administrators, and whoever made it. */
const paused = listenTo('webhook.paused', async ({ webhookId }, platform, db, { eventId }) => {
  const { rows } = await sql<{ userId: number }>`
    select u.id as "userId" from app_user u where u.role = 'administrator'
      or u.id = (select created_by from webhook where webhook_id = ${webhookId}::int)`.execute(db);
  for (const { userId } of rows) {
    const items = [{ subjectId: webhookId, isUrgent: false }];
    await tellPerson(
      db,
      { userId, kind: 'webhook.paused', items, key: `event ${eventId}` },
      platform.clock.now(),
    );
  }
});

export const noticeListeners: readonly EventListener[] = [
  warned,
  graded,
  moved,
  decided,
  assigned,
  received,
  recycling,
  disputed,
  imported,
  published,
  paused,
];
