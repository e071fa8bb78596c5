import { createHash, randomBytes } from 'node:crypto';
import type { SignInLink } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { endSessions, writePassword } from './change-user.js';
import { getUser } from './users.queries.js';

/** Long enough for a colleague on holiday, and for somebody who stands beside the administrator. */
const livesHours = { invitation: 7 * 24, reset: 24 } as const;

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/**
 * Makes a link by which a person sets their password: an invitation while they have none, else a reset. It works once,
 * and takes the place of earlier ones.
 * @throws CodedError users.not_found, users.link_disabled
 */
export async function makeLink(db: Db, userId: number, now: Date): Promise<SignInLink> {
  const user = await getUser(db, userId);
  if (user.disabled) throw new CodedError('users.link_disabled');
  const account = await db
    .selectFrom('user_account')
    .select('id')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  const kind = account ? 'reset' : 'invitation';
  await db
    .updateTable('user_link')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + livesHours[kind] * 3_600_000).toISOString();
  await db
    .insertInto('user_link')
    .values({ user_id: userId, kind, token_sha256: hashOf(token), expires_at: expiresAt, created_at: now })
    .execute();
  await writeAudit(db, {
    action: 'user.link_made',
    subject: 'user',
    subjectId: userId,
    changes: { kind, expiresAt },
  });
  return { kind, token, expiresAt };
}

interface LinkOwner {
  linkId: number;
  kind: SignInLink['kind'];
  userId: number;
  email: string;
  name: string;
  organisationName: string;
  expiresAt: string;
}

/**
 * Whoever holds a token was given it, and is told why it does not let in any more.
 * @throws CodedError users.link_expired, users.link_used, users.link_not_found when it never was or its owner was disabled
 */
export async function findLink(db: Db, token: string, now: Date): Promise<LinkOwner> {
  const { rows } = await sql<LinkOwner & { isUsed: boolean }>`
    select l.user_link_id as "linkId", l.kind, u.id as "userId", u.email, u.name, l.expires_at as "expiresAt",
      (select name from organisation) as "organisationName", l.used_at is not null as "isUsed"
    from user_link l join app_user u on u.id = l.user_id
    where l.token_sha256 = ${hashOf(token)} and u.disabled_at is null
    for update of l`.execute(db);
  const [row] = rows;
  if (!row) throw new CodedError('users.link_not_found');
  const { isUsed, ...owner } = row;
  if (isUsed) throw new CodedError('users.link_used');
  if (new Date(owner.expiresAt) <= now) throw new CodedError('users.link_expired');
  return owner;
}

/** Whether a link still lets somebody in. */
export async function isOpenLink(db: Db, token: string, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('user_link')
    .select('user_link_id')
    .where('token_sha256', '=', hashOf(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses the link up: the password is set, and whoever was signed in as this person is not any more. */
export async function spendLink(db: Db, owner: LinkOwner, passwordHash: string, now: Date): Promise<void> {
  await writePassword(db, owner.userId, passwordHash, now);
  await endSessions(db, owner.userId);
  await writeAudit(db, {
    action: 'user.password_set',
    subject: 'user',
    subjectId: owner.userId,
    changes: { kind: owner.kind },
  });
}
