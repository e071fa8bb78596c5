import type { CustomerMember, CustomerMemberInput, CustomerTeam } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';
import { mustSeeCustomer } from '../../records/customers/index.js';
import { mayShare, refuseMore } from '../../records/sharing/index.js';

/** Who works on a customer beside its owner: by role, then since when. */
export async function listMembers(db: Db, viewer: Viewer, customerId: number): Promise<CustomerTeam> {
  await mustSeeCustomer(db, customerId);
  const { rows } = await sql<CustomerMember>`
    select m.user_id as "userId", u.name, t.name as "teamName", m.role, m.access, m.note, m.row_version as "rowVersion",
      m.created_at as "createdAt"
    from customer_member m left join colleague u using (user_id) left join team t on t.team_id = u.team_id
    where m.customer_id = ${customerId}::bigint
    order by array_position(array['lead', 'support', 'service'], m.role), m.created_at, m.user_id`.execute(
    db,
  );
  return { items: rows, mayChange: await mayShare(db, viewer, customerId) };
}

/**
 * Whoever lets others in has the customer in their own right; to whom it was opened opens it to nobody.
 * @throws CodedError customers.not_found, sharing.forbidden
 */
async function holdOwners(db: Db, viewer: Viewer, customerId: number) {
  await mustSeeCustomer(db, customerId);
  if (!(await mayShare(db, viewer, customerId))) throw new CodedError('sharing.forbidden');
  const row = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['owner_id', 'team_id'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('customers.not_found');
  return row;
}

interface Place {
  customerId: number;
  userId: number;
}

/** Colleagues of other departments, too: that is what a team is for. @throws CodedError ownership.member_unknown */
async function mustKnowColleague(db: Db, userId: number): Promise<void> {
  const { rows } = await sql`
    select from colleague where user_id = ${userId} and not is_disabled`.execute(db);
  if (rows.length === 0) throw new CodedError('ownership.member_unknown');
}

/**
 * Puts somebody on the customer's team, or changes what they do there. From then on they see the customer.
 * @throws CodedError customers.not_found, sharing.forbidden, sharing.most, ownership.member_unknown, ownership.member_changed
 */
export async function writeMember(
  db: Db,
  viewer: Viewer,
  { customerId, userId }: Place,
  change: { input: CustomerMemberInput; now: Date },
): Promise<void> {
  const { input, now } = change;
  const customer = await holdOwners(db, viewer, customerId);
  const before = await db
    .selectFrom('customer_member')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .select(['role', 'access', 'note', 'row_version'])
    .executeTakeFirst();
  const access = input.access ?? before?.access ?? 'edit';
  const after = { role: input.role, access, note: input.note ?? null };
  if ((before?.row_version ?? undefined) !== input.rowVersion)
    throw new CodedError('ownership.member_changed');
  if (before) {
    await db
      .updateTable('customer_member')
      .set({ ...after, row_version: before.row_version + 1, updated_at: now })
      .where('customer_id', '=', customerId)
      .where('user_id', '=', userId)
      .execute();
  } else {
    await mustKnowColleague(db, userId);
    await refuseMore(db, userId);
    await db
      .insertInto('customer_member')
      .values({
        customer_id: customerId,
        user_id: userId,
        ...customer,
        ...after,
        created_at: now,
        updated_at: now,
      })
      .execute();
  }
  await writeAudit(db, {
    action: before ? 'customer_member.changed' : 'customer_member.added',
    subject: 'customer',
    subjectId: customerId,
    changes: { member: userId, ...changesBetween({ ...before }, after) },
  });
  await notify(db, { type: 'access', userId });
}

/** Whoever is taken off sees it no longer. @throws CodedError customers.not_found, sharing.forbidden, ownership.member_not_found */
export async function removeMember(db: Db, viewer: Viewer, { customerId, userId }: Place): Promise<void> {
  await holdOwners(db, viewer, customerId);
  const gone = await db
    .deleteFrom('customer_member')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .returning('role')
    .executeTakeFirst();
  if (!gone) throw new CodedError('ownership.member_not_found');
  await writeAudit(db, {
    action: 'customer_member.removed',
    subject: 'customer',
    subjectId: customerId,
    changes: { member: userId, role: [gone.role, null] },
  });
  await notify(db, { type: 'access', userId });
}
