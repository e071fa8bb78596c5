import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { UserAccess } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';
import { getUser } from './users.queries.js';

/**
 * By what means a person can get in, for the administrator who helps them.
 * @throws CodedError users.not_found
 */
export async function readAccess(db: Db, userId: number, now: Date): Promise<UserAccess> {
  await getUser(db, userId);
  const { rows } = await sql<UserAccess>`
    select
      exists (select from user_account a where a.user_id = u.id and a.provider_id = 'credential') as "hasPassword",
      exists (select from user_account a where a.user_id = u.id and a.provider_id = 'sso') as "hasSso",
      exists (select from user_second_factor f where f.user_id = u.id and f.confirmed_at is not null)
        as "hasSecondFactor",
      (select count(*)::int from user_session s where s.user_id = u.id) as sessions,
      (select max(l.expires_at) from user_link l
        where l.user_id = u.id and l.used_at is null and l.expires_at > ${now}::timestamptz) as "linkUntil"
    from app_user u where u.id = ${userId}`.execute(db);
  const [row] = rows;
  if (!row) throw new CodedError('users.not_found');
  return row;
}
