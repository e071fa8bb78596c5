import type { Settings } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { readSettings } from './settings.queries.js';

type SettingsChange = { [Field in keyof Omit<Settings, 'rowVersion'>]?: Settings[Field] | undefined };

/** True for a name of the time zone database, which days and months are counted by. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** @throws CodedError settings.time_zone_unknown, settings.currency_fixed, settings.changed */
export async function changeSettings(
  db: Db,
  change: SettingsChange,
  versionSeen: number | null,
  now: Date,
): Promise<Settings> {
  const before = await readSettings(db);
  if (versionSeen !== null && versionSeen !== before.rowVersion) throw new CodedError('settings.changed');
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
    throw new CodedError('settings.time_zone_unknown', { timeZone: change.timeZone });
  }
  if (change.baseCurrency !== undefined && change.baseCurrency !== before.baseCurrency) {
    // Amounts of orders were turned into the base currency when they came in.
    const order = await db.selectFrom('customer_order').select('order_id').limit(1).executeTakeFirst();
    if (order) throw new CodedError('settings.currency_fixed', { currency: before.baseCurrency });
  }
  const after = {
    ...before,
    ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
  };
  const updated = await db
    .updateTable('organisation')
    .set({
      name: after.organisationName,
      base_currency: after.baseCurrency,
      time_zone: after.timeZone,
      language: after.language,
      up_colour: after.upColour,
      row_version: sql`row_version + 1`,
      updated_at: now,
    })
    .where('row_version', '=', before.rowVersion)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new CodedError('settings.changed');
  await writeAudit(db, {
    action: 'organisation.changed',
    subject: 'organisation',
    changes: changesBetween({ ...before }, { ...change }),
  });
  await emitEvent(db, 'organisation.changed', {}, { audience: 'all' });
  return readSettings(db);
}
