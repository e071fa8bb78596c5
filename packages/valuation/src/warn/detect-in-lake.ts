import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { dayNumberOf } from '../features/day-number.js';
import { openLake, type Lake } from '../lake/lake-manifest.js';
import type { LakeDetector } from './lake-detector.js';
import { orderDaysOf, piecesOf, readSeason } from './order-day-table.js';

/** Customers of one detector that reached its cut; figures in the order of the detector's evidence. */
export interface LakeHits {
  detector: LakeDetector['id'];
  customerIds: string[];
  score: Float64Array;
  evidence: Float64Array[];
}

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

async function hitsOf(
  engine: Engine,
  lake: Lake,
  { detector, threshold }: { detector: LakeDetector; threshold: number },
  asOfDay: number,
  season: readonly number[],
): Promise<LakeHits> {
  const columns = detector.evidence.map((_, i) => `e${i} DOUBLE`).join(', ');
  await engine.run(
    `CREATE OR REPLACE TABLE warn_hit (customer_id VARCHAR, score DOUBLE, yardstick DOUBLE, ${columns})`,
  );
  await engine.runEach(
    piecesOf(engine, lake).map((piece) => {
      const query = detector.query({ relation: orderDaysOf(piece), asOfDay, season });
      return `INSERT INTO warn_hit SELECT * FROM (${query}) AS q WHERE score >= ${threshold} AND score <= ${Math.max(detector.highestScore, threshold)}`;
    }),
  );
  const hits: LakeHits = { detector: detector.id, customerIds: [], score: new Float64Array(0), evidence: [] };
  const [score, ...evidence] = await engine.numbers(
    `SELECT score, ${detector.evidence.map((_, i) => `e${i}`).join(', ')} FROM warn_hit ORDER BY customer_id`,
  );
  for await (const chunk of engine.stream('SELECT customer_id FROM warn_hit ORDER BY customer_id')) {
    hits.customerIds.push(...(chunk.columns[0] as string[]));
  }
  return { ...hits, score: score ?? hits.score, evidence };
}

/** Asks detectors on a day, over all customers of a lake, a piece at a time on each core. */
export async function detectInLake(
  request: InLake & {
    asOf: string;
    detectors: readonly { detector: LakeDetector; threshold: number }[];
  },
): Promise<LakeHits[]> {
  return withLake(request, async (engine, lake) => {
    const asOfDay = dayNumberOf(request.asOf);
    const usesSeason = request.detectors.some(({ detector }) => detector.usesSeason === true);
    const season = usesSeason ? await readSeason(engine, lake, asOfDay) : [];
    const found: LakeHits[] = [];
    for (const asked of request.detectors) {
      found.push(await hitsOf(engine, lake, asked, asOfDay, season));
    }
    return found;
  });
}
