import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Detector, Looking, Prepared } from './detector.js';
import { lowestThreshold, type SetDetector } from './detector-settings.js';

/** What all detectors of a run look from. */
export type LookFrom = Omit<Looking, 'threshold' | 'prepared' | 'among'>;

const everybody = (): string => 'true';
const lookedAt = (column: string): string => `${column} in (select customer_id from looked)`;

interface Frame {
  lookedOn: string;
  /** Another one means that everybody is looked at again. */
  holds: string;
  prepared: Prepared | null;
}

/** Changes with the rule itself: looks of another version of the program are not kept. */
async function ruleOf(db: Db, detector: Detector): Promise<string> {
  const looking: Looking = {
    runId: 0,
    previousRunId: 0,
    asOf: '2000-01-01',
    today: '2000-01-01',
    currency: 'CNY',
    minorUnit: 100,
    basis: 'revenue',
    isAwaited: false,
    threshold: 1,
    prepared: { asOfDay: 0, season: [1] },
    among: everybody,
  };
  const { sql: text, parameters } = (await detector.find(looking)).compile(db);
  return createHash('sha256')
    .update(JSON.stringify([text, parameters]))
    .digest('hex')
    .slice(0, 16);
}

async function frameOf(db: Db, detectorId: string): Promise<Frame | null> {
  const { rows } = await sql<Frame>`
    select looked_on as "lookedOn", frame ->> 'holds' as holds, frame -> 'prepared' as prepared
    from warning_frame where detector_id = ${detectorId}`.execute(db);
  return rows[0] ?? null;
}

/** The rows of a detector, as `warning_look` keeps them. */
async function looksOf(detector: Detector, looking: Looking) {
  const line =
    detector.growing === undefined
      ? sql`null::date as grows_from, null::float8 as grows_days`
      : sql`case when f.score is not null then f.grows_from end as grows_from,
          case when f.score is not null then f.grows_days end as grows_days`;
  return sql`
    select f.customer_id, f.score, case when f.score is not null then f.at_risk end as value_at_risk,
      case when f.score is not null then f.evidence end as evidence, f.wake_on, ${line}
    from (${await detector.find(looking)}) f`;
}

/** The day by which a detector counts its waits. */
export const dayOfLook = ({ clock }: Detector, { asOf, today }: Pick<LookFrom, 'asOf' | 'today'>): string =>
  clock === 'orders' ? asOf : today;

/**
 * What was kept of those of whom a detector warns, as it is on a day: customer_id, score, value_at_risk, evidence. What grows
 * is read off its line. @param kept rows of `warning_look`, where they were read before
 */
export function looksOn(
  { id, growing }: Detector,
  day: string,
  kept: RawBuilder<unknown> = sql`warning_look`,
): RawBuilder<unknown> {
  if (growing === undefined) {
    return sql`
      select customer_id, score, value_at_risk, evidence from ${kept}
      where detector_id = ${id} and score is not null`;
  }
  const days = sql`(${day}::date - grows_from)`;
  return sql`
    select customer_id, ${days} / grows_days as score, value_at_risk,
      evidence || jsonb_build_object(${growing}::text, ${days}) as evidence
    from ${kept} where detector_id = ${id} and score is not null`;
}

async function lookFromHere(
  db: Db,
  set: SetDetector,
  from: LookFrom,
  before: Prepared | null,
): Promise<Looking> {
  const looking = { ...from, threshold: lowestThreshold(set), among: everybody };
  const prepared = (await set.detector.prepare?.(db, looking, before)) ?? {};
  return { ...looking, prepared };
}

/** Everybody as a detector would see them now, without keeping anything: a relation with the columns of `warning_look`. */
export async function lookAtAll(db: Db, set: SetDetector, from: LookFrom) {
  const before = await frameOf(db, set.detector.id);
  return looksOf(set.detector, await lookFromHere(db, set, from, before?.prepared ?? null));
}

