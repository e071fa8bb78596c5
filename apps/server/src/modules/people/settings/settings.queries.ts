import type { Settings } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';

/** The organisation's settings: one row, which every user may read. */
export async function readSettings(db: Db): Promise<Settings> {
  const row = await db.selectFrom('organisation').selectAll().executeTakeFirstOrThrow();
  return {
    organisationName: row.name,
    baseCurrency: row.base_currency,
    timeZone: row.time_zone,
    language: row.language as Settings['language'],
    upColour: row.up_colour as Settings['upColour'],
    rowVersion: row.row_version,
  };
}
