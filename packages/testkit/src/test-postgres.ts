import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres } from '@kezi/postgres';
import { Client } from 'pg';

export interface TestPostgres {
  adminUrl: string;
  secret: string;
  stop: () => Promise<void>;
}

/**
 * One PostgreSQL for all test files, in a folder of its own; nothing is forced to disk. `KEZI_TEST_DATABASE_URL` names an
 * empty one in its place, by the address of its superuser: so the oldest version that is supported is tested.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env['KEZI_TEST_DATABASE_URL'];
  if (given) return { adminUrl: given, secret: 'the secret of the tests', stop: () => Promise.resolve() };
  const folder = mkdtempSync(join(tmpdir(), 'kezi-test-'));
  const postgres = await openPostgres({
    folder: join(folder, 'postgres'),
    durable: false,
    settings: { max_connections: '300', shared_buffers: '128MB', autovacuum: 'off' },
  });
  return {
    adminUrl: postgres.url,
    secret: postgres.secret,
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function withAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  name: string;
  /** @returns connections that were still open: a leak of the test or of what it tests */
  drop: () => Promise<number>;
}

/** A database of its own, copied from the migrated template (65 ms); it belongs to whom the template belongs to. */
export async function createTestDatabase(adminUrl: string, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(adminUrl, async (client) => {
    // Two copies of one template at once are refused while either has it open; they take turns.
    await client.query(`select pg_advisory_lock(hashtext('kezi template'))`);
    const { rows } = await client.query<{ owner: string }>(
      'select quote_ident(pg_get_userbyid(datdba)) as owner from pg_database where datname = $1',
      [template],
    );
    const owner = rows[0]?.owner ?? 'current_user';
    await client.query(`create database ${name} owner ${owner} template ${template} strategy file_copy`);
  });
  return {
    name,
    drop: () =>
      withAdmin(adminUrl, async (client) => {
        const open = async () => {
          const { rows } = await client.query<{ open: number }>(
            'select count(*)::int as open from pg_stat_activity where datname = $1',
            [name],
          );
          return rows[0]?.open ?? 0;
        };
        // A connection that was closed takes a moment to leave the list, and longer on a machine with other work.
        let left = await open();
        for (let attempt = 0; left > 0 && attempt < 600; attempt++) {
          await new Promise((done) => setTimeout(done, 25));
          left = await open();
        }
        await client.query(`drop database ${name} with (force)`);
        return left;
      }),
  };
}
