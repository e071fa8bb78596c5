import type { WorkCalendar } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/** As long as nobody has set it. */
const usual: WorkCalendar = {
  weekdays: [1, 2, 3, 4, 5],
  opensAt: '09:00',
  closesAt: '18:00',
  closedDays: [],
  openDays: [],
  rowVersion: 0,
};

export async function readCalendar(db: Db): Promise<WorkCalendar> {
  const row = await db
    .selectFrom('work_calendar')
    .select([
      'weekdays',
      'opens_at as opensAt',
      'closes_at as closesAt',
      // Lists of days come as days of JavaScript, which have a time zone.
      sql<string[]>`closed_days::text[]`.as('closedDays'),
      sql<string[]>`open_days::text[]`.as('openDays'),
      'row_version as rowVersion',
    ])
    .executeTakeFirst();
  return row ?? usual;
}

const inOrder = <Value extends number | string>(values: readonly Value[]): Value[] =>
  [...new Set(values)].toSorted((a, b) => (a < b ? -1 : 1));

/**
 * Changes the hours from now on: what was promised before keeps its time.
 * @throws CodedError clocks.calendar_changed
 */
export async function writeCalendar(
  db: Db,
  input: WorkCalendar,
  by: { userId: number; now: Date },
): Promise<WorkCalendar> {
  const before = await readCalendar(db);
  const after = {
    weekdays: inOrder(input.weekdays),
    opensAt: input.opensAt,
    closesAt: input.closesAt,
    closedDays: inOrder(input.closedDays),
    openDays: inOrder(input.openDays),
  };
  const values = {
    weekdays: after.weekdays,
    opens_at: after.opensAt,
    closes_at: after.closesAt,
    closed_days: after.closedDays,
    open_days: after.openDays,
    row_version: input.rowVersion + 1,
    updated_by: by.userId,
    updated_at: by.now,
  };
  const written = await db
    .insertInto('work_calendar')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .column('work_calendar_id')
        .doUpdateSet(values)
        .where('work_calendar.row_version', '=', input.rowVersion),
    )
    .returning('row_version')
    .executeTakeFirst();
  // A first setting meets no row; a later one must meet the version that the writer saw.
  if (!written || (before.rowVersion === 0) !== (input.rowVersion === 0)) {
    throw new CodedError('clocks.calendar_changed');
  }
  const { rowVersion: _version, ...seen } = before;
  const told = (each: typeof after) =>
    Object.fromEntries(Object.entries(each).map(([name, value]) => [name, [value].flat().join(' ')]));
  await writeAudit(db, {
    action: 'calendar.changed',
    subject: 'calendar',
    changes: changesBetween(told(seen), told(after)),
  });
  return readCalendar(db);
}
