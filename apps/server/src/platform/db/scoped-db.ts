import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import type { Pool } from 'pg';
import type { DB } from './database.generated.js';
import { makePool } from './pool.js';

/** A transaction: the first argument of every query function. */
export type Db = Transaction<DB>;

/** Whose eyes a transaction has. */
export interface Viewer {
  userId: number;
  scope: 'all' | 'team_and_below' | 'team' | 'own';
  /** Teams whose rows the user sees; empty for scope 'own'. */
  teamIds: readonly number[];
}

export interface TransactionOptions {
  readOnly?: boolean;
  requestId?: string;
  /** Of one statement; 30 s unless a job asks for more. */
  statementTimeoutMs?: number;
}

export interface ScopedDb {
  /** A transaction with the rights of the user. */
  inScope: <T>(viewer: Viewer, work: (db: Db) => Promise<T>, options?: TransactionOptions) => Promise<T>;
  /** A transaction that sees all, for jobs and listeners, or on behalf of a user whose right was checked before. */
  asSystem: <T>(
    work: (db: Db) => Promise<T>,
    options?: TransactionOptions & { userId?: number },
  ) => Promise<T>;
  /** The program's own login, outside of any scope: it may find out who somebody is, and nothing else. */
  login: Kysely<DB>;
  pool: Pool;
  close: () => Promise<void>;
}

interface Settings {
  role: 'kezi_all' | 'kezi_scoped';
  userId: number | undefined;
  teamIds: readonly number[];
}

async function enter(db: Db, settings: Settings, options: TransactionOptions): Promise<void> {
  await sql`select set_config('role', ${settings.role}, true),
    set_config('kezi.user_id', ${settings.userId === undefined ? '' : String(settings.userId)}, true),
    set_config('kezi.team_ids', ${`{${settings.teamIds.join(',')}}`}, true),
    set_config('kezi.request_id', ${options.requestId ?? ''}, true),
    set_config('statement_timeout', ${String(options.statementTimeoutMs ?? 30_000)}, true)`.execute(db);
}

/** The database as the program uses it: its login owns nothing and sees nothing until a transaction takes a role. */
export function openScopedDb(url: string, max: number, onError: (error: Error) => void): ScopedDb {
  const pool = makePool({ url, name: 'app', max, onError });
  const login = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const run = <T>(
    settings: Settings,
    work: (db: Db) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> => {
    const begin = login.transaction();
    return (options.readOnly ? begin.setAccessMode('read only') : begin).execute(async (db) => {
      await enter(db, settings, options);
      return work(db);
    });
  };
  return {
    inScope: (viewer, work, options = {}) =>
      run(
        {
          role: viewer.scope === 'all' ? 'kezi_all' : 'kezi_scoped',
          userId: viewer.userId,
          teamIds: viewer.teamIds,
        },
        work,
        options,
      ),
    asSystem: (work, options = {}) =>
      run({ role: 'kezi_all', userId: options.userId, teamIds: [] }, work, options),
    login,
    pool,
    close: () => login.destroy(),
  };
}
