import type { WarningPage } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { latestPublishedRuns } from '../../insight/valuation/index.js';
import { dayIn, type Reader } from '../../records/customers/index.js';
import type { SetDetector } from './detector-settings.js';
import { getDetector } from './list-detectors.js';
import { looksOn } from './look-again.js';
import { beginningLooks } from './raise-warnings.js';
import type { DetectorCount } from './run-detectors.js';

interface Fold {
  detectorId: string;
  /** Over everybody's customers, as the run counted them. */
  count: number;
  valueAtRisk: number;
  /** The day for which its looks were kept. */
  lookedOn: string;
}

/** What the last run left, whoever asks. */
export interface LastRun {
  /** Null before the first one. */
  asOf: string | null;
  /** Whether there is a valuation to look from. */
  isValued: boolean;
  today: string;
  folds: Fold[];
}

interface RunRow {
  asOf: string;
  counts: Record<string, DetectorCount>;
  lookedOn: Record<string, string> | null;
}

/** Runs are over everybody's customers: what a scoped reader may hear of one is counted again among those whom they see. */
export async function lastRun({ db, clock }: Platform): Promise<LastRun> {
  return db.asSystem(async (system) => {
    const today = dayIn((await readSettings(system)).timeZone, clock.now());
    const { rows } = await sql<RunRow>`
      select as_of as "asOf", counts,
        (select jsonb_object_agg(detector_id, looked_on) from warning_frame) as "lookedOn"
      from warning_run order by warning_run_id desc limit 1`.execute(system);
    const [run] = rows;
    const folds = Object.entries(run?.counts ?? {}).flatMap(([detectorId, { folded, foldedValue }]) => {
      const lookedOn = run?.lookedOn?.[detectorId];
      return folded > 0 && lookedOn !== undefined
        ? [{ detectorId, count: folded, valueAtRisk: foldedValue, lookedOn }]
        : [];
    });
    const isValued = run !== undefined || (await latestPublishedRuns(system)).latest !== null;
    return { asOf: run?.asOf ?? null, isValued, today, folds };
  });
}

/** The looks that a fold was made from. */
export const looksOf = ({ detector }: SetDetector, { lookedOn }: Fold): RawBuilder<unknown> =>
  looksOn(detector, lookedOn);

/** What the last run summed up, of the customers whom the reader sees. */
export async function countFolded(
  db: Db,
  { scope }: Reader,
  { folds, today }: LastRun,
): Promise<WarningPage['folded']> {
  if (scope === 'all') {
    return folds.map(({ detectorId, count, valueAtRisk }) => ({ detectorId, count, valueAtRisk }));
  }
  if (folds.length === 0) return [];
  const counts: RawBuilder<unknown>[] = [];
  for (const { detectorId, lookedOn } of folds) {
    const set = await getDetector(db, detectorId);
    const looks = looksOn(set.detector, lookedOn, sql`mine`);
    counts.push(sql`
      select ${detectorId}::text as "detectorId", count(*)::int as count, coalesce(sum(b.value_at_risk), 0) as "valueAtRisk"
      from (${beginningLooks(set, looks, today)}) b`);
  }
  const ids = folds.map(({ detectorId }) => detectorId);
  // Whose customers they are is asked once for all detectors: each by itself would go through all customers again.
  const { rows } = await sql<WarningPage['folded'][number]>`
    with mine as materialized (
      select * from warning_look where detector_id = any (${ids}::text[]) and score is not null)
    ${sql.join(counts, sql` union all `)}`.execute(db);
  return rows.filter(({ count }) => count > 0);
}
