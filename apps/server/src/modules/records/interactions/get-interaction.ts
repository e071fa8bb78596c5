import type { InteractionRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/** An interaction as its table holds it, with the name of whoever wrote it down. */
interface FullInteraction extends Omit<InteractionRow, 'contacts' | 'users'> {
  contactIds: number[];
  userIds: number[];
}

async function withNames(db: Db, rows: readonly FullInteraction[]): Promise<InteractionRow[]> {
  const contactIds = [...new Set(rows.flatMap((row) => row.contactIds))];
  const userIds = [...new Set(rows.flatMap((row) => row.userIds))];
  const contacts =
    contactIds.length === 0
      ? []
      : await db
          .selectFrom('contact')
          .where('contact_id', 'in', contactIds)
          .where('deleted_at', 'is', null)
          .select(['contact_id as contactId', 'name'])
          .execute();
  const { rows: users } =
    userIds.length === 0
      ? { rows: [] }
      : await sql<{ userId: number; name: string }>`
          select user_id as "userId", name from colleague where user_id = any (${userIds}::int[])`.execute(
          db,
        );
  const contactOf = new Map(contacts.map((contact) => [contact.contactId, contact]));
  const userOf = new Map(users.map((user) => [user.userId, user]));
  return rows.map(({ contactIds: ofContacts, userIds: ofUsers, ...row }) => ({
    ...row,
    contacts: ofContacts.flatMap((id) => contactOf.get(id) ?? []),
    users: ofUsers.flatMap((id) => userOf.get(id) ?? []),
  }));
}

/** The interactions `i` that fit, the newest first, with the names of those who took part. */
export async function findInteractions(
  db: Db,
  which: RawBuilder<SqlBool>,
  limit: number,
): Promise<InteractionRow[]> {
  const { rows } = await sql<FullInteraction>`
    select i.interaction_id as "interactionId", i.customer_id as "customerId", i.kind,
      i.happened_at as "happenedAt", i.summary, i.outcome, i.next_step as "nextStep",
      i.next_step_on as "nextStepOn", i.contact_ids as "contactIds", i.user_ids as "userIds",
      i.created_by as "createdBy", u.name as "createdByName", i.row_version as "rowVersion",
      i.created_at as "createdAt", i.updated_at as "updatedAt"
    from interaction i left join colleague u on u.user_id = i.created_by
    where i.deleted_at is null and ${which}
    order by i.happened_at desc, i.interaction_id desc limit ${limit}`.execute(db);
  return withNames(db, rows);
}

/** @throws CodedError interactions.not_found, also for one that the reader may not see */
export async function getInteraction(db: Db, interactionId: number): Promise<InteractionRow> {
  const [row] = await findInteractions(db, sql`i.interaction_id = ${interactionId}::bigint`, 1);
  if (!row) throw new CodedError('interactions.not_found');
  return row;
}
