import type { DetectorBacktestRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';
import { lastOrderDay } from '../../insight/valuation/index.js';
import { commonCut, cutsThen } from './cuts-then.js';
import { lowestThreshold, type SetDetector } from './detector-settings.js';
import type { LookFrom } from './look-again.js';
import { firstDayOf, onDay, takePast, type PastTable } from './past-records.js';

/** A look back a week, half a year of them: as in the lake. */
const stepDays = 7;
const mostLooks = 27;
/** Customers looked at; of more a part by their number stands for all. */
const enoughCustomers = 10_000;
/** It came true: less than half of the usual spend within a quarter. Usual is that of the year before. */
const outcomeDays = 91;
const usualDays = 365;
/** The plain rule, and the silence after which every rule has given a customer up. */
const yardstickDays = 90;
const longestSilence = 180;

const patienceMs = 120_000;
const dayMs = 86_400_000;

const dayOf = (day: string): number => Date.parse(day) / dayMs;
const isoOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);
const inPast = (column: string): string => `${column} in (select customer_id from past_customer)`;

interface Look {
  day: string;
  runId: number;
  previousRunId: number | null;
  /** The day up to which the look before it reached. */
  after: string;
}

/** Every week in which its records tell something, and of which the quarter after is known. @throws CodedError alerts.records_none, alerts.records_short */
async function weeksOf(db: Db, tables: readonly PastTable[], lastDay: string): Promise<Look[]> {
  const firstOrder = await firstDayOf(db, 'customer_order');
  const begins: number[] = [];
  for (const table of tables) {
    const first = await firstDayOf(db, table);
    if (first === null) throw new CodedError('alerts.records_none');
    begins.push(dayOf(first));
  }
  const last = dayOf(lastDay) - outcomeDays;
  const first = Math.max(...begins, dayOf(firstOrder ?? lastDay) + outcomeDays);
  if (first > last) {
    throw new CodedError('alerts.records_short', { from: isoOf(first), to: lastDay, days: outcomeDays });
  }
  const looks: Look[] = [];
  for (let day = last; day >= first && looks.length < mostLooks; day -= stepDays) {
    looks.unshift({ day: isoOf(day), runId: 0, previousRunId: null, after: isoOf(day - stepDays) });
  }
  return looks;
}

/** Published runs with one before them and a known quarter after them. @throws CodedError alerts.past_runs_short */
async function runsOf(db: Db, lastDay: string): Promise<Look[]> {
  const { rows } = await sql<Look>`
    select r.as_of as day, r.valuation_run_id as "runId", r.before_id as "previousRunId", r.before_on as after
    from (
      select valuation_run_id, as_of, lag(valuation_run_id) over by_day as before_id, lag(as_of) over by_day as before_on
      from valuation_run where status = 'published'
      window by_day as (order by as_of, published_at, valuation_run_id)) r
    where r.before_on < r.as_of and r.as_of + ${outcomeDays}::int <= ${lastDay}::date
      and exists (select from customer_score s where s.valuation_run_id = r.before_id)
      and exists (select from customer_score s where s.valuation_run_id = r.valuation_run_id)
    order by r.as_of desc limit ${mostLooks}`.execute(db);
  if (rows.length === 0) throw new CodedError('alerts.past_runs_short', { days: outcomeDays });
  return rows.toReversed();
}

/** Takes part of the customers, the same ones at every look. @returns of how many one was taken */
async function takeCustomers(db: Db): Promise<number> {
  const { rows } = await sql<{ customers: number }>`select count(*) as customers from customer`.execute(db);
  const parts = Math.max(1, Math.ceil((rows[0]?.customers ?? 0) / enoughCustomers));
  await sql`
    create temp table past_customer on commit drop as
    select customer_id from customer where abs(hashint8(customer_id)::bigint) % ${parts}::int = 0`.execute(
    db,
  );
  await sql`create unique index on pg_temp.past_customer (customer_id)`.execute(db);
  await sql`analyze pg_temp.past_customer`.execute(db);
  await sql`
    create temp table past_look (customer_id bigint, day int, score float8, yardstick float8, lost int) on commit drop`.execute(
    db,
  );
  return parts;
}

/**
 * Keeps what the detector said of each customer who was still there, and what became of it: nothing of what came after the day is
 * in `found`.
 */
