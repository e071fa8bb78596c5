import type { DetectorPatch, DetectorRow, DetectorTier } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { readDetectors, type SetDetector } from './detector-settings.js';

interface Tally {
  detectorId: string;
  open: number;
  handled: number;
  falseAlarms: number;
  leadDays: number | null;
}

/**
 * What became of the warnings that the reader may see. Lead: from the day of the warning to the day from which the customer
 * counted as dormant or lost, where that came after.
 */
async function tallies(db: Db): Promise<Map<string, Tally>> {
  const { rows } = await sql<Tally>`
    select w.detector_id as "detectorId", count(*) filter (where w.status in ('open', 'snoozed'))::int as open,
      count(*) filter (where w.status = 'handled')::int as handled,
      count(*) filter (where w.status = 'false-alarm')::int as "falseAlarms",
      percentile_cont(0.5) within group (order by l.entered_on - w.raised_on)
        filter (where l.entered_on is not null) as "leadDays"
    from warning w left join lateral (
      select s.entered_on from customer_stage s
      where s.customer_id = w.customer_id and s.stage in ('dormant', 'lost') and s.entered_on > w.raised_on
      order by s.entered_on limit 1) l on true
    group by w.detector_id`.execute(db);
  return new Map(rows.map((row) => [row.detectorId, row]));
}

type Calibration = NonNullable<DetectorRow['calibration']>;

/** How often what the trained model said came true, in tenths of the customers held out; null before a model is trusted. */
async function calibrationOfChurn(db: Db): Promise<Calibration | null> {
  const { rows } = await sql<{ calibration: Calibration }>`
    select report -> 'calibration' as calibration from churn_run
    where status = 'published' and (report -> 'model' ->> 'trusted')::boolean
    order by published_at desc, churn_run_id desc limit 1`.execute(db);
  return rows[0]?.calibration ?? null;
}

function rowOf(
  { detector, ...set }: SetDetector,
  tally: Tally | undefined,
  churn: Calibration | null,
): DetectorRow {
  const { open = 0, handled = 0, falseAlarms = 0, leadDays = null } = tally ?? {};
  const closed = handled + falseAlarms;
  return {
    detectorId: detector.id,
    name: detector.name,
    isOn: set.isOn,
    threshold: set.threshold,
    mostAtOnce: set.mostAtOnce,
    isBacktestable: detector.past.kind !== 'fact' && detector.past.kind !== 'training',
    isYesNo: detector.isYesNo === true,
    dueDays: set.dueDays,
    play: set.play,
    tiers: set.tiers,
    calibration: detector.id === 'churn-model' ? churn : null,
    open,
    handled,
    falseAlarms,
    precision: closed === 0 ? null : handled / closed,
    leadDays,
    rowVersion: set.rowVersion,
  };
}

/** Every detector with its settings and how it did. */
export async function listDetectors(db: Db): Promise<DetectorRow[]> {
  const done = await tallies(db);
  const churn = await calibrationOfChurn(db);
  return (await readDetectors(db)).map((set) => rowOf(set, done.get(set.detector.id), churn));
}

/** @throws CodedError alerts.detector_not_found */
export async function getDetector(db: Db, id: string): Promise<SetDetector> {
  const set = (await readDetectors(db)).find(({ detector }) => detector.id === id);
  if (!set) throw new CodedError('alerts.detector_not_found', { detector: id });
  return set;
}

/** The setting as it would be. */
export const changed = (set: SetDetector, patch: DetectorPatch): SetDetector => ({
  ...set,
  isOn: patch.isOn ?? set.isOn,
  threshold: patch.threshold ?? set.threshold,
  mostAtOnce: patch.mostAtOnce ?? set.mostAtOnce,
  dueDays: patch.dueDays ?? set.dueDays,
  play: patch.play === undefined ? set.play : patch.play,
  tiers: patch.tiers ?? set.tiers,
});

const foreignKeyViolation = '23503';

/** @throws CodedError alerts.tier_unknown */
async function writeTiers(db: Db, detectorId: string, tiers: readonly DetectorTier[]): Promise<void> {
  await db.deleteFrom('detector_tier').where('detector_id', '=', detectorId).execute();
  const byTier = new Map(tiers.map((tier) => [tier.tierId, tier]));
  // What differs in nothing is not kept: the tier follows the rest.
  const differing = [...byTier.values()].filter(
    ({ isOn, threshold, dueDays, play }) => !isOn || threshold !== null || dueDays !== null || play !== null,
  );
  if (differing.length === 0) return;
  try {
    await db
      .insertInto('detector_tier')
      .values(
        differing.map(({ tierId, isOn, threshold, dueDays, play }) => ({
          detector_id: detectorId,
          tier_id: tierId,
          is_on: isOn,
          threshold,
          due_days: dueDays,
          play,
        })),
      )
      .execute();
  } catch (error) {
    if (sqlStateOf(error) === foreignKeyViolation)
      throw new CodedError('alerts.tier_unknown', {}, { cause: error });
    throw error;
  }
}

/**
 * Sets a detector. Switching one on that would raise more at once than its limit asks for a confirmation first.
 * @param wouldRaise how many it would raise with the new setting; null where nobody asked
 * @throws CodedError alerts.detector_not_found, app.changed, alerts.storm_conflict, alerts.tier_unknown
 */
export async function setDetector(
  db: Db,
  id: string,
  patch: DetectorPatch,
  wouldRaise: number | null,
  now: Date,
): Promise<DetectorRow> {
  const before = await getDetector(db, id);
  const after = changed(before, patch);
  if (wouldRaise !== null && wouldRaise > after.mostAtOnce && patch.confirmed !== true) {
    throw new CodedError('alerts.storm_conflict', { count: wouldRaise, limit: after.mostAtOnce });
  }
  const values = {
    is_on: after.isOn,
    threshold: after.threshold,
    most_at_once: after.mostAtOnce,
    due_days: after.dueDays === before.detector.dueDays ? null : after.dueDays,
    play: after.play,
    updated_by: sql<number>`nullif(current_setting('kezi.user_id', true), '')::int`,
    updated_at: now,
  };
  const written = await db
    .insertInto('detector_setting')
    .values({ detector_id: id, ...values })
    .onConflict((conflict) =>
      conflict
        .column('detector_id')
        .doUpdateSet({ ...values, row_version: sql<number>`detector_setting.row_version + 1` })
        .where('detector_setting.row_version', '=', patch.rowVersion),
    )
    .returning('row_version')
    .executeTakeFirst();
  // A first setting meets no row; a later one must meet the version that the writer saw.
  if (!written || (patch.rowVersion === 0) !== (written.row_version === 1)) {
    throw new CodedError('app.changed');
  }
  if (patch.tiers !== undefined) await writeTiers(db, id, patch.tiers);
  const flat = ({ isOn, threshold, mostAtOnce, dueDays, play, tiers }: SetDetector) => ({
    isOn,
    threshold,
    mostAtOnce,
    dueDays,
    play,
    tiers: JSON.stringify(tiers),
  });
  await writeAudit(db, {
    action: 'detector.updated',
    subject: 'detector',
    subjectId: id,
    changes: changesBetween(flat(before), flat(after)),
  });
  await emitEvent(db, 'warning.changed', { customerId: null }, { audience: 'all' });
  const row = (await listDetectors(db)).find(({ detectorId }) => detectorId === id);
  return row!;
}
