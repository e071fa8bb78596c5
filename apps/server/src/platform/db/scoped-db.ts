import { CompiledQuery, Kysely, PostgresDialect, PostgresDriver, type Transaction } from 'kysely';
import { escapeLiteral, type Pool } from 'pg';
import type { DB } from './database.generated.js';
import { beganWith, plannerSettings, type PlanChoice } from './plan-choice.js';
import { makePool } from './pool.js';

/** A transaction: the first argument of every query function. */
export type Db = Transaction<DB>;

/** Whose eyes a transaction has. */
export interface Viewer {
  userId: number;
  scope: 'all' | 'team_and_below' | 'team' | 'chosen' | 'own';
  /** Teams whose rows the user sees; empty for scope 'own'. */
  teamIds: readonly number[];
  /** Whose rows the user sees as their own: theirs, and those of whom they stand in for. Theirs alone when left out. */
  ownerIds?: readonly number[];
  /** Customers that were shared with the user; none when left out. */
  sharedIds?: readonly number[];
  /** Those of them that the user may change. */
  editedIds?: readonly number[];
  /** Where the request came from and by what it got in, for the audit. */
  address?: string;
  origin?: string;
}

export interface TransactionOptions {
  readOnly?: boolean;
  requestId?: string;
  /** Of one statement; 30 s unless a job asks for more. */
  statementTimeoutMs?: number;
  /** What the planner is told at the start, in the same round trip. */
  plan?: PlanChoice;
}

export interface ScopedDb {
  /** A transaction with the rights of the user. */
  inScope: <T>(viewer: Viewer, work: (db: Db) => Promise<T>, options?: TransactionOptions) => Promise<T>;
  /** A transaction that sees all, for jobs and listeners, or on behalf of a user whose right was checked before. */
  asSystem: <T>(
    work: (db: Db) => Promise<T>,
    options?: TransactionOptions & { userId?: number; address?: string; origin?: string },
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
  ownerIds: readonly number[];
  sharedIds: readonly number[];
  editedIds: readonly number[];
  address: string | undefined;
  origin: string | undefined;
}

const nobody = { teamIds: [], ownerIds: [], sharedIds: [], editedIds: [] };
const listOf = (ids: readonly number[]): string => `{${ids.join(',')}}`;

/** Whose rows count as the viewer's own. */
export const ownersOf = (viewer: Viewer): readonly number[] => viewer.ownerIds ?? [viewer.userId];

/** Transactions begin in `enter`, in one round trip with their settings. */
class EnteredDriver extends PostgresDriver {
  override beginTransaction(): Promise<void> {
    return Promise.resolve();
  }
}

class EnteredDialect extends PostgresDialect {
  readonly #pool: Pool;
  constructor(pool: Pool) {
    super({ pool });
    this.#pool = pool;
  }
  override createDriver(): EnteredDriver {
    return new EnteredDriver({ pool: this.#pool });
  }
}

async function enter(db: Db, settings: Settings, options: TransactionOptions): Promise<void> {
  const values = {
    role: settings.role,
    'kezi.user_id': settings.userId === undefined ? '' : String(settings.userId),
    'kezi.team_ids': listOf(settings.teamIds),
    'kezi.owner_ids': listOf(settings.ownerIds),
    'kezi.shared_ids': listOf(settings.sharedIds),
    'kezi.edited_ids': listOf(settings.editedIds),
    'kezi.request_id': options.requestId ?? '',
    'kezi.address': settings.address ?? '',
    'kezi.via': settings.origin ?? '',
    statement_timeout: String(options.statementTimeoutMs ?? 30_000),
    ...(options.plan === undefined ? {} : plannerSettings(options.plan)),
  };
  const set = Object.entries(values).map(
    ([name, value]) => `set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`,
  );
  // Two statements go in one text only without parameters.
  const begin = options.readOnly ? 'begin read only' : 'begin';
  await db.executeQuery(CompiledQuery.raw(`${begin}; select ${set.join(', ')}`));
  if (options.plan !== undefined) beganWith(db, options.plan);
}

/** The database as the program uses it: its login owns nothing and sees nothing until a transaction takes a role. */
export function openScopedDb(url: string, max: number, onError: (error: Error) => void): ScopedDb {
  const pool = makePool({ url, name: 'app', max, onError });
  const login = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  const entered = new Kysely<DB>({ dialect: new EnteredDialect(pool) });
  const run = <T>(
    settings: Settings,
    work: (db: Db) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> =>
    entered.transaction().execute(async (db) => {
      await enter(db, settings, options);
      return work(db);
    });
  return {
    inScope: (viewer, work, options = {}) =>
      run(
        {
          role: viewer.scope === 'all' ? 'kezi_all' : 'kezi_scoped',
          userId: viewer.userId,
          teamIds: viewer.teamIds,
          ownerIds: ownersOf(viewer),
          sharedIds: viewer.sharedIds ?? [],
          editedIds: viewer.editedIds ?? [],
          address: viewer.address,
          origin: viewer.origin,
        },
        work,
        options,
      ),
    asSystem: (work, options = {}) => {
      const { userId, address, origin } = options;
      return run({ role: 'kezi_all', userId, ...nobody, address, origin }, work, options);
    },
    login,
    pool,
    close: () => pool.end(),
  };
}
