import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CodedError } from '@kezi/contract/errors';
import {
  backupHeader,
  backupManifest,
  formatVersion,
  type BackupHeader,
  type BackupManifest,
} from './backup-format.js';
import { isSealed, unsealStream } from './sealed-stream.js';
import { readTar, type TarEntry } from './tar.js';

interface BackupVisitor {
  header?: (header: BackupHeader) => Promise<void>;
  /** The rows of one table, all parts one after another. */
  table?: (name: string, rows: AsyncIterable<Buffer>) => Promise<void>;
  file?: (name: string, content: AsyncIterable<Buffer>) => Promise<void>;
}

async function readAll(entry: TarEntry): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of entry.content()) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

async function drain(content: AsyncIterable<Buffer>): Promise<void> {
  // oxlint-disable-next-line no-unused-vars -- read to its end, so that it is hashed
  for await (const _part of content);
}

async function* counted(
  content: AsyncIterable<Buffer>,
  hash: Hash,
  seen: { bytes: number },
): AsyncGenerator<Buffer> {
  for await (const part of content) {
    hash.update(part);
    seen.bytes += part.length;
    yield part;
  }
}

interface Seen {
  name: string;
  bytes: number;
  sha256: string;
}

function compare(what: string, seen: readonly Seen[], wanted: readonly Seen[]): void {
  const key = ({ name, bytes, sha256 }: Seen) => `${name} ${bytes} ${sha256}`;
  const found = new Set(seen.map(key));
  const missing = wanted.find((one) => !found.has(key(one)));
  if (missing) throw new CodedError('backup.damaged', { part: `${what} ${missing.name}` });
  if (seen.length > wanted.length) throw new CodedError('backup.damaged', { part: what });
}

/**
 * Reads an archive from its beginning to its end, gives its parts to the visitor and compares every hash with the
 * manifest at its end. The visitor must not make anything final before this returns.
 * @throws CodedError backup.not_a_backup, backup.damaged, backup.newer, backup.not_found, backup.passphrase_missing,
 *   backup.wrong_passphrase, backup.not_sealed
 */
export async function readBackup(
  file: string,
  passphrase: string | undefined,
  visitor: BackupVisitor,
): Promise<BackupManifest> {
  try {
    return await readParts(file, await openArchive(file, passphrase), visitor);
  } catch (error) {
    if (error instanceof CodedError || (error as { severity?: unknown }).severity !== undefined) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new CodedError('backup.not_found', { file }, { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new CodedError('backup.damaged', { part: reason }, { cause: error });
  }
}

async function beginningOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The packed archive. Whoever gives a passphrase wants the file that was sealed with it, and no other in its place. */
async function openArchive(file: string, passphrase: string | undefined): Promise<Readable> {
  const sealed = isSealed(await beginningOf(file));
  if (sealed && passphrase === undefined) throw new CodedError('backup.passphrase_missing', { file });
  if (!sealed && passphrase !== undefined) throw new CodedError('backup.not_sealed', { file });
  const source = createReadStream(file, { highWaterMark: 2 ** 18 });
  if (passphrase === undefined) return source;
  return Readable.from(unsealStream(source, passphrase, file), { objectMode: false });
}

async function readParts(file: string, source: Readable, visitor: BackupVisitor): Promise<BackupManifest> {
  const unpacked = pipeline(source, createGunzip(), () => undefined);
  const entries = readTar(unpacked);
  const first = await entries.next();
  const header = first.done ? null : backupHeader.safeParse(await readAll(first.value));
  if (!header?.success) throw new CodedError('backup.not_a_backup', { file });
  if (header.data.version > formatVersion) throw new CodedError('backup.newer', { file });
  await visitor.header?.(header.data);

  const tables: Seen[] = [];
  const files: Seen[] = [];
  let current = await entries.next();
  /** Parts of one table follow each other; this joins them and leaves `current` at the next other entry. */
  async function* rowsOf(table: string): AsyncGenerator<Buffer> {
    while (!current.done && current.value.name.startsWith(`tables/${table}.`)) {
      yield* current.value.content();
      current = await entries.next();
    }
  }
  while (!current.done) {
    const { name } = current.value;
    const hash = createHash('sha256');
    const seen = { bytes: 0 };
    if (name.startsWith('tables/')) {
      const table = name.slice('tables/'.length, name.lastIndexOf('.'));
      const rows = counted(rowsOf(table), hash, seen);
      await visitor.table?.(table, rows);
      await drain(rows);
      tables.push({ name: table, bytes: seen.bytes, sha256: hash.digest('hex') });
    } else if (name.startsWith('files/')) {
      const content = counted(current.value.content(), hash, seen);
      await visitor.file?.(name.slice('files/'.length), content);
      await drain(content);
      files.push({ name: name.slice('files/'.length), bytes: seen.bytes, sha256: hash.digest('hex') });
      current = await entries.next();
    } else if (name === 'manifest.json') {
      const manifest = backupManifest.parse(await readAll(current.value));
      // A table without rows has no part in the archive.
      compare(
        'table',
        tables,
        manifest.tables.filter((table) => table.bytes > 0),
      );
      compare('file', files, manifest.files);
      return manifest;
    } else throw new CodedError('backup.damaged', { part: name });
  }
  throw new CodedError('backup.damaged', { part: 'manifest.json' });
}

/** Reads a backup through. @throws CodedError as readBackup does */
export function verifyBackup(file: string, passphrase?: string): Promise<BackupManifest> {
  return readBackup(file, passphrase, {});
}
