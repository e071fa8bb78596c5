import type { Db } from '../../../platform/db/scoped-db.js';
import { allDetectors, type Detector } from './detector.js';

/** A detector with what the organisation has set; what nobody has set is as it was declared. */
export interface SetDetector {
  detector: Detector;
  isOn: boolean;
  threshold: number;
  mostAtOnce: number;
  rowVersion: number;
}

const mostAtOnce = 500;

export async function readDetectors(db: Db): Promise<SetDetector[]> {
  const rows = await db.selectFrom('detector_setting').selectAll().execute();
  const byId = new Map(rows.map((row) => [row.detector_id, row]));
  return allDetectors().map((detector) => {
    const row = byId.get(detector.id);
    return {
      detector,
      isOn: row?.is_on ?? detector.isOn,
      threshold: row?.threshold ?? 1,
      mostAtOnce: row?.most_at_once ?? mostAtOnce,
      rowVersion: row?.row_version ?? 0,
    };
  });
}
