import { accessSync, constants, statfsSync } from 'node:fs';
import {
  CodedError,
  messageOf,
  type ErrorCode,
  type ErrorParams,
  type Language,
} from '@kezi/contract/errors';
import { Client } from 'pg';
import type { Config } from '../config.js';
import { migrations } from '../migrations/index.js';
import { openData } from '../platform/data-folder.js';
import { unprotectedTables } from '../platform/db/unprotected-tables.js';

type Verdict = 'ok' | 'warning' | 'bad';

export interface Check {
  name:
    | 'node'
    | 'data-folder'
    | 'disk'
    | 'database'
    | 'migrations'
    | 'row-security'
    | 'administrator'
    | 'backup';
  verdict: Verdict;
  detail: string;
}

type Finding = { verdict: Verdict; code: ErrorCode; params?: ErrorParams };

/** Less than this and an import or a valuation may fill the disk. */
const wantedDiskBytes = 2 * 2 ** 30;
const leastDiskBytes = 200 * 2 ** 20;
const backupAgeHours = 24;

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const params = { version: process.versions.node };
  const old = major < 20 || (major === 20 && minor < 19);
  return old
    ? { verdict: 'bad', code: 'doctor.node_too_old', params }
    : { verdict: 'ok', code: 'doctor.node', params };
}

function checkFolder(folder: string): Finding {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return { verdict: 'ok', code: 'doctor.folder', params: { folder } };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    return { verdict: 'bad', code: 'app.data_folder_refused', params: { folder, reason } };
  }
}

function checkDisk(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const bytes = bavail * bsize;
  const params = { gigabytes: (bytes / 2 ** 30).toFixed(1) };
  if (bytes < leastDiskBytes) return { verdict: 'bad', code: 'doctor.disk_low', params };
  return {
    verdict: bytes < wantedDiskBytes ? 'warning' : 'ok',
    code: bytes < wantedDiskBytes ? 'doctor.disk_low' : 'doctor.disk',
    params,
  };
}

async function checkMigrations(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const present = new Set(rows.map((row) => row.name));
  const newer = [...present].find((name) => !(name in migrations));
  if (newer !== undefined)
    return { verdict: 'bad', code: 'app.database_newer', params: { migration: newer } };
  const missing = Object.keys(migrations).filter((name) => !present.has(name));
  if (missing.length > 0) {
    return { verdict: 'warning', code: 'doctor.migrations_waiting', params: { count: missing.length } };
  }
  return { verdict: 'ok', code: 'doctor.migrations', params: { count: present.size } };
}

async function checkRowSecurity(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ relname: string; safe: boolean }>(`
    select relname, relrowsecurity and relforcerowsecurity as safe
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`);
  const open = rows
    .filter((row) => !row.safe && !(row.relname in unprotectedTables))
    .map((row) => row.relname);
  return open.length > 0
    ? { verdict: 'bad', code: 'doctor.tables_open', params: { tables: open.join(', ') } }
    : { verdict: 'ok', code: 'doctor.tables_closed', params: { count: rows.length } };
}

async function checkAdministrator(client: Client): Promise<Finding> {
  const { rowCount } = await client.query(
    `select 1 from app_user where role = 'administrator' and disabled_at is null limit 1`,
  );
  return rowCount === 1
    ? { verdict: 'ok', code: 'doctor.administrator' }
    : { verdict: 'warning', code: 'doctor.no_administrator' };
}

async function checkBackup(client: Client, now: Date): Promise<Finding> {
  const { rows } = await client.query<{ at: Date }>(
    `select max(recorded_at) as at from audit_entry where action = 'backup.made' having count(*) > 0`,
  );
  const [last] = rows;
  if (!last) return { verdict: 'warning', code: 'doctor.no_backup' };
  const hours = Math.floor((now.getTime() - last.at.getTime()) / 3_600_000);
  return { verdict: hours > backupAgeHours ? 'warning' : 'ok', code: 'doctor.backup_age', params: { hours } };
}

async function checkDatabase(
  config: Config,
  now: Date,
  add: (name: Check['name'], finding: Finding) => void,
) {
  const data = await openData(config, { mayShare: true, mustExist: true });
  const client = new Client({ connectionString: data.address.ownerUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; made: boolean }>(
      `select current_setting('server_version') as version, to_regclass('kysely_migration') is not null as made`,
    );
    add('database', { verdict: 'ok', code: 'doctor.database', params: { version: rows[0]?.version ?? '' } });
    if (!rows[0]?.made) {
      const count = Object.keys(migrations).length;
      add('migrations', { verdict: 'warning', code: 'doctor.migrations_waiting', params: { count } });
      return;
    }
    add('migrations', await checkMigrations(client));
    add('row-security', await checkRowSecurity(client));
    add('administrator', await checkAdministrator(client));
    add('backup', await checkBackup(client, now));
  } finally {
    await client.end();
    await data.close();
  }
}

/** Looks at everything that Kezi stands on and says in words what is not right. Changes nothing. */
export async function diagnose(config: Config, language: Language, now: Date): Promise<Check[]> {
  const checks: Check[] = [];
  const add = (name: Check['name'], { verdict, code, params = {} }: Finding) =>
    checks.push({ name, verdict, detail: messageOf(code, params, language) });
  add('node', checkNode());
  const folder = checkFolder(config.dataFolder);
  add('data-folder', folder);
  if (folder.verdict === 'bad') return checks;
  add('disk', checkDisk(config.dataFolder));
  try {
    await checkDatabase(config, now, add);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    add('database', { verdict: 'bad', code: error.code, params: error.params });
  }
  return checks;
}
