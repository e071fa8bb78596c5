import {
  type ApiKey,
  keyScopes,
  newUser,
  type NewUser,
  type Permission,
  type SignInLink,
  type User,
  type UserAccess,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { Config } from '../config.js';
import { createKey, listKeys, mustBeAhead, revokeKey } from '../modules/people/keys/index.js';
import { removeSecondFactor, unblock } from '../modules/people/session/index.js';
import { createUser, endSessions, makeLink, readAccess } from '../modules/people/users/index.js';
import { openData } from '../platform/data-folder.js';
import { openScopedDb, type Db, type ScopedDb } from '../platform/db/scoped-db.js';
import { migrate } from '../assemble-server.js';

/** Opens the data folder, or joins the server that has it open, for one piece of work. */
async function withDatabase<T>(
  config: Config,
  work: (db: ScopedDb) => Promise<T>,
  mustExist = true,
): Promise<T> {
  const data = await openData(config, { mayShare: true, mustExist });
  try {
    await migrate(data);
    const db = openScopedDb(data.address.appUrl, 2, () => undefined);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await data.close();
  }
}

/**
 * Adds a person from the command line, which may be the first administrator.
 * @throws CodedError users.email_exists, cli.email_wrong, cli.password_missing
 */
export async function addUser(config: Config, wish: NewUser, now: Date): Promise<User> {
  const parsed = newUser.safeParse(wish);
  if (!parsed.success) {
    const isEmail = parsed.error.issues.some((issue) => issue.path[0] === 'email');
    throw isEmail
      ? new CodedError('cli.email_wrong', { email: wish.email })
      : new CodedError('cli.password_missing');
  }
  return withDatabase(
    config,
    (db) => createUser((work) => db.asSystem(work, { requestId: 'command line' }), parsed.data, now),
    false,
  );
}

/** @throws CodedError cli.user_not_found */
async function userOf(db: Db, wished: string): Promise<number> {
  const email = wished.trim().toLowerCase();
  const user = await db.selectFrom('app_user').select('id').where('email', '=', email).executeTakeFirst();
  if (!user) throw new CodedError('cli.user_not_found', { email });
  return user.id;
}

const byHand = { requestId: 'command line', origin: 'command line' };

/** The keys of a person that were not revoked, with what they may do and until when. */
export function listKeysOf(config: Config, email: string): Promise<ApiKey[]> {
  return withDatabase(config, (db) =>
    db.asSystem(async (trx) => listKeys(trx, await userOf(trx, email)), byHand),
  );
}

/**
 * Ends a key at once.
 * @throws CodedError cli.user_not_found, keys.not_found
 */
export function endKey(config: Config, wish: { email: string; keyId: number }, now: Date): Promise<void> {
  return withDatabase(config, (db) =>
    db.asSystem(async (trx) => revokeKey(trx, await userOf(trx, wish.email), wish.keyId, now), byHand),
  );
}

/**
 * Makes an API key for a person.
 * @returns the key, which is kept nowhere
 * @throws CodedError cli.user_not_found, cli.scopes_unknown, keys.past
 */
export async function addKey(
  config: Config,
  wish: { email: string; name: string; scopes: readonly string[]; expiresAt: string | null },
  now: Date,
): Promise<{ id: number; key: string; scopes: readonly Permission[] }> {
  const known: readonly string[] = keyScopes;
  const unknown = wish.scopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0 || wish.scopes.length === 0) {
    throw new CodedError('cli.scopes_unknown', { scopes: unknown.join(' '), known: known.join(' ') });
  }
  const { name, expiresAt } = wish;
  mustBeAhead(expiresAt, now);
  return withDatabase(config, (db) =>
    db.asSystem(async (trx) => {
      const userId = await userOf(trx, wish.email);
      const made = await createKey(trx, { userId, name, scopes: wish.scopes as Permission[], expiresAt });
      return { id: made.id, key: made.key, scopes: made.scopes };
    }, byHand),
  );
}

/** What an administrator does for somebody from the command line. */
export type UserHelp = 'show' | 'link' | 'sign-out' | 'unblock' | 'second-factor-off';

/**
 * Helps a person in or puts them out, where the web cannot be reached or no administrator can sign in.
 * @returns how they can get in now, and the link where one was made
 * @throws CodedError cli.user_not_found, users.link_disabled, session.second_factor_not_found
 */
export async function helpUser(
  config: Config,
  wish: { email: string; help: UserHelp },
  now: Date,
): Promise<{ access: UserAccess; link?: SignInLink }> {
  return withDatabase(config, (db) =>
    db.asSystem(async (trx) => {
      const userId = await userOf(trx, wish.email);
      const link = wish.help === 'link' ? await makeLink(trx, userId, now) : undefined;
      if (wish.help === 'sign-out') await endSessions(trx, userId);
      if (wish.help === 'unblock') await unblock(trx, userId);
      if (wish.help === 'second-factor-off') await removeSecondFactor(trx, userId);
      const access = await readAccess(trx, userId, now, 'en-US');
      return link === undefined ? { access } : { access, link };
    }, byHand),
  );
}
