import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrations } from '../../migrations/index.js';
import { testCluster } from '../../testing/test-cluster.js';
import { prepareQueue } from '../jobs/prepare-queue.js';
import { passwordOf, withLogin } from './database-address.js';
import { migrateDatabase } from './migrate-database.js';
import { prepareCompanyDatabase } from './open-database.js';
import { openScopedDb } from './scoped-db.js';

const name = `company_${randomBytes(4).toString('hex')}`;
const { adminUrl, secret } = testCluster();
const url = withLogin(adminUrl, { user: name, password: 'x', database: name });
const appUrl = withLogin(adminUrl, {
  user: 'kezi_app',
  password: passwordOf(secret, 'kezi_app'),
  database: name,
});

async function asAdmin(...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

beforeAll(() => asAdmin(`create role ${name} login password 'x'`, `create database ${name} owner ${name}`));
afterAll(() => asAdmin(`drop database ${name} with (force)`, `drop role ${name}`));

describe("the company's own database", () => {
  it('that may not make roles says what its administrator has to run', async () => {
    await expect(prepareCompanyDatabase(url, undefined, secret)).rejects.toMatchObject({
      code: 'database.roles_missing',
      params: { statements: `grant kezi_all, kezi_scoped to ${name}` },
    });
  });

  it('whose program login has another password asks for it', async () => {
    await asAdmin(`grant kezi_all, kezi_scoped to ${name}`);
    await expect(prepareCompanyDatabase(url, undefined, 'another secret')).rejects.toMatchObject({
      code: 'database.login_refused',
    });
  });

  it('that cannot be reached is named, without its password', async () => {
    const away = new URL(url);
    away.port = '1';
    await expect(prepareCompanyDatabase(away.href, undefined, secret)).rejects.toMatchObject({
      code: 'database.unreachable',
      params: { host: '127.0.0.1:1' },
    });
  });

  it('carries the tables under its own login, and the program works on them', async () => {
    const address = await prepareCompanyDatabase(url, appUrl, secret);
    await migrateDatabase({ ownerUrl: address.ownerUrl, migrations, alsoPrepare: prepareQueue });
    const db = openScopedDb(address.appUrl, 1, () => undefined);
    const teams = await db.asSystem((trx) =>
      trx.insertInto('team').values({ name: '华东' }).returning('team_id').execute(),
    );
    expect(teams).toEqual([{ team_id: 1 }]);
    await db.close();
  });
});
