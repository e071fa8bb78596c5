import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';

type Use = 'exported' | 'viewed';

/** How much of something the role may have in a day; null without a limit. */
async function limitOf(db: Db, role: string, use: Use): Promise<number | null> {
  const row = await db
    .selectFrom('role_day_limit')
    .where('role', '=', role)
    .select(['exported_rows', 'viewed_rows'])
    .executeTakeFirst();
  return (use === 'exported' ? row?.exported_rows : row?.viewed_rows) ?? null;
}

/** Whether rows have to be counted at all for somebody: a count of a large export takes a second. */
export async function isLimited(db: Db, principal: Principal, use: Use): Promise<boolean> {
  return (await limitOf(db, principal.role, use)) !== null;
}

const columnOf = (use: Use) => (use === 'exported' ? 'exported_rows' : 'viewed_rows');

function refuse(use: Use, { most, used, wanted }: Record<'most' | 'used' | 'wanted', number>): void {
  if (used + wanted <= most) return;
  const code = use === 'exported' ? 'limits.exported_refused' : 'limits.viewed_refused';
  throw new CodedError(code, { most, used, wanted });
}

/**
 * Whether so many rows are left of somebody's day; nothing is booked.
 * @throws CodedError limits.exported_refused, limits.viewed_refused
 */
export async function checkRows(
  db: Db,
  principal: Principal,
  use: Use,
  rows: number,
  now: Date,
): Promise<void> {
  const most = await limitOf(db, principal.role, use);
  if (most === null) return;
  const { rows: booked } = await sql<{ used: number }>`
    select ${sql.id(columnOf(use))} as used from user_day_use
    where user_id = ${principal.userId} and on_day = ${organisationDay(now)}`.execute(db);
  refuse(use, { most, used: booked[0]?.used ?? 0, wanted: rows });
}

/**
 * Books rows on somebody's day. Two requests at once wait for each other, so that they cannot both take the last ones.
 * @throws CodedError limits.exported_refused, limits.viewed_refused; nothing is booked then
 */
export async function spendRows(
  db: Db,
  principal: Principal,
  use: Use,
  rows: number,
  now: Date,
): Promise<void> {
  const most = await limitOf(db, principal.role, use);
  if (most === null || rows === 0) return;
  const column = sql.id(columnOf(use));
  const { rows: booked } = await sql<{ used: number }>`
    insert into user_day_use as booked (user_id, on_day, ${column}) values (${principal.userId}, ${organisationDay(now)}, ${rows}::int)
    on conflict (user_id, on_day) do update set ${column} = booked.${column} + ${rows}::int
    returning ${column} as used`.execute(db);
  // What is refused takes the booking back with its transaction.
  refuse(use, { most, used: (booked[0]?.used ?? 0) - rows, wanted: rows });
}