/** Takes the marks of change; those that come from now on are for the next run. */
export async function takeChanges(db: Db): Promise<void> {
  await sql`create temp table changed (customer_id bigint primary key) on commit drop`.execute(db);
  await sql`
    with taken as (delete from warning_dirty_customer returning customer_id)
    insert into changed select distinct customer_id from taken`.execute(db);
  await sql`analyze changed`.execute(db);
}

/** Looks of detectors that are off are forgotten, and with them how far they are. Who has looks has a frame. */
export async function forgetOthers(db: Db, detectorIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    delete from warning_frame where not detector_id = any (${detectorIds}::text[]) returning detector_id as id`.execute(
    db,
  );
  for (const { id } of rows) await sql`delete from warning_look where detector_id = ${id}`.execute(db);
}

/**
 * Keeps looks. Of everybody's orders they are made aside, which PostgreSQL does with several workers, and by sorting them once:
 * left to itself it puts every order day into a hash table that does not fit, and sorts what comes out of it.
 */
async function keepLooks(
  db: Db,
  detector: Detector,
  looks: RawBuilder<unknown>,
  isKept: boolean,
): Promise<void> {
  const columns = sql`customer_id, score, value_at_risk, evidence, wake_on, grows_from, grows_days`;
  const isSorted = !isKept && detector.past.kind === 'lake';
  const plans = async (which: 'off' | 'on') =>
    sql`select set_config('enable_hashagg', ${which}, true), set_config('enable_indexscan', ${which}, true)`.execute(
      db,
    );
  if (isSorted) {
    await plans('off');
    await sql`create temp table looks_aside on commit drop as ${looks}`.execute(db);
    await plans('on');
  }
  await sql`
    insert into warning_look (detector_id, ${columns})
    select ${detector.id}, ${columns} from ${isSorted ? sql`looks_aside` : sql`(${looks}) l`}`.execute(db);
  if (isSorted) await sql`drop table looks_aside`.execute(db);
}

/**
 * Brings the looks of a detector up to date: of customers in `changed` and of those whose day has come, or of everybody when
 * what holds for all has changed. The looks are then those of a run over everybody.
 * @returns how many customers were looked at again; null: everybody
 */
export async function lookAgain(
  db: Db,
  set: SetDetector,
  from: LookFrom,
  atAll: boolean,
): Promise<number | null> {
  const { detector } = set;
  const { id } = detector;
  const day = dayOfLook(detector, from);
  const before = await frameOf(db, id);
  const looking = await lookFromHere(db, set, from, before?.prepared ?? null);
  const { runId, previousRunId, currency, basis, threshold, prepared } = looking;
  const holds = JSON.stringify([
    await ruleOf(db, detector),
    runId,
    previousRunId,
    currency,
    basis,
    threshold,
    // As JSON keeps them in the database: in no order.
    Object.entries(prepared).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ]);
  const isKept = !atAll && before !== null && before.holds === holds && before.lookedOn <= day;
  await sql`drop table if exists looked`.execute(db);
  if (isKept) {
    await sql`
      create temp table looked on commit drop as
      select customer_id from changed union
      select customer_id from warning_look where detector_id = ${id} and wake_on <= ${day}::date`.execute(db);
    await sql`analyze looked`.execute(db);
    await sql`delete from warning_look where detector_id = ${id} and ${sql.raw(lookedAt('customer_id'))}`.execute(
      db,
    );
  } else {
    await sql`delete from warning_look where detector_id = ${id}`.execute(db);
  }
  await keepLooks(
    db,
    detector,
    await looksOf(detector, { ...looking, among: isKept ? lookedAt : everybody }),
    isKept,
  );
  await sql`
    insert into warning_frame (detector_id, frame, looked_on)
    values (${id}, ${JSON.stringify({ holds, prepared })}::jsonb, ${day}::date)
    on conflict (detector_id) do update set frame = excluded.frame, looked_on = excluded.looked_on`.execute(
    db,
  );
  if (!isKept) return null;
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from looked`.execute(db);
  return rows[0]!.count;
}
