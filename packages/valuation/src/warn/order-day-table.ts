import { join } from 'node:path';
import type { Engine } from '../engine/engine.js';
import { orderDayQuery, type LineKinds } from '../features/order-day.js';
import type { BucketTotals, Lake } from '../lake/lake-manifest.js';
import { PERIOD_DAYS } from './spend-fall.js';

/** A part of the lake that is worked on at once: its buckets' files as one relation. */
interface LakePiece {
  lines: string;
  totals: BucketTotals;
}

/** Buckets of a small lake are taken together: a statement costs more than the few lines of one. */
const PIECE_LINES = 100_000;

function together(one: BucketTotals, other: BucketTotals): BucketTotals {
  return {
    bucket: one.bucket,
    lines: one.lines + other.lines,
    amountMinor: one.amountMinor + other.amountMinor,
    returnLines: one.returnLines + other.returnLines,
    returnMinor: one.returnMinor + other.returnMinor,
    freeLines: one.freeLines + other.freeLines,
    firstDay: Math.min(one.firstDay, other.firstDay),
    lastDay: Math.max(one.lastDay, other.lastDay),
  };
}

/** The lake in pieces: memory follows the piece, not the lake. */
export function piecesOf(engine: Engine, { folder, manifest }: Lake): LakePiece[] {
  const pieces: LakePiece[] = [];
  let open: { paths: string[]; totals: BucketTotals } | null = null;
  const close = (): void => {
    if (open !== null) pieces.push({ lines: engine.dialect.parquet(open.paths), totals: open.totals });
    open = null;
  };
  for (const totals of manifest.totals) {
    const files = manifest.files.filter(({ bucket }) => bucket === totals.bucket);
    const paths: string[] = files.map(({ name }) => join(folder, name));
    open =
      open === null
        ? { paths, totals }
        : { paths: [...open.paths, ...paths], totals: together(open.totals, totals) };
    if (open.totals.lines >= PIECE_LINES) close();
  }
  close();
  return pieces;
}

/**
 * Order days with the gap before each, as a relation, in words that both engines understand: the lake's and PostgreSQL.
 * @param lines a relation with customer_id, day and amount_minor
 */
export function orderDaysOf({ lines, totals }: { lines: string; totals: LineKinds }, where = ''): string {
  return `(SELECT customer_id, day, net_minor, day - lag(day) OVER (PARTITION BY customer_id ORDER BY day) AS gap FROM (${orderDayQuery(lines, totals, null)}) AS o${where})`;
}

/** First and last day of the lake. */
export function lakeDays(lake: Lake): { firstDay: number; lastDay: number } {
  const { totals } = lake.manifest;
  return {
    firstDay: Math.min(...totals.map(({ firstDay }) => firstDay)),
    lastDay: Math.max(...totals.map(({ lastDay }) => lastDay)),
  };
}

const PERIODS = 13;

/**
 * Season of all customers together: spend of each of the 13 periods of a year to the mean of its year, averaged over the whole
 * years before a day. One year is not enough to tell a season from a trend: every factor is 1 then.
 * @param spend net spend by period, the latest first, whole periods only
 */
export function seasonOf(spend: readonly number[]): number[] {
  const years = Math.floor(spend.length / PERIODS);
  const flat = Array.from({ length: PERIODS }, () => 1);
  if (years < 2) return flat;
  const factors = flat.map((_, place) => {
    let sum = 0;
    for (let year = 0; year < years; year++) {
      const whole = spend.slice(year * PERIODS, (year + 1) * PERIODS);
      const mean = whole.reduce((total, one) => total + one, 0) / PERIODS;
      if (mean <= 0) return 1;
      sum += spend[year * PERIODS + place]! / mean;
    }
    // A period without any order (a closed month) would blow up what little was spent in it.
    return Math.max(sum / years, 0.1);
  });
  const mean = factors.reduce((total, one) => total + one, 0) / PERIODS;
  return factors.map((factor) => factor / mean);
}

/** Spend by period before a day, the latest first: from the lines themselves, returns are taken off. */
export const periodQuery = (lines: string, asOfDay: number): string =>
  `SELECT CAST(floor((${asOfDay} - day) / ${PERIOD_DAYS}.0) AS INTEGER) AS period, sum(amount_minor) AS spend FROM ${lines} WHERE day <= ${asOfDay} GROUP BY 1`;

/** The season from the spend of periods, in their order; the last one is not whole. */
export function seasonOfPeriods(periods: ArrayLike<number>, spend: ArrayLike<number>): number[] {
  const whole = periods.length === 0 ? 0 : periods[periods.length - 1]!;
  const by = Array.from({ length: whole }, () => 0);
  for (let i = 0; i < periods.length; i++) {
    if (periods[i]! < whole) by[periods[i]!] = spend[i]!;
  }
  return seasonOf(by);
}

/** The season of a lake as of a day. */
export async function readSeason(engine: Engine, lake: Lake, asOfDay: number): Promise<number[]> {
  await engine.run('CREATE OR REPLACE TABLE warn_period (period INTEGER, spend DOUBLE)');
  await engine.runEach(
    piecesOf(engine, lake).map(({ lines }) => `INSERT INTO warn_period ${periodQuery(lines, asOfDay)}`),
  );
  const [period, spend] = await engine.numbers(
    'SELECT CAST(period AS DOUBLE), sum(spend) FROM warn_period GROUP BY period ORDER BY period',
  );
  return seasonOfPeriods(period ?? [], spend ?? []);
}
