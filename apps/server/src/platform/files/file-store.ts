import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, type ReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CodedError } from '@kezi/contract/errors';

export interface StoredFile {
  sha256: string;
  sizeBytes: number;
  path: string;
}

export interface FileStore {
  /** Takes a stream in: written aside, forced to disk, then given its name, so that a half file is never seen. */
  save: (source: Readable, options: { maxBytes: number }) => Promise<StoredFile>;
  open: (sha256: string) => ReadStream;
  path: (sha256: string) => string;
  exists: (sha256: string) => boolean;
  remove: (sha256: string) => Promise<void>;
}

/**
 * Files by content: the same bytes are kept once, under their SHA-256. Who may have one stands in the table of the slice
 * that keeps it.
 * @throws CodedError files.too_large, app.disk_full
 */
export function openFileStore(folder: string, temp: string): FileStore {
  const path = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new CodedError('files.not_found');
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    path,
    exists: (sha256) => existsSync(path(sha256)),
    open: (sha256) => createReadStream(path(sha256)),
    remove: (sha256) => rm(path(sha256), { force: true }),
    save: (source, { maxBytes }) => saveStream(source, { maxBytes, temp, path }),
  };
}

async function saveStream(
  source: Readable,
  options: { maxBytes: number; temp: string; path: (sha256: string) => string },
): Promise<StoredFile> {
  const aside = join(options.temp, `upload-${randomUUID()}`);
  const handle = await open(aside, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of source as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > options.maxBytes) {
        throw new CodedError('files.too_large', { megabytes: Math.floor(options.maxBytes / 1e6) });
      }
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
    await handle.close();
    const sha256 = hash.digest('hex');
    const target = options.path(sha256);
    mkdirSync(join(target, '..'), { recursive: true });
    await rename(aside, target);
    await syncFolder(join(target, '..'));
    return { sha256, sizeBytes, path: target };
  } catch (error) {
    await handle.close();
    await rm(aside, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new CodedError('app.disk_full', { folder: options.temp }, { cause: error });
    }
    throw error;
  }
}

/** A new name is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (!(await stat(folder)).isDirectory()) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
