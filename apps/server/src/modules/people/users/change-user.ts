import { scopeOfRole, type User, type UserChange } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { notify } from '../../../platform/events/notifications.js';
import { getUser } from './users.queries.js';
import { mustSeeAll } from './must-see-all.js';

interface UserChangeOptions {
  userId: number;
  change: Omit<UserChange, 'password'>;
  passwordHash: string | null;
  versionSeen: number | null;
  now: Date;
}

/** The organisation always has somebody who may let others in. */
async function keepOneAdministrator(db: Db, userId: number): Promise<void> {
  // Locked in one order, so that two administrators cannot each demote the other at once.
  const administrators = await db
    .selectFrom('app_user')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute();
  if (administrators.every((row) => row.id === userId)) throw new CodedError('users.last_administrator');
}

/** Ends every open session; the next request of an API key finds the user disabled. */
export async function endSessions(db: Db, userId: number): Promise<void> {
  await db.deleteFrom('user_session').where('user_id', '=', userId).execute();
  await notify(db, { type: 'access', userId });
}

/** @throws CodedError placement.chosen_empty */
async function mustHaveChosen(db: Db, userId: number): Promise<void> {
  const [chosen] = await db
    .selectFrom('user_scope_team')
    .select('team_id')
    .where('user_id', '=', userId)
    .limit(1)
    .execute();
  if (!chosen) throw new CodedError('placement.chosen_empty');
}

/** @throws CodedError users.not_found, users.changed, users.last_administrator, users.team_unknown, users.administrator_scope */
export async function changeUser(db: Db, options: UserChangeOptions): Promise<User> {
  const { userId, change, now } = options;
  const before = await getUser(db, userId);
  if (options.versionSeen !== null && options.versionSeen !== before.rowVersion) {
    throw new CodedError('users.changed');
  }
  const after = {
    ...before,
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  };
  if (change.role !== undefined && change.scope === undefined && change.role !== before.role) {
    after.scope = scopeOfRole[change.role];
  }
  mustSeeAll(after.role, after.scope);
  if (after.scope === 'chosen' && before.scope !== 'chosen') await mustHaveChosen(db, userId);
  const losesAdministrator =
    before.role === 'administrator' && !before.disabled && (after.role !== 'administrator' || after.disabled);
  if (losesAdministrator) await keepOneAdministrator(db, userId);
  if (after.teamId !== null && after.teamId !== before.teamId) {
    const team = await db
      .selectFrom('team')
      .select('team_id')
      .where('team_id', '=', after.teamId)
      .executeTakeFirst();
    if (!team) throw new CodedError('users.team_unknown');
  }
  const updated = await db
    .updateTable('app_user')
    .set({
      name: after.name,
      role: after.role,
      scope: after.scope,
      team_id: after.teamId,
      disabled_at: after.disabled ? sql`coalesce(disabled_at, ${now})` : null,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('id', '=', userId)
    .where('row_version', '=', before.rowVersion)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new CodedError('users.changed');
  if (options.passwordHash !== null) await writePassword(db, userId, options.passwordHash, now);
  const { name, role, scope, teamId, disabled } = after;
  await writeAudit(db, {
    action: 'user.changed',
    subject: 'user',
    subjectId: userId,
    changes: {
      ...changesBetween({ ...before }, { name, role, scope, teamId, disabled }),
      ...(options.passwordHash === null ? {} : { password: 'set' }),
    },
  });
  if (after.disabled || options.passwordHash !== null) await endSessions(db, userId);
  else await notify(db, { type: 'access', userId });
  await emitEvent(db, 'user.changed', { userId });
  return getUser(db, userId);
}

/** The caller has checked who asks, and works out the hash before the transaction. Links to set another end with it. */
export async function writePassword(db: Db, userId: number, passwordHash: string, now: Date): Promise<void> {
  await sql`
    insert into user_account (user_id, provider_id, account_id, password)
    select ${userId}::int, 'credential', ${String(userId)}, ${passwordHash}
    where not exists (
      select from user_account where user_id = ${userId}::int and provider_id = 'credential')`.execute(db);
  await db
    .updateTable('user_link')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
  await db
    .updateTable('user_account')
    .set({ password: passwordHash, updated_at: now })
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .execute();
}
