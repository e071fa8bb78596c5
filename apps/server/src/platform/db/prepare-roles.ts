import { CodedError } from '@kezi/contract/errors';
import type { Client } from 'pg';

const groups = ['kezi_all', 'kezi_scoped'] as const;

/** 15: `unique nulls not distinct`, and views that check the rights of their reader. */
const oldestServer = 150_000;

/** @throws CodedError database.too_old */
export async function checkServerVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
  );
  const row = rows[0];
  if (!row || Number(row.number) < oldestServer) {
    throw new CodedError('database.too_old', { version: row?.version ?? '?' });
  }
}

async function mayMakeRoles(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select rolcreaterole or rolsuper as may from pg_roles where rolname = current_user`,
  );
  return rows[0]?.may ?? false;
}

interface Logins {
  app: { name: string; password: string };
  /** Absent where the database belongs to the company: its own login owns the tables then. */
  owner?: { name: string; password: string };
}

/**
 * Makes the roles or brings their passwords up to date:
 * kezi_owner owns the tables; kezi_app is the program's login and owns nothing; kezi_all and kezi_scoped are the roles
 * it takes within a transaction. It does not inherit them, so that outside of a transaction it sees nothing.
 * @throws CodedError database.roles_missing with the statements that an administrator has to run
 */
export async function prepareRoles(client: Client, logins: Logins): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname in ('kezi_all', 'kezi_scoped', 'kezi_app', 'kezi_owner')`,
  );
  const present = new Set(rows.map((row) => row.rolname));
  const statements: string[] = [];
  for (const group of groups) if (!present.has(group)) statements.push(`create role ${group} nologin`);
  for (const login of [logins.app, logins.owner]) {
    if (!login) continue;
    const name = client.escapeIdentifier(login.name);
    const inherit = login === logins.app ? 'noinherit' : 'inherit';
    const verb = present.has(login.name) ? 'alter' : 'create';
    statements.push(`${verb} role ${name} login ${inherit} password ${client.escapeLiteral(login.password)}`);
    if (verb === 'create') statements.push(`grant ${groups.join(', ')} to ${name}`);
  }
  // The owner sees the rows of forced tables as well: a migration may have to fill a new column.
  if (!logins.owner) statements.push(`grant ${groups.join(', ')} to current_user`);
  if (await mayMakeRoles(client)) {
    // Two programs that start on one server must not both alter the same row of the catalogue.
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('kezi roles'))`);
    for (const statement of statements) await client.query(statement);
    await client.query('commit');
    return;
  }
  const missing = statements.filter((statement) => statement.startsWith('create'));
  if (missing.length > 0 || !(await isMember(client))) {
    const grant = `grant ${groups.join(', ')} to ${await loginName(client)}`;
    throw new CodedError('database.roles_missing', {
      statements: [...missing, grant]
        .map((statement) => statement.replace(/password '.*'/, `password '...'`))
        .join(';\n'),
    });
  }
}

/** The owner has to see the rows of its own tables, which are under row-level security for it too. */
async function isMember(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ member: boolean }>(
    `select pg_has_role(current_user, 'kezi_all', 'usage') as member`,
  );
  return rows[0]?.member ?? false;
}

async function loginName(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_user) as name');
  return rows[0]?.name ?? '';
}
