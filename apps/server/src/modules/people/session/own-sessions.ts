import type { OpenSession } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Kysely } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { DB } from '../../../platform/db/database.generated.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';

/** The sessions of a user that are open, the one used last first. */
export async function listSessions(
  login: Kysely<DB>,
  userId: number,
  currentId: number | null,
  now: Date,
): Promise<OpenSession[]> {
  const rows = await login
    .selectFrom('user_session')
    .select(['id', 'user_agent', 'ip_address', 'created_at', 'last_used_at', 'last_address', 'opened_by'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now.toISOString())
    .orderBy('last_used_at', (order) => order.desc().nullsLast())
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === currentId,
    userAgent: row.user_agent === '' ? null : row.user_agent,
    openedBy: row.opened_by as OpenSession['openedBy'],
    openedAt: row.created_at,
    openedFrom: row.ip_address === '' ? null : row.ip_address,
    lastUsedAt: row.last_used_at,
    lastAddress: row.last_address,
  }));
}

/**
 * Ends one session, or with `others` all but this one. Its next request finds it gone, and open streams end at once.
 * @throws CodedError session.not_found
 */
export async function endOwnSessions(
  db: Db,
  userId: number,
  which: { id: number } | { others: number | null },
): Promise<void> {
  let ending = db.deleteFrom('user_session').where('user_id', '=', userId);
  if ('id' in which) ending = ending.where('id', '=', which.id);
  else if (which.others !== null) ending = ending.where('id', '<>', which.others);
  const ended = await ending.returning('id').execute();
  if ('id' in which && ended.length === 0) throw new CodedError('session.not_found');
  if (ended.length === 0) return;
  await writeAudit(db, {
    action: 'session.ended',
    subject: 'user',
    subjectId: userId,
    changes: { session: ended.map(({ id }) => id), by: 'owner' },
  });
  await notify(db, { type: 'access', userId });
}