async function keepLook(db: Db, { day }: Look, found: RawBuilder<unknown>): Promise<void> {
  await sql`
    insert into past_look
    select p.customer_id, ${dayOf(day)}::int, coalesce(f.score, 0), p.silence / ${yardstickDays}::float8,
      (coalesce(n.spend, 0) < p.spend * ${outcomeDays / 2} / least(${usualDays}::int, p.known))::int
    from (
      select customer_id, ${day}::date - max(ordered_on) as silence, ${day}::date - min(ordered_on) as known,
        coalesce(sum(base_amount_minor) filter (where ordered_on > ${day}::date - ${usualDays}::int), 0)::float8 as spend
      from was_customer_order where ordered_on <= ${day}::date group by customer_id) p
    left join (${found}) f on f.customer_id = p.customer_id and f.score is not null
    left join (
      select customer_id, sum(base_amount_minor)::float8 as spend from was_customer_order
      where ordered_on > ${day}::date and ordered_on <= ${day}::date + ${outcomeDays}::int
      group by customer_id) n on n.customer_id = p.customer_id
    where p.known >= ${outcomeDays}::int and p.silence <= ${longestSilence}::int and p.spend > 0`.execute(db);
}

async function ask(db: Db, set: SetDetector, look: Look, from: LookFrom): Promise<void> {
  const { detector } = set;
  const { runId, previousRunId, day } = look;
  const threshold = lowestThreshold(set);
  const looking = { ...from, runId, previousRunId, asOf: day, today: day, threshold, among: inPast };
  const prepared = (await detector.prepare?.(db, looking, null)) ?? {};
  await keepLook(db, look, sql`${await detector.find({ ...looking, prepared })}`);
}

/** What was looked at, with the cut of each row where tiers differ. */
async function looksTaken(db: Db, set: SetDetector, looks: readonly Look[]) {
  const { rows } = await sql<{ id: number; day: number; score: number; yardstick: number; lost: number }>`
    select customer_id as id, day, score, yardstick, lost from past_look order by customer_id, day`.execute(
    db,
  );
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of);
  const judged = {
    customer: column(({ id }) => id),
    day: column(({ day }) => day),
    score: column(({ score }) => score),
    yardstick: column(({ yardstick }) => yardstick),
    lost: column(({ lost }) => lost),
  };
  if (set.tiers.length === 0) return { judged, tiersOfToday: null };
  const ids = [...new Set(judged.customer)];
  const numberOf = new Map(ids.map((id, number) => [id, number]));
  const placeOf = new Map(looks.map(({ day }, place) => [dayOf(day), place]));
  const days = looks.map(({ day }) => day);
  const { cuts, daysOfToday } = await cutsThen(db, set, ids, days);
  const cut = column(({ id, day }) => cuts[placeOf.get(day)! * ids.length + numberOf.get(id)!]!);
  return { judged: { ...judged, cut }, tiersOfToday: daysOfToday };
}

async function judge(db: Db, set: SetDetector, looks: readonly Look[], isWeekly: boolean) {
  const { judged, tiersOfToday } = await looksTaken(db, set, looks);
  const { judgeWarnings } = await import('@kezi/valuation');
  const told = judgeWarnings(judged, {
    stepDays: isWeekly ? stepDays : null,
    days: dayOf(looks.at(-1)!.day) - dayOf(isWeekly ? looks[0]!.day : looks[0]!.after),
    highestScore: Number.POSITIVE_INFINITY,
    yardstickDays,
    cut: commonCut(set),
  });
  return { ...told, tiersOfToday };
}

/**
 * Asks a detector on past days, of records as they were then or of the runs of then, and looks up who spent less than half of the
 * usual in the quarter after. The plain rule beside it: no order for 90 days.
 * @param signal ends it before the next look
 * @throws CodedError alerts.no_scores_conflict, alerts.records_none, alerts.records_short, alerts.past_runs_short
 */
export async function backtestRecords(
  platform: Platform,
  set: SetDetector,
  lookFrom: (db: Db) => Promise<LookFrom | null>,
  signal: AbortSignal,
): Promise<DetectorBacktestRow> {
  const { detector, threshold } = set;
  const { past } = detector;
  if (past.kind !== 'records' && past.kind !== 'runs') throw new Error(`${detector.id} keeps no past`);
  return platform.db.asSystem(
    async (db) => {
      const from = await lookFrom(db);
      const lastDay = await lastOrderDay(db);
      if (from === null || lastDay === null) throw new CodedError('alerts.no_scores_conflict');
      const isWeekly = past.kind === 'records';
      const looks =
        past.kind === 'records' ? await weeksOf(db, past.tables, lastDay) : await runsOf(db, lastDay);
      const tables = past.kind === 'records' ? past.tables : [];
      const scale = await takeCustomers(db);
      await takePast(db, [...new Set<PastTable>(['customer_order', ...tables])]);
      for (const look of looks) {
        signal.throwIfAborted();
        const work = () => ask(db, set, look, from);
        await (isWeekly ? onDay(db, look.day, tables, work) : work());
      }
      return {
        detector: detector.id,
        from: looks[0]!.day,
        to: looks.at(-1)!.day,
        looks: looks.length,
        outcomeDays,
        yardstickDays,
        threshold,
        scale,
        ...(await judge(db, set, looks, isWeekly)),
      };
    },
    { statementTimeoutMs: patienceMs },
  );
}
