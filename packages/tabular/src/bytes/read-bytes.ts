import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { CodedError } from '@kezi/contract/errors';

import { MAX_GZIP_RATIO } from '../limits.js';

/** 256 KiB a piece: parsing one takes 2 to 5 ms, so the event loop stays free. */
const PIECE_BYTES = 256 << 10;

interface ReadBytesOptions {
  compression: 'none' | 'gzip';
  signal?: AbortSignal | undefined;
  /** Called with the bytes of the file on disk read so far. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Size and time of change that the file must still have, before and after. */
  expected?: { sizeBytes: number; modifiedMs: number } | undefined;
}

/** What a shell calls standard input, or a socket in its place, which cannot be opened by its name. */
function isPipe(path: string, error: unknown): boolean {
  return path === '-' || (error instanceof Error && 'code' in error && error.code === 'ENXIO');
}

/**
 * Opens a file for reading; a missing or unreadable one is `tabular.file_missing`. What can be read only once is
 * `tabular.pipe`: a file is looked at before its rows are read.
 */
export async function openFile(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const code = isPipe(path, error) ? 'tabular.pipe' : 'tabular.file_missing';
    throw new CodedError(code, { path }, { cause: error });
  }
  const stat = await file.stat();
  if (stat.isFile()) return file;
  await file.close();
  throw new CodedError(stat.isDirectory() ? 'tabular.file_missing' : 'tabular.pipe', { path });
}

/** The bytes of a file in order, unpacked where it is gzip, in pieces of at most 256 KiB. */
export async function* readBytes(path: string, options: ReadBytesOptions): AsyncGenerator<Buffer> {
  const file = await openFile(path);
  try {
    await refuseChanged(file, options.expected);
    if (options.compression === 'gzip') yield* inflate(file, options);
    else yield* count(file, options);
    await refuseChanged(file, options.expected);
  } finally {
    await file.close();
  }
}

async function* readPieces(file: FileHandle, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* count(file: FileHandle, options: ReadBytesOptions): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of readPieces(file, options.signal)) {
    bytes += piece.length;
    options.onBytes?.(bytes);
    yield piece;
  }
}

async function* inflate(file: FileHandle, options: ReadBytesOptions): AsyncGenerator<Buffer> {
  let packed = 0;
  let inflated = 0;
  const source = Readable.from(readPieces(file, options.signal));
  source.on('data', (piece: Buffer) => {
    packed += piece.length;
  });
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  // A failure anywhere destroys gunzip with its reason, which the loop below throws.
  const work = pipeline(source, gunzip).catch(() => undefined);
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      inflated += piece.length;
      if (inflated > 1 << 30 && inflated > packed * MAX_GZIP_RATIO) {
        throw new CodedError('tabular.gzip_bomb', { ratio: MAX_GZIP_RATIO });
      }
      options.onBytes?.(packed);
      yield piece;
    }
  } catch (error) {
    if (isZlibFault(error)) throw new CodedError('tabular.gzip_broken', {}, { cause: error });
    throw error;
  } finally {
    source.destroy();
    gunzip.destroy();
    await work;
  }
}

function isZlibFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_|^ERR_.*ZLIB/.test(String(error.code));
}

async function refuseChanged(file: FileHandle, expected: ReadBytesOptions['expected']): Promise<void> {
  if (expected === undefined) return;
  const now = await file.stat();
  if (now.size !== expected.sizeBytes || now.mtimeMs !== expected.modifiedMs) {
    throw new CodedError('tabular.file_changed', {});
  }
}
