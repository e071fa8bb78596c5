import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { testCluster } from '../../testing/test-cluster.js';
import { generateTypes } from '../../testing/generate-types.js';
import { prepareQueue } from '../jobs/prepare-queue.js';
import type { DatabaseAddress } from './database-address.js';
import { migrateDatabase } from './migrate-database.js';
import { prepareOwnDatabase } from './open-database.js';
import { unprotectedTables } from './unprotected-tables.js';

const name = `fresh_${randomBytes(4).toString('hex')}`;
let address: DatabaseAddress;
let pool: Pool;

beforeAll(async () => {
  address = await prepareOwnDatabase(testCluster().adminUrl, testCluster().secret, name);
  pool = new Pool({ connectionString: address.ownerUrl, max: 2 });
});

afterAll(async () => {
  await pool.end();
  const admin = new Client({ connectionString: testCluster().adminUrl });
  await admin.connect();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
});

const migrate = (known = migrations) =>
  migrateDatabase({ ownerUrl: address.ownerUrl, migrations: known, alsoPrepare: prepareQueue });

describe('migrations', () => {
  it('of three programs that start at once, one works and the others find nothing to do', async () => {
    const outcomes = await Promise.all([migrate(), migrate(), migrate()]);
    const counts = outcomes.map(({ applied }) => applied.length).sort((a, b) => a - b);
    expect(counts).toEqual([0, 0, Object.keys(migrations).length]);
    expect(await migrate()).toEqual({ applied: [] });
  });

  it('refuse a database that a newer program has opened, and leave it alone', async () => {
    await pool.query(`insert into kysely_migration (name, timestamp) values ('2999010101_future', 'x')`);
    await expect(migrate()).rejects.toMatchObject({
      code: 'app.database_newer',
      params: { migration: '2999010101_future' },
    });
    await pool.query(`delete from kysely_migration where name = '2999010101_future'`);
  });

  it('leave nothing of one that fails', async () => {
    const failing = {
      ...migrations,
      '2999010102_bad': {
        up: async (db: Parameters<(typeof migrations)[string]['up']>[0]) => {
          await db.schema.createTable('half_done').addColumn('id', 'integer').execute();
          throw new Error('no');
        },
      },
    };
    await expect(migrate(failing)).rejects.toMatchObject({
      code: 'app.migration_failed',
      params: { migration: '2999010102_bad' },
    });
    const { rows } = await pool.query(`select to_regclass('half_done') as there`);
    expect(rows).toEqual([{ there: null }]);
  });

  it('name the one that is missing where a later one went before it', async () => {
    const [first = ''] = Object.keys(migrations);
    const { rows } = await pool.query('delete from kysely_migration where name = $1 returning *', [first]);
    await expect(migrate()).rejects.toMatchObject({
      code: 'app.migration_failed',
      params: { migration: first },
    });
    await pool.query('insert into kysely_migration (name, timestamp) values ($1, $2)', [
      first,
      rows[0].timestamp,
    ]);
    expect((await migrate()).applied).toEqual([]);
  });

  it('give the table types that are committed (else: npm run schema -w @kezi/server)', async () => {
    const file = fileURLToPath(new URL('database.generated.ts', import.meta.url));
    expect(readFileSync(file, 'utf8')).toBe(await generateTypes(pool));
  });
});

describe('every table', () => {
  it('has row-level security enabled and forced, or its reason stands in the list', async () => {
    const { rows } = await pool.query<{ relname: string; safe: boolean }>(`
      select relname, relrowsecurity and relforcerowsecurity as safe
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
    expect(rows.length).toBeGreaterThan(15);
    const open = rows.filter((row) => !row.safe).map((row) => row.relname);
    expect(open.sort()).toEqual(Object.keys(unprotectedTables).sort());
  });

  it('lets the role that sees all see all: a backup would lose rows otherwise', async () => {
    const { rows } = await pool.query<{ relname: string }>(`
      select relname from pg_class c
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity and not exists (
        select from pg_policy p
        where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*' and pg_get_expr(p.polqual, c.oid) = 'true'
          and p.polroles @> array[(select oid from pg_roles where rolname = 'kezi_all')])`);
    expect(rows).toEqual([]);
  });

  it('belongs to the owner; the login of the program owns nothing and inherits nothing', async () => {
    const { rows: owners } = await pool.query<{ tableowner: string }>(
      `select distinct tableowner from pg_tables where schemaname in ('public', 'graphile_worker')`,
    );
    expect(owners).toEqual([{ tableowner: 'kezi_owner' }]);
    const { rows: login } = await pool.query(
      `select rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb from pg_roles where rolname = 'kezi_app'`,
    );
    expect(login).toEqual([
      { rolsuper: false, rolbypassrls: false, rolinherit: false, rolcreaterole: false, rolcreatedb: false },
    ]);
  });
});

describe('the login of the program, outside of a transaction of its own', () => {
  it.each(['customer', 'customer_order', 'audit_entry', 'job', 'import_batch', 'customer_score'])(
    'may not read %s',
    async (table) => {
      const client = new Client({ connectionString: address.appUrl });
      await client.connect();
      await expect(client.query(`select * from ${table}`)).rejects.toMatchObject({ code: '42501' });
      await client.end();
    },
  );

  it('may not read the queue, make tables or become the owner', async () => {
    const client = new Client({ connectionString: address.appUrl });
    await client.connect();
    for (const statement of [
      'select * from graphile_worker.jobs',
      'create table mine (id int)',
      'set role kezi_owner',
    ]) {
      await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
    await client.end();
  });
});
