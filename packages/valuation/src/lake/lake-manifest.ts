import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';

/**
 * Terms. Lake: order lines as Parquet, cut by customer into buckets, so that each can be worked alone. Line: customer_id
 * (text), day (days since 1970-01-01), amount_minor (hundredths of the currency unit; returns are negative).
 * Manifest: the list of files that make up the lake; a file that is not in it does not exist for a reader.
 */
export interface LakeFile {
  bucket: number;
  /** Relative to the lake's folder. */
  name: string;
  bytes: number;
  /** Null in a lake that lives for one run only. */
  sha256: string | null;
}

/** Control totals of a bucket that has lines: what the features must add up to. */
export interface BucketTotals {
  bucket: number;
  lines: number;
  amountMinor: number;
  /** Lines with a negative amount, and their sum. */
  returnLines: number;
  returnMinor: number;
  /** Lines with amount 0. */
  freeLines: number;
  /** Days since 1970-01-01. */
  firstDay: number;
  lastDay: number;
}

export interface LakeManifest {
  version: 2;
  /** Grows by one with every change; part of the file names. */
  generation: number;
  /** Number of buckets the customers are cut into. */
  buckets: number;
  files: LakeFile[];
  totals: BucketTotals[];
}

export interface Lake {
  folder: string;
  manifest: LakeManifest;
}

const MANIFEST = 'manifest.json';

/** What stands in the file: a figure of the manifest that was changed on the disk is found like one of the lines. */
interface SealedManifest {
  manifest: LakeManifest;
  /** Of the manifest as JSON. */
  sha256: string;
}

const sealOf = (manifest: LakeManifest): string =>
  createHash('sha256').update(JSON.stringify(manifest)).digest('hex');

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** Writes the manifest aside, forces it to disk and puts it in the old one's place: readers see one or the other. */
export async function writeManifest({ folder, manifest }: Lake): Promise<void> {
  const aside = join(folder, `${MANIFEST}.new`);
  const file = await open(aside, 'w');
  try {
    await file.writeFile(JSON.stringify({ manifest, sha256: sealOf(manifest) } satisfies SealedManifest));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, join(folder, MANIFEST));
  await syncFolder(folder);
}

/** Makes renames in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function damageOf(folder: string, file: LakeFile): Promise<boolean> {
  const path = join(folder, file.name);
  const { size } = await stat(path).catch(() => ({ size: -1 }));
  if (size !== file.bytes) return true;
  return file.sha256 !== null && (await sha256Of(path)) !== file.sha256;
}

/** Null where the text is not what was written, or of another version. */
function readManifest(text: string): LakeManifest | null {
  try {
    const { manifest, sha256 } = JSON.parse(text) as SealedManifest;
    return manifest.version === 2 && sealOf(manifest) === sha256 ? manifest : null;
  } catch {
    return null;
  }
}

/**
 * Opens a lake and checks its manifest and every file, by size and sha256, before a figure is taken from it. Null when there
 * is none. CodedError valuation.lake_damaged names the first file that is not what was written; the cure is a rebuild.
 */
export async function openLake(folder: string): Promise<Lake | null> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const damaged = (file: string): CodedError => new CodedError('valuation.lake_damaged', { file });
  const manifest = readManifest(text);
  if (manifest === null) throw damaged(MANIFEST);
  for (const file of manifest.files) if (await damageOf(folder, file)) throw damaged(file.name);
  return { folder, manifest };
}
