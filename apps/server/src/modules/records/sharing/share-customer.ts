import type { Share, ShareInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import { ownersOf, type Db, type Viewer } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';
import { mustSeeCustomer } from '../customers/index.js';

/** Every request of the colleague carries them; beyond this a department is the better means. */
const mostShares = 1_000;

/** Shares of a customer that the reader may know of, the newest first. */
export async function listShares(db: Db, customerId: number, now: Date): Promise<Share[]> {
  const { rows } = await sql<Share>`
    select s.customer_share_id as "shareId", s.customer_id as "customerId", s.user_id as "userId",
      guest.name as "userName", s.access, s.until_on as "untilOn",
      s.until_on is not null and s.until_on < ${organisationDay(now)} as "isOver", s.reason,
      s.created_by as "createdBy", host.name as "createdByName", s.created_at as "createdAt"
    from customer_share s join colleague guest on guest.user_id = s.user_id
      left join colleague host on host.user_id = s.created_by
    where s.customer_id = ${customerId}::bigint
    order by s.customer_share_id desc`.execute(db);
  return rows;
}

/** Whether the customer is the viewer's own in the wide sense: not a guest's. */
export async function mayShare(db: Db, viewer: Viewer, customerId: number): Promise<boolean> {
  if (viewer.scope === 'all') return true;
  const customer = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['owner_id', 'team_id'])
    .executeTakeFirst();
  if (!customer) return false;
  const { owner_id, team_id } = customer;
  return (
    (owner_id !== null && ownersOf(viewer).includes(owner_id)) ||
    (team_id !== null && viewer.teamIds.includes(team_id))
  );
}

/**
 * Whoever is to be let in has not been let in at too many places.
 * @throws CodedError sharing.most
 */
export async function refuseMore(db: Db, userId: number): Promise<void> {
  const { rows } = await sql<{ opened: number }>`
    select count(*)::int as opened from (
      select customer_id from customer_share where user_id = ${userId}
      union select customer_id from customer_member where user_id = ${userId}) opened`.execute(db);
  if ((rows[0]?.opened ?? 0) >= mostShares) throw new CodedError('sharing.most', { most: mostShares });
}

async function refuseGuest(db: Db, input: ShareInput, ownerId: number | null, now: Date): Promise<void> {
  if (input.colleagueId === ownerId) throw new CodedError('sharing.owner_conflict');
  const { rows } = await sql<{ isPast: boolean | null; known: boolean }>`
    select ${input.untilOn ?? null}::date < ${organisationDay(now)} as "isPast",
      exists (select from colleague where user_id = ${input.colleagueId} and not is_disabled) as known`.execute(
    db,
  );
  const [state] = rows;
  if (!state?.known) throw new CodedError('sharing.colleague_unknown');
  if (state.isPast) throw new CodedError('sharing.past', { day: input.untilOn ?? '' });
  await refuseMore(db, input.colleagueId);
}

/**
 * Lets a colleague see a customer, or change it, until a day. Shared once more, the new terms hold.
 * @throws CodedError customers.not_found, sharing.forbidden, sharing.colleague_unknown, sharing.owner_conflict, sharing.past,
 *   sharing.most
 */
export async function shareCustomer(
  db: Db,
  viewer: Viewer,
  customerId: number,
  input: ShareInput,
  now: Date,
): Promise<Share> {
  await mustSeeCustomer(db, customerId);
  if (!(await mayShare(db, viewer, customerId))) throw new CodedError('sharing.forbidden');
  const customer = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['owner_id', 'team_id'])
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  await refuseGuest(db, input, customer.owner_id, now);
  const terms = { access: input.access, until_on: input.untilOn ?? null, reason: input.reason ?? null };
  await db
    .insertInto('customer_share')
    .values({ customer_id: customerId, user_id: input.colleagueId, ...customer, ...terms, created_at: now })
    .onConflict((conflict) =>
      conflict.columns(['customer_id', 'user_id']).doUpdateSet({
        ...terms,
        created_by: viewer.userId,
        row_version: sql`customer_share.row_version + 1`,
        updated_at: now,
      }),
    )
    .execute();
  await writeAudit(db, {
    action: 'customer.shared',
    subject: 'customer',
    subjectId: customerId,
    changes: { userId: input.colleagueId, access: terms.access, untilOn: terms.until_on },
  });
  await notify(db, { type: 'access', userId: input.colleagueId });
  const share = (await listShares(db, customerId, now)).find((one) => one.userId === input.colleagueId);
  if (!share) throw new CodedError('sharing.not_found');
  return share;
}

/** Takes it back at once. @throws CodedError sharing.not_found, also for a share of somebody else's customer */
export async function endShare(db: Db, shareId: number): Promise<void> {
  const gone = await db
    .deleteFrom('customer_share')
    .where('customer_share_id', '=', shareId)
    .returning(['customer_id', 'user_id', 'access'])
    .executeTakeFirst();
  if (!gone) throw new CodedError('sharing.not_found');
  await writeAudit(db, {
    action: 'customer.unshared',
    subject: 'customer',
    subjectId: gone.customer_id,
    changes: { userId: gone.user_id, access: gone.access },
  });
  await notify(db, { type: 'access', userId: gone.user_id });
}
