import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { openLake, type Lake } from '../lake/lake-manifest.js';

interface InLake {
  /** Folder of a lake that updateLake keeps. */
  folder: string;
  /** Parent of a folder for what does not fit into memory. */
  workFolder: string;
  signal?: AbortSignal | undefined;
}

/** Opens the lake and an engine for some work on it. */
export async function withLake<T>(
  { folder, workFolder, signal }: InLake,
  work: (engine: Engine, lake: Lake) => Promise<T>,
): Promise<T> {
  const lake = await openLake(folder);
  if (lake === null) throw new CodedError('valuation.lake_damaged', { file: 'manifest.json' });
  const temp = await mkdtemp(join(workFolder, 'warn-'));
  const engine = await openEngine({ tempFolder: temp, memoryMb: 640, threads: 2, signal });
  try {
    return await work(engine, lake);
  } finally {
    engine.close();
    await rm(temp, { recursive: true, force: true });
  }
}
