import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CodedError } from '@kezi/contract/errors';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { openSecretBox, type OpenedData } from '../platform/data-folder.js';
import { formatVersion, type BackupHeader, type BackupManifest } from './backup-format.js';
import { copyOut, listTables, type Table } from './table-catalogue.js';
import { sealStream } from './sealed-stream.js';
import { tarEnd, tarFile } from './tar.js';
import { verifyBackup } from './verify-backup.js';

/** A table goes into the archive in parts of this size, so that each part's size is known before it is written. */
const partBytes = 8 * 2 ** 20;

/** Characters of a passphrase: whoever has the file may guess for years. */
const leastPassphrase = 10;

/** Text without its line ends has one row a line: COPY writes a line feed within a value as \n. */
const lineFeed = 10;

async function* tableParts(
  client: Client,
  table: Table,
  manifest: BackupManifest,
  seconds: number,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  const entry = { name: table.name, bytes: 0, sha256: '', rows: 0 };
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;
  const flush = () => {
    const file = tarFile(`tables/${table.name}.${String(number++).padStart(6, '0')}`, size, parts, seconds);
    parts = [];
    size = 0;
    return file;
  };
  for await (const chunk of client.query(copyTo(copyOut(table))) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    entry.bytes += chunk.length;
    for (const byte of chunk) if (byte === lineFeed) entry.rows++;
    parts.push(chunk);
    size += chunk.length;
    if (size >= partBytes) yield* flush();
  }
  if (size > 0) yield* flush();
  entry.sha256 = hash.digest('hex');
  manifest.tables.push(entry);
}

async function* storedFiles(
  folder: string,
  manifest: BackupManifest,
  seconds: number,
): AsyncGenerator<Buffer> {
  if (!existsSync(folder)) return;
  for (const shelf of readdirSync(folder).sort()) {
    for (const name of readdirSync(join(folder, shelf)).sort()) {
      const path = join(folder, shelf, name);
      const { size } = await stat(path);
      yield* tarFile(`files/${name}`, size, createReadStream(path) as AsyncIterable<Buffer>, seconds);
      // A file is kept under its SHA-256, which the check at the end works out again.
      manifest.files.push({ name, bytes: size, sha256: name });
    }
  }
}

async function* archive(client: Client, data: OpenedData, now: Date): AsyncGenerator<Buffer> {
  const seconds = Math.floor(now.getTime() / 1000);
  const json = (name: string, value: unknown) => {
    const text = Buffer.from(JSON.stringify(value));
    return tarFile(name, text.length, [text], seconds);
  };
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const header: BackupHeader = {
    format: 'kezi backup',
    version: formatVersion,
    madeAt: now.toISOString(),
    migrations: rows.map((row) => row.name),
    markKeys: [...openSecretBox(data).markKeys],
  };
  yield* json('header.json', header);
  const manifest: BackupManifest = { tables: [], files: [] };
  for (const table of await listTables(client)) yield* tableParts(client, table, manifest, seconds);
  yield* storedFiles(data.folders.files, manifest, seconds);
  yield* json('manifest.json', manifest);
  yield tarEnd;
}

export interface BackupReport {
  file: string;
  bytes: number;
  /** Whether it opens with a passphrase only. */
  sealed: boolean;
  tables: number;
  rows: number;
  files: number;
}

/**
 * Writes everything into one archive (tar, gzip) while people work: all tables as of one moment, and the files. It is
 * written aside, read again and checked, and only then given its name. The lake is left out: it is made from the tables.
 * With a passphrase the archive is sealed as sealed-stream.ts says.
 * @throws CodedError backup.file_exists, backup.damaged, backup.passphrase_short, app.disk_full
 */
export async function backupData(
  data: OpenedData,
  file: string,
  now: Date,
  passphrase?: string,
): Promise<BackupReport> {
  if (existsSync(file)) throw new CodedError('backup.file_exists', { file });
  if (passphrase !== undefined && passphrase.length < leastPassphrase) {
    throw new CodedError('backup.passphrase_short', { least: leastPassphrase });
  }
  const aside = `${file}.part`;
  const client = new Client({ connectionString: data.address.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`set statement_timeout = 0; set timezone = 'UTC'`);
    await client.query('begin isolation level repeatable read read only');
    // A run that is published puts another table in its place, whose rows are not of this moment: it waits for our end.
    await client.query('lock table register_entry in access share mode');
    const packed = Readable.from(archive(client, data, now), { objectMode: false });
    const written = createWriteStream(aside, { mode: 0o600 });
    if (passphrase === undefined) await pipeline(packed, createGzip({ level: 3 }), written);
    else {
      const seal = (source: AsyncIterable<Buffer>) => sealStream(source, passphrase);
      await pipeline(packed, createGzip({ level: 3 }), seal, written);
    }
    await client.query('commit');
    const manifest = await verifyBackup(aside, passphrase);
    await sync(aside);
    await rename(aside, file);
    await sync(dirname(file));
    await client.query(
      `insert into audit_entry (action, subject, changes) values ('backup.made', 'backup', $1)`,
      [JSON.stringify({ file, tables: manifest.tables.length })],
    );
    return {
      file,
      bytes: (await stat(file)).size,
      sealed: passphrase !== undefined,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.length,
    };
  } catch (error) {
    await rm(aside, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new CodedError('app.disk_full', { folder: dirname(file) }, { cause: error });
    }
    throw error;
  } finally {
    await client.end();
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
