import { scopeOfRole, type NewUser, type User } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { hashPassword } from 'better-auth/crypto';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { checkPassword } from './check-password.js';
import { getUser } from './users.queries.js';
import { mustSeeAll } from './must-see-all.js';

/** A user whose password is worked out already: scrypt takes a quarter of a second, which no transaction should wait for. */
type UserToInsert = Omit<NewUser, 'password'> & { passwordHash: string | null };

/** @throws CodedError users.email_exists, users.team_unknown, users.administrator_scope, placement.chosen_empty */
export async function insertUser(db: Db, user: UserToInsert, now: Date): Promise<User> {
  mustSeeAll(user.role, user.scope);
  if (user.scope === 'chosen') throw new CodedError('placement.chosen_empty');
  if (user.teamId) {
    const team = await db
      .selectFrom('team')
      .select('team_id')
      .where('team_id', '=', user.teamId)
      .executeTakeFirst();
    if (!team) throw new CodedError('users.team_unknown');
  }
  const inserted = await db
    .insertInto('app_user')
    .values({
      email: user.email,
      name: user.name,
      role: user.role,
      scope: user.scope ?? scopeOfRole[user.role],
      team_id: user.teamId ?? null,
      language: user.language ?? null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!inserted) throw new CodedError('users.email_exists', { email: user.email });
  if (user.passwordHash !== null) {
    await db
      .insertInto('user_account')
      .values({
        user_id: inserted.id,
        provider_id: 'credential',
        account_id: String(inserted.id),
        password: user.passwordHash,
      })
      .execute();
  }
  const made = await getUser(db, inserted.id);
  const { email, name, role, scope, teamId } = made;
  await writeAudit(db, {
    action: 'user.created',
    subject: 'user',
    subjectId: made.id,
    changes: { email, name, role, scope, teamId },
  });
  return made;
}

/**
 * Without a password the person gets in by a link only.
 * @throws CodedError users.email_exists, users.team_unknown, password.common and its like
 */
export async function createUser(
  inTransaction: <T>(work: (db: Db) => Promise<T>) => Promise<T>,
  user: NewUser,
  now: Date,
): Promise<User> {
  const { password, ...rest } = user;
  if (password !== undefined) checkPassword(password, user);
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return inTransaction((db) => insertUser(db, { ...rest, passwordHash }, now));
}
