import type { HandoverInput, Holdings } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { dayIn } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { changeUser } from '../../people/users/index.js';
import { getTransfer } from './ownership.queries.js';
import { transferCustomers } from './transfer-customers.js';

/** A next step that is still to come, written on an interaction in which somebody took part. */
const openStep = (userId: number, today: string) => sql`
  i.deleted_at is null and i.next_step is not null and i.next_step_on >= ${today}::date and ${userId}::int = any (i.user_ids)`;

/** Customers of others stay theirs: who hands over has to see all of what is handed over. */
function mustSeeAll(principal: Principal): void {
  if (principal.scope !== 'all') throw new CodedError('ownership.handover_forbidden');
}

/**
 * What somebody has that others need when he leaves.
 * @throws CodedError ownership.handover_forbidden, users.not_found
 */
export async function holdingsOf(db: Db, principal: Principal, userId: number, now: Date): Promise<Holdings> {
  mustSeeAll(principal);
  const today = dayIn((await readSettings(db)).timeZone, now);
  const { rows } = await sql<Holdings>`
    select u.id as "userId", u.name, u.disabled_at is not null as disabled,
      (select count(*)::int from customer c where c.owner_id = u.id) as customers,
      ((select count(*) from interaction i where ${openStep(userId, today)})
        + (select count(*) from task t where t.assignee_id = u.id and t.status = 'open'))::int as "nextSteps",
      (select count(*)::int from saved_view v where v.created_by = u.id) as "savedViews",
      (select count(*)::int from customer_member m where m.user_id = u.id) as "customerTeams",
      (select count(*)::int from pool_member m where m.user_id = u.id) as pools,
      (select count(*)::int from ownership_dispute d
        where d.status = 'open' and (d.claimant_id = u.id or d.respondent_id = u.id)) as disputes,
      (select count(*)::int from api_key k where k.user_id = u.id and k.revoked_at is null) as keys
    from app_user u where u.id = ${userId}::int`.execute(db);
  const [found] = rows;
  if (!found) throw new CodedError('users.not_found');
  return found;
}

interface Pair {
  from: number;
  to: number;
  now: Date;
}

/** Places of which nobody has two: the successor takes those that he has not, the rest goes away. */
async function movePlaces(db: Db, { from, to }: Pair): Promise<void> {
  const places = [
    ['customer_member', 'customer_id'],
    ['customer_share', 'customer_id'],
    ['pool_member', 'pool_id'],
  ] as const;
  for (const [table, key] of places) {
    const [name, column] = [sql.id(table), sql.id(key)];
    await sql`
      update ${name} place set user_id = ${to} where user_id = ${from} and not exists (
        select from ${name} his where his.user_id = ${to} and his.${column} = place.${column})`.execute(db);
    await sql`delete from ${name} where user_id = ${from}`.execute(db);
  }
}

/** What is still to be done. Who took part in what is past stays as it was. */
async function moveSteps(db: Db, { from, to, now }: Pair): Promise<void> {
  const today = dayIn((await readSettings(db)).timeZone, now);
  await sql`
    update interaction i set user_ids = array_remove(array_remove(user_ids, ${to}), ${from}) || ${to}::int,
      row_version = row_version + 1, updated_at = ${now}
    where ${openStep(from, today)}`.execute(db);
  // Of a task without a customer whoever does it is the owner, too.
  await sql`
    update task t set assignee_id = ${to}, row_version = t.row_version + 1, updated_at = ${now},
      owner_id = case when t.customer_id is null then ${to} else t.owner_id end,
      team_id = case when t.customer_id is null then u.team_id else t.team_id end
    from app_user u where u.id = ${to} and t.assignee_id = ${from} and t.status = 'open'`.execute(db);
}

/** A view of a name that the successor uses himself says whose it was. */
async function moveViews(db: Db, { from, to }: Pair): Promise<void> {
  await sql`
    update saved_view v set created_by = ${to}, name = case when exists (
        select from saved_view his where his.created_by = ${to} and his.page = v.page and his.name = v.name)
      then left(v.name, 60) || ' (' || left(u.name, 20) || ' ' || v.saved_view_id || ')' else v.name end
    from colleague u where u.user_id = ${from} and v.created_by = ${from}`.execute(db);
}

async function moveDisputes(db: Db, { from, to, now }: Pair): Promise<void> {
  // A claim of the leaver upon a customer of the successor is settled by itself.
  await sql`
    update ownership_dispute set status = 'withdrawn', row_version = row_version + 1, updated_at = ${now}
    where status = 'open' and ((claimant_id = ${from} and respondent_id = ${to})
      or (claimant_id = ${to} and respondent_id = ${from}))`.execute(db);
  for (const column of ['claimant_id', 'respondent_id']) {
    await sql`
      update ownership_dispute set ${sql.id(column)} = ${to}, row_version = row_version + 1, updated_at = ${now}
      where status = 'open' and ${sql.id(column)} = ${from}`.execute(db);
  }
  await sql`delete from user_deputy where user_id = ${from} or deputy_id = ${from}`.execute(db);
}

/**
 * Everything of somebody who leaves goes to a successor in one transaction; only where there are many customers a job moves
 * those. The account is disabled with it where that is asked for.
 * @throws CodedError ownership.handover_forbidden, ownership.handover_self, users.not_found, customers.owner_left,
 *   app.forbidden, users.last_administrator
 */
export async function handOver(
  db: Db,
  principal: Principal,
  fromUserId: number,
  { input, now }: { input: HandoverInput; now: Date },
): Promise<{ handed: Holdings; transferId: number; jobId: number | null }> {
  const handed = await holdingsOf(db, principal, fromUserId, now);
  if (input.toUserId === fromUserId) throw new CodedError('ownership.handover_self');
  if (input.disable && !principal.permissions.has('users:write')) throw new CodedError('app.forbidden');
  const transferId = await transferCustomers(
    db,
    principal,
    {
      customers: { filter: { ownerId: [fromUserId] }, except: [] },
      toOwnerId: input.toUserId,
      reason: input.reason,
    },
    { now, manner: 'handover' },
  );
  const pair = { from: fromUserId, to: input.toUserId, now };
  await movePlaces(db, pair);
  await moveSteps(db, pair);
  await moveViews(db, pair);
  await moveDisputes(db, pair);
  await db
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('user_id', '=', fromUserId)
    .where('revoked_at', 'is', null)
    .execute();
  const { customers, nextSteps, savedViews, customerTeams, pools, disputes, keys } = handed;
  await writeAudit(db, {
    action: 'user.handed_over',
    subject: 'user',
    subjectId: fromUserId,
    changes: { to: input.toUserId, customers, nextSteps, savedViews, customerTeams, pools, disputes, keys },
  });
  if (input.disable && !handed.disabled) {
    await changeUser(db, {
      userId: fromUserId,
      change: { disabled: true },
      passwordHash: null,
      versionSeen: null,
      now,
    });
  }
  const { jobId } = await getTransfer(db, transferId, now);
  return { handed, transferId, jobId };
}
