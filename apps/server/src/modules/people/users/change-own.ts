import type { Language } from '@kezi/contract/errors';
import { CodedError } from '@kezi/contract/errors';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { checkPassword } from './check-password.js';
import { endSessions, writePassword } from './change-user.js';

interface Preferences {
  name?: string | undefined;
  language?: Language | null | undefined;
  theme?: 'light' | 'dark' | 'system' | undefined;
}

/** What everybody may change about themselves. */
export async function changePreferences(
  db: Db,
  userId: number,
  change: Preferences,
  now: Date,
): Promise<void> {
  const before = await db
    .selectFrom('app_user')
    .select(['name', 'language', 'theme'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  await db
    .updateTable('app_user')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.language === undefined ? {} : { language: change.language }),
      ...(change.theme === undefined ? {} : { theme: change.theme }),
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('id', '=', userId)
    .execute();
  await writeAudit(db, {
    action: 'user.changed',
    subject: 'user',
    subjectId: userId,
    changes: changesBetween(before, { ...change }),
  });
}

/**
 * Asks for the old password, writes the new one and ends all sessions, this one too: whoever changes a password may do so
 * because another knows it.
 * @throws CodedError users.wrong_password, password.common and its like
 */
export async function changePassword(
  platform: Platform,
  principal: Principal,
  change: { current: string; next: string },
  requestId: string,
): Promise<void> {
  const account = await platform.db.login
    .selectFrom('user_account')
    .select('password')
    .where('user_id', '=', principal.userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  const right =
    account?.password && (await verifyPassword({ hash: account.password, password: change.current }));
  if (!right) throw new CodedError('users.wrong_password');
  checkPassword(change.next, principal);
  const passwordHash = await hashPassword(change.next);
  const { userId } = principal;
  await platform.db.asSystem(
    async (db) => {
      await writePassword(db, userId, passwordHash, platform.clock.now());
      await writeAudit(db, { action: 'user.password_changed', subject: 'user', subjectId: userId });
      await endSessions(db, userId);
    },
    { userId, requestId },
  );
}
