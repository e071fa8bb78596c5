import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { orderDayQuery } from '../features/order-day.js';
import type { Lake } from '../lake/lake-manifest.js';
import { bucketRelation } from '../lake/write-lake.js';

/** The days after which a customer counts as gone, and where they come from. */
export interface SilenceWindow {
  days: number;
  /** 'asked': by the reader; 'rhythm': nine of ten waits between two orders are over by then; 'history': the history bears no more. */
  from: 'asked' | 'rhythm' | 'history';
  /** Days within which nine of ten next orders came; null where nobody ordered twice. */
  rhythmDays: number | null;
}

const SHARE = 0.9;
/** Below a week, weekends and holidays would make customers fall silent. */
const SHORTEST = 7;
/** Windows that a history must hold: one to look back on, one each to learn from, to calibrate on, and to test on. */
const WINDOWS = 4;

/** Days by which nine of ten next orders had come, over all customers; null without repeat orders. */
async function rhythm(engine: Engine, lake: Lake, asOfDay: number): Promise<number | null> {
  await engine.run('CREATE OR REPLACE TABLE churn_gap (gap DOUBLE, waits DOUBLE)');
  const statements = lake.manifest.totals.flatMap((totals) => {
    const lines = bucketRelation(engine, lake, totals.bucket);
    if (lines === null) return [];
    const gaps = `SELECT day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM (${orderDayQuery(lines, totals, asOfDay)}) AS o`;
    return [
      `INSERT INTO churn_gap SELECT gap, count(*) FROM (${gaps}) AS g WHERE gap IS NOT NULL GROUP BY gap`,
    ];
  });
  await engine.runEach(statements);
  const [gap, waits] = await engine.numbers(
    'SELECT gap, sum(waits) FROM churn_gap GROUP BY gap ORDER BY gap',
  );
  if (!gap || gap.length === 0) return null;
  const total = waits!.reduce((sum, count) => sum + count, 0);
  let passed = 0;
  const place = waits!.findIndex((count) => (passed += count) >= SHARE * total);
  return gap[place]!;
}

/**
 * Chooses the window. CodedError churn.history_too_short when the history does not hold four of the one asked for, or of a week.
 */
export async function silenceWindow(
  engine: Engine,
  lake: Lake,
  span: { firstDay: number; asOfDay: number },
  asked: number | undefined,
): Promise<SilenceWindow> {
  const history = span.asOfDay - span.firstDay;
  const rhythmDays = await rhythm(engine, lake, span.asOfDay);
  const most = Math.floor(history / WINDOWS);
  const wanted = asked ?? Math.max(SHORTEST, rhythmDays ?? most);
  if (most < (asked ?? SHORTEST)) {
    const silence = asked ?? SHORTEST;
    throw new CodedError('churn.history_too_short', { days: history, silence, needed: WINDOWS * silence });
  }
  if (asked !== undefined) return { days: asked, from: 'asked', rhythmDays };
  return wanted <= most
    ? { days: wanted, from: rhythmDays === null ? 'history' : 'rhythm', rhythmDays }
    : { days: most, from: 'history', rhythmDays };
}
