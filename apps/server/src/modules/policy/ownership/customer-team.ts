import type { CustomerMember, CustomerMemberInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { mustSeeCustomer } from '../../records/customers/index.js';

/** Who works on a customer beside its owner: by role, then since when. */
export async function listMembers(db: Db, customerId: number): Promise<CustomerMember[]> {
  await mustSeeCustomer(db, customerId);
  const { rows } = await sql<CustomerMember>`
    select m.user_id as "userId", u.name, t.name as "teamName", m.role, m.note, m.row_version as "rowVersion",
      m.created_at as "createdAt"
    from customer_member m left join app_user u on u.id = m.user_id left join team t on t.team_id = u.team_id
    where m.customer_id = ${customerId}::bigint
    order by array_position(array['lead', 'support', 'service'], m.role), m.created_at, m.user_id`.execute(
    db,
  );
  return rows;
}

/** @throws CodedError customers.not_found */
async function holdOwners(db: Db, customerId: number) {
  const row = await db
    .selectFrom('customer')
    .where('customer_id', '=', customerId)
    .select(['owner_id', 'team_id'])
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw new CodedError('customers.not_found');
  return row;
}

/** @throws CodedError ownership.member_unknown for somebody whom the writer does not see, or who has left */
async function mustKnowColleague(db: Db, userId: number): Promise<void> {
  const user = await db
    .selectFrom('app_user')
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (!user) throw new CodedError('ownership.member_unknown');
}

/**
 * Puts somebody on the customer's team, or changes what they do there.
 * @throws CodedError customers.not_found, ownership.member_unknown, ownership.member_changed
 */
export async function writeMember(
  db: Db,
  { customerId, userId }: { customerId: number; userId: number },
  input: CustomerMemberInput,
  now: Date,
): Promise<void> {
  const customer = await holdOwners(db, customerId);
  const before = await db
    .selectFrom('customer_member')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .select(['role', 'note', 'row_version'])
    .executeTakeFirst();
  const after = { role: input.role, note: input.note ?? null };
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
}

/** @throws CodedError customers.not_found, ownership.member_not_found */
export async function removeMember(
  db: Db,
  { customerId, userId }: { customerId: number; userId: number },
): Promise<void> {
  await holdOwners(db, customerId);
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
}
