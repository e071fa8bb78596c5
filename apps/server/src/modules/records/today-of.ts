import type { Db } from '../../platform/db/scoped-db.js';
import { readSettings } from '../people/settings/index.js';
import { dayIn } from './customers/index.js';

/** The day of a moment, yyyy-mm-dd, in the organisation's time zone. */
export async function todayOf(db: Db, now: Date): Promise<string> {
  return dayIn((await readSettings(db)).timeZone, now);
}
