import { CodedError } from '@kezi/contract/errors';
import { Kysely, Migrator, PostgresDialect, type Migration } from 'kysely';
import { Pool } from 'pg';

interface MigrateOptions {
  ownerUrl: string;
  migrations: Readonly<Record<string, Migration>>;
  /** Other things that must be in place in the same database, run under the same lock (the job queue's own tables). */
  alsoPrepare?: (pool: Pool) => Promise<void>;
}

const extensions = ['pg_trgm', 'pgcrypto'];

/** What the database has and the program does not know: it was opened by a newer program. */
async function refuseNewer(pool: Pool, known: Readonly<Record<string, Migration>>): Promise<boolean> {
  const { rows: found } = await pool.query<{ there: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as there`,
  );
  if (!found[0]?.there) return false;
  const { rows } = await pool.query<{ name: string }>('select name from kysely_migration order by name');
  const unknown = rows.map((row) => row.name).filter((name) => !(name in known));
  if (unknown.length > 0) throw new CodedError('app.database_newer', { migration: unknown.at(-1) ?? '' });
  return rows.length === Object.keys(known).length;
}

/** Where none was tried: one that a later one went before, in a database that was made in between two versions. */
async function firstMissing(pool: Pool, known: Readonly<Record<string, Migration>>): Promise<string> {
  const { rows } = await pool.query<{ name: string }>('select name from kysely_migration');
  const there = new Set(rows.map(({ name }) => name));
  return Object.keys(known).find((name) => !there.has(name)) ?? '';
}

/**
 * Brings the database to the program's schema. Runs at every start; of several programs that start at once one works and
 * the others wait at the lock, then find nothing to do.
 * @throws CodedError app.database_newer, app.migration_failed
 */
export async function migrateDatabase(options: MigrateOptions): Promise<{ applied: string[] }> {
  const pool = new Pool({
    connectionString: options.ownerUrl,
    max: 4,
    application_name: 'kezi migrations',
    connectionTimeoutMillis: 10_000,
  });
  // A broken connection fails the statement that uses it; these only keep the process alive until then.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const gate = await pool.connect();
  try {
    await gate.query(`select pg_advisory_lock(hashtext('kezi migrations'))`);
    if (await refuseNewer(pool, options.migrations)) return { applied: [] };
    // Tables are made for the roles that need them; nobody else finds anything in the schema.
    await gate.query('revoke all on schema public from public');
    await gate.query('grant usage on schema public to kezi_app, kezi_all, kezi_scoped');
    for (const extension of extensions) await gate.query(`create extension if not exists ${extension}`);
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...options.migrations }) },
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    if (error) {
      const failed = results.find((result) => result.status === 'Error')?.migrationName;
      const migration = failed ?? (await firstMissing(pool, options.migrations));
      throw new CodedError('app.migration_failed', { migration }, { cause: error });
    }
    await options.alsoPrepare?.(pool);
    return { applied: results.map((result) => result.migrationName) };
  } finally {
    gate.release(true);
    await pool.end();
  }
}
