import { CodedError } from '@kezi/contract/errors';
import { Client } from 'pg';
import { passwordOf, withLogin, type DatabaseAddress } from './database-address.js';
import { checkServerVersion, prepareRoles } from './prepare-roles.js';

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The two logins of a database on the PostgreSQL of the data folder; makes roles and database where they are absent. */
export async function prepareOwnDatabase(
  adminUrl: string,
  secret: string,
  database = 'kezi',
): Promise<DatabaseAddress> {
  const owner = { name: 'kezi_owner', password: passwordOf(secret, 'kezi_owner') };
  const app = { name: 'kezi_app', password: passwordOf(secret, 'kezi_app') };
  await withClient(adminUrl, async (client) => {
    await prepareRoles(client, { app, owner });
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(database)} owner kezi_owner`);
    }
  });
  return {
    ownerUrl: withLogin(adminUrl, { user: owner.name, password: owner.password, database }),
    appUrl: withLogin(adminUrl, { user: app.name, password: app.password, database }),
  };
}

/**
 * The company's own database: DATABASE_URL names a login that owns it. Where that login may not make roles, an
 * administrator makes them and DATABASE_APP_URL names the program's login.
 * @throws CodedError database.unreachable, database.too_old, database.roles_missing, database.login_refused
 */
export async function prepareCompanyDatabase(
  url: string,
  appUrl: string | undefined,
  secret: string,
): Promise<DatabaseAddress> {
  const app = { name: 'kezi_app', password: passwordOf(secret, 'kezi_app') };
  try {
    await withClient(url, async (client) => {
      await checkServerVersion(client);
      if (appUrl === undefined) await prepareRoles(client, { app });
    });
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('database.unreachable', { host: new URL(url).host, reason }, { cause: error });
  }
  const address = {
    ownerUrl: url,
    appUrl: appUrl ?? withLogin(url, { user: app.name, password: app.password }),
  };
  // Another installation on the same server, or an administrator, may have given the login another password.
  await withClient(address.appUrl, () => Promise.resolve()).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('database.login_refused', { reason }, { cause: error });
  });
  return address;
}
