import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { isoDateOf } from '../features/day-number.js';
import type { Lake } from '../lake/lake-manifest.js';
import { judgeWarnings, type Judged, type Judgement } from './judge-warnings.js';
import type { LakeDetector } from './lake-detector.js';
import { lakeDays, orderDaysOf, piecesOf, readSeason } from './order-day-table.js';
import { overdue } from './overdue.js';
import { spendFall } from './spend-fall.js';

export const lakeDetectors: readonly LakeDetector[] = [overdue, spendFall];

/** A look back a week: warnings are read on Mondays. Half a year of them is enough to judge by. */
const STEP_DAYS = 7;
const MOST_LOOKS = 27;
/** Customers looked at; of more a part by their id stands for all. 27 looks at them are a million rows, 40 MB. */
const ENOUGH_CUSTOMERS = 40_000;

export interface DetectorBacktest extends Judgement {
  detector: LakeDetector['id'];
  /** First and last day on which the detector was asked. */
  from: string;
  to: string;
  looks: number;
  outcomeDays: number;
  yardstickDays: number | null;
  /** The score from which on it warns. */
  threshold: number;
  /** Customers in the data over customers looked at. */
  scale: number;
}

/** From which score on to warn of each of the customers on each of the days, a day after the other. */
export type CutsOf = (customerIds: readonly string[], days: readonly string[]) => Promise<Float64Array>;

/** The cut of each row, where customers differ in it. */
async function cutsOfRows(
  engine: Engine,
  { customer, day }: Judged,
  looks: readonly number[],
  cutsOf: CutsOf,
) {
  const ids: string[] = [];
  for await (const { columns } of engine.stream('SELECT customer_id FROM warn_customer ORDER BY number')) {
    ids.push(...(columns[0] as string[]));
  }
  const cuts = await cutsOf(ids, looks.map(isoDateOf));
  const placeOf = new Map(looks.map((look, place) => [look, place]));
  return customer.map((number, row) => cuts[placeOf.get(day[row]!)! * ids.length + number]!);
}

async function customersIn(engine: Engine, lake: Lake): Promise<number> {
  await engine.run('CREATE OR REPLACE TABLE warn_size (customers DOUBLE)');
  await engine.runEach(
    piecesOf(engine, lake).map(
      (piece) => `INSERT INTO warn_size SELECT count(DISTINCT customer_id) FROM ${orderDaysOf(piece)} AS d`,
    ),
  );
  const [sum] = await engine.numbers('SELECT sum(customers) FROM warn_size');
  return sum?.[0] ?? 0;
}

/** Order days of the customers looked at, in the table `warn_day`, each customer with a number. */
async function loadDays(engine: Engine, lake: Lake): Promise<number> {
  const customers = await customersIn(engine, lake);
  const parts = Math.max(1, Math.ceil(customers / ENOUGH_CUSTOMERS));
  const part = engine.dialect.bucketOf("customer_id || '-'", parts);
  await engine.run(
    'CREATE OR REPLACE TABLE warn_day (customer_id VARCHAR, day INTEGER, net_minor BIGINT, gap INTEGER)',
  );
  await engine.runEach(
    piecesOf(engine, lake).map(
      (piece) =>
        `INSERT INTO warn_day SELECT * FROM ${orderDaysOf(piece, parts > 1 ? ` WHERE ${part} = 0` : '')} AS d`,
    ),
  );
  await engine.run(
    'CREATE OR REPLACE TABLE warn_customer AS SELECT customer_id, row_number() OVER (ORDER BY customer_id) - 1 AS number FROM (SELECT DISTINCT customer_id FROM warn_day) AS d',
  );
  return parts;
}

interface Cutting {
  threshold: number;
  cutsOf?: CutsOf | undefined;
}

async function judge(
  engine: Engine,
  lake: Lake,
  detector: LakeDetector,
  days: { firstDay: number; lastDay: number },
  { threshold, cutsOf }: Cutting,
): Promise<Omit<DetectorBacktest, 'scale'> | null> {
  const last = days.lastDay - detector.outcomeDays;
  const first = Math.max(days.firstDay + 1, last - (MOST_LOOKS - 1) * STEP_DAYS);
  const season = await readSeason(engine, lake, Math.max(first, days.firstDay));
  const looks: number[] = [];
  for (let day = last; day >= first; day -= STEP_DAYS) looks.unshift(day);
  await engine.run(
    'CREATE OR REPLACE TABLE warn_look (number DOUBLE, day DOUBLE, score DOUBLE, yardstick DOUBLE, lost DOUBLE)',
  );
  for (const asOfDay of looks) {
    // The year's place of a period is counted from the first look; a look some weeks later moves it by as many periods.
    const moved = Math.floor((asOfDay - first) / 28) % 13;
    const source = {
      relation: 'warn_day',
      asOfDay,
      season: season.map((_, place) => season[(place - moved + 13) % 13]!),
    };
    await engine.run(
      `INSERT INTO warn_look SELECT c.number, ${asOfDay}, s.score, s.yardstick, o.lost FROM (${detector.query(source)}) AS s JOIN warn_customer AS c ON c.customer_id = s.customer_id JOIN (${detector.outcome(source)}) AS o ON o.customer_id = s.customer_id WHERE s.yardstick <= ${detector.longestWait}`,
    );
  }
  const read = await engine.numbers(
    'SELECT number, day, score, yardstick, lost FROM warn_look ORDER BY 1, 2',
  );
  const [customer, day, score, yardstick, lost] = read;
  if (!customer || customer.length === 0) return null;
  const judged: Judged = {
    customer,
    day: day!,
    score: score!,
    yardstick: yardstick!,
    lost: lost!,
  };
  if (cutsOf) judged.cut = await cutsOfRows(engine, judged, looks, cutsOf);
  const yardstickDays = detector.id === 'overdue' ? 90 : null;
  return {
    detector: detector.id,
    from: isoDateOf(looks[0]!),
    to: isoDateOf(last),
    looks: looks.length,
    outcomeDays: detector.outcomeDays,
    yardstickDays,
    threshold,
    ...judgeWarnings(judged, {
      stepDays: STEP_DAYS,
      days: (looks.length - 1) * STEP_DAYS,
      highestScore: detector.highestScore,
      yardstickDays,
      cut: threshold,
    }),
  };
}

/**
 * Asks detectors on past days, each time knowing no more than was known then, and looks up what became of the customers.
 * @throws CodedError alerts.history_short where no day is left that has both a past and a future
 */
export async function backtestDetectors(
  engine: Engine,
  lake: Lake,
  wanted: readonly LakeDetector[],
  cutting: Cutting = { threshold: 1 },
): Promise<DetectorBacktest[]> {
  const days = lakeDays(lake);
  const scale = await loadDays(engine, lake);
  const reports: DetectorBacktest[] = [];
  for (const detector of wanted) {
    const report = await judge(engine, lake, detector, days, cutting);
    if (report !== null) reports.push({ ...report, scale });
  }
  if (reports.length === 0) {
    throw new CodedError('alerts.history_short', { days: days.lastDay - days.firstDay });
  }
  return reports;
}
