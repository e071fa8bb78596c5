import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError } from '@kezi/contract/errors';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { migrations } from '../migrations/index.js';
import { modules } from '../modules/index.js';
import { keepMarkKeys, type OpenedData } from '../platform/data-folder.js';
import { migrateDatabase } from '../platform/db/migrate-database.js';
import { openFileStore } from '../platform/files/file-store.js';
import { prepareQueue } from '../platform/jobs/prepare-queue.js';
import type { BackupHeader, BackupManifest } from './backup-format.js';
import { copyIn, copyOut, listTables, type Table } from './table-catalogue.js';
import { readBackup } from './verify-backup.js';

/** No file is too large for a restore; it was taken in once. */
const anySize = Number.MAX_SAFE_INTEGER;

/** A restore that was broken off leaves tables without rows, and may be tried again. */
async function hasUsers(client: Client): Promise<boolean> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `select to_regclass('public.app_user') is not null as there`,
  );
  if (!tables[0]?.there) return false;
  const { rowCount } = await client.query('select 1 from app_user limit 1');
  return rowCount === 1;
}

/** The schema as the backup had it: its rows are loaded into the columns that they came from. */
async function makeSchema(data: OpenedData, header: BackupHeader): Promise<void> {
  const newer = header.migrations.find((name) => !(name in migrations));
  if (newer !== undefined) throw new CodedError('app.database_newer', { migration: newer });
  const then = Object.fromEntries(
    Object.entries(migrations).filter(([name]) => header.migrations.includes(name)),
  );
  await migrateDatabase({ ownerUrl: data.address.ownerUrl, migrations: then, alsoPrepare: prepareQueue });
}

/**
 * While rows are loaded their tables' policies rest, for COPY refuses to run under them, and so do their triggers, for what
 * they would write is in the backup too. Undone when the load fails.
 */
async function guard(client: Client, tables: readonly Table[], on: boolean): Promise<void> {
  const { rows } = await client.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity`,
  );
  const secured = new Set(rows.map((row) => row.relname));
  for (const { name } of tables) {
    await client.query(`alter table "${name}" ${on ? 'enable' : 'disable'} trigger user`);
    if (secured.has(name)) {
      await client.query(`alter table "${name}" ${on ? 'force' : 'no force'} row level security`);
    }
  }
}

/** Numbers go on after the last one that was given out. */
async function continueNumbers(client: Client, table: Table): Promise<void> {
  if (table.identity === null) return;
  await client.query(
    `select setval(pg_get_serial_sequence($1, $2), coalesce((select max("${table.identity}") from "${table.name}"), 0) + 1, false)`,
    [`public."${table.name}"`, table.identity],
  );
}

/** Jobs and events that were waiting go on waiting: the queue itself is not in the backup. */
async function queueAgain(client: Client): Promise<void> {
  const jobs = modules.flatMap((module) => module.jobs ?? []);
  const { rows } = await client.query<{ job_id: number; kind: string }>(
    `select job_id, kind from job where status in ('queued', 'running') order by job_id`,
  );
  for (const { job_id, kind } of rows) {
    const queue = jobs.find((job) => job.kind === kind)?.exclusive ?? null;
    await client.query('select kezi_enqueue($1, $2, $3)', [job_id, kind, queue]);
  }
  await client.query(
    `select graphile_worker.add_job('event', json_build_object('eventId', event_id)) from event_outbox order by event_id`,
  );
}

async function load(
  client: Client,
  file: string,
  data: OpenedData,
  passphrase: string | undefined,
): Promise<BackupManifest> {
  const files = openFileStore(data.folders.files, data.folders.temp);
  let tables = new Map<string, Table>();
  const manifest = await readBackup(file, passphrase, {
    async header(header) {
      await makeSchema(data, header);
      keepMarkKeys(data.folders.data, header.markKeys);
      const list = await listTables(client);
      tables = new Map(list.map((table) => [table.name, table]));
      await client.query('begin');
      await guard(client, list, false);
      // Migrations wrote first rows of their own; the backup has them too.
      await client.query(`truncate ${list.map(({ name }) => `"${name}"`).join(', ')}`);
    },
    async table(name, rows) {
      const table = tables.get(name);
      if (!table) throw new CodedError('backup.damaged', { part: `table ${name}` });
      await pipeline(Readable.from(rows, { objectMode: false }), client.query(copyFrom(copyIn(table))));
    },
    async file(_name, content) {
      await files.save(Readable.from(content, { objectMode: false }), { maxBytes: anySize });
    },
  });
  const list = [...tables.values()];
  for (const table of list) await continueNumbers(client, table);
  await guard(client, list, true);
  await queueAgain(client);
  await client.query('commit');
  return manifest;
}

async function hashOf(client: Client, table: Table): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(client.query(copyTo(copyOut(table))), hash);
  return hash.digest('hex');
}

/** The tables as they now are, hashed as they were hashed when the backup was made. */
async function checkTables(client: Client, manifest: BackupManifest): Promise<void> {
  const wanted = new Map(manifest.tables.map((table) => [table.name, table.sha256]));
  for (const table of await listTables(client)) {
    if (wanted.get(table.name) !== (await hashOf(client, table))) {
      throw new CodedError('backup.differs', { table: table.name });
    }
  }
}

export interface RestoreReport {
  tables: number;
  rows: number;
  files: number;
}

/**
 * Loads a backup into an empty data folder, in one transaction, and compares every table with the backup. Afterwards
 * the schema is brought to this program's; the lake is made again by the next valuation.
 * @throws CodedError backup.not_empty, backup.not_found, backup.not_a_backup, backup.damaged, backup.differs,
 *   backup.passphrase_missing, backup.wrong_passphrase, backup.not_sealed, app.database_newer
 */
export async function restoreData(
  data: OpenedData,
  file: string,
  passphrase?: string,
): Promise<RestoreReport> {
  const client = new Client({ connectionString: data.address.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`set statement_timeout = 0; set timezone = 'UTC'`);
    if (await hasUsers(client)) {
      throw new CodedError('backup.not_empty', { folder: data.folders.data });
    }
    const manifest = await load(client, file, data, passphrase);
    await checkTables(client, manifest);
    await migrateDatabase({ ownerUrl: data.address.ownerUrl, migrations, alsoPrepare: prepareQueue });
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.length,
    };
  } finally {
    await client.end();
  }
}
