import type { WorkCalendar, WorkSpan } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/** As long as nobody has set it. */
const usual: WorkCalendar = {
  weekdays: [1, 2, 3, 4, 5],
  spans: [{ from: '09:00', until: '18:00' }],
  closedDays: [],
  openDays: [],
  rowVersion: 0,
};

export async function readCalendar(db: Db): Promise<WorkCalendar> {
  const row = await db
    .selectFrom('work_calendar')
    .select([
      'weekdays',
      'spans',
      // Lists of days come as days of JavaScript, which have a time zone.
      sql<string[]>`closed_days::text[]`.as('closedDays'),
      sql<string[]>`open_days::text[]`.as('openDays'),
      'row_version as rowVersion',
    ])
    .executeTakeFirst();
  return row ? { ...row, spans: row.spans.map(spanIn) } : usual;
}

/** As the table keeps it: 09:00-12:00. */
const textOf = ({ from, until }: WorkSpan): string => `${from}-${until}`;
const spanIn = (text: string): WorkSpan => ({ from: text.slice(0, 5), until: text.slice(6) });

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
    spans: input.spans,
    closedDays: inOrder(input.closedDays),
    openDays: inOrder(input.openDays),
  };
  const values = {
    weekdays: after.weekdays,
    spans: after.spans.map(textOf),
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
  const told = ({ spans, ...days }: typeof after) => ({
    spans: spans.map(textOf).join(' '),
    ...Object.fromEntries(Object.entries(days).map(([name, value]) => [name, value.join(' ')])),
  });
  await writeAudit(db, {
    action: 'calendar.changed',
    subject: 'calendar',
    changes: changesBetween(told(seen), told(after)),
  });
  return readCalendar(db);
}
