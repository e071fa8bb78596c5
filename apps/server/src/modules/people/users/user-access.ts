import { CodedError, messageOf, type ErrorCode, type Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { UserAccess } from '@kezi/contract';
import { accountPlace } from '../../../platform/auth/attempt-place.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { getUser } from './users.queries.js';

/**
 * By what means a person can get in, for the administrator who helps them.
 * @throws CodedError users.not_found
 */
export async function readAccess(db: Db, userId: number, now: Date, language: Language): Promise<UserAccess> {
  const { email } = await getUser(db, userId);
  const { rows } = await sql<UserAccess>`
    select
      exists (select from user_account a where a.user_id = u.id and a.provider_id = 'credential') as "hasPassword",
      exists (select from user_account a where a.user_id = u.id and a.provider_id = 'sso') as "hasSso",
      exists (select from user_second_factor f where f.user_id = u.id and f.confirmed_at is not null)
        as "hasSecondFactor",
      (select count(*)::int from user_session s where s.user_id = u.id) as sessions,
      (select max(l.expires_at) from user_link l
        where l.user_id = u.id and l.used_at is null and l.expires_at > ${now}::timestamptz) as "linkUntil",
      (select case when l.used_at is null and l.expires_at <= ${now}::timestamptz then l.expires_at end
        from user_link l where l.user_id = u.id order by l.user_link_id desc limit 1) as "linkEndedAt",
      (select max(f.blocked_until) from sign_in_failure f
        where f.account = ${accountPlace(email)} and f.blocked_until > ${now}::timestamptz) as "pausedUntil",
      (select jsonb_build_object('state', d.status, 'error', case when d.status <> 'sent' then (
          select t.error from delivery_attempt t where t.delivery_id = d.delivery_id
          order by t.delivery_attempt_id desc limit 1) end)
        from delivery d where d.user_id = u.id and d.channel = 'mail' and d.kind in ('invitation', 'reset')
        order by d.delivery_id desc limit 1) as "linkMail"
    from app_user u where u.id = ${userId}`.execute(db);
  const [row] = rows;
  if (!row) throw new CodedError('users.not_found');
  const { linkMail } = row;
  if (linkMail === null) return row;
  const { error } = linkMail;
  const problem = error === null ? null : messageOf(error as ErrorCode, {}, language);
  return { ...row, linkMail: { ...linkMail, problem } };
}
