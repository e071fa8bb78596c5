import type { WarningListQuery, WarningPage, WarningRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Among, type Condition, type Reader } from '../../records/customers/index.js';
import { countFolded, type LastRun } from './last-run.js';

/**
 * Score and evidence of a row, a warning or a look. The share of one whose value is known tells what all customers are worth:
 * not to who does not see them all.
 */
export function figuresFor(row: 'w' | 'f'): RawBuilder<unknown> {
  const evidence = sql.ref(`${row}.evidence`);
  const tellsAll = sql`(current_user = 'kezi_all' or not jsonb_exists(${evidence}, 'clvShare'))`;
  return sql`
    case when ${tellsAll} then ${sql.ref(`${row}.score`)} else 1 end as score,
    case when ${tellsAll} then ${evidence} else ${evidence} || '{"clvShare": null}' end as evidence`;
}

const columns = sql`
  w.warning_id as "warningId", w.customer_id as "customerId", c.name as "customerName", w.owner_id as "ownerId",
  u.name as "ownerName", w.detector_id as "detectorId", w.status, w.value_at_risk as "valueAtRisk", w.clv,
  ${figuresFor('w')}, w.play, w.raised_on as "raisedOn", w.due_on as "dueOn", w.seen_on as "seenOn", w.times_seen as "timesSeen",
  w.snoozed_until as "snoozedUntil", w.outcome, w.note, closer.name as "closedByName", w.closed_at as "closedAt",
  w.row_version as "rowVersion"`;

/** Warnings `w` that fit, in the order given. */
export async function findWarnings(
  db: Db,
  which: Condition,
  order: RawBuilder<unknown>,
  limit: number,
): Promise<WarningRow[]> {
  const { rows } = await sql<WarningRow>`
    select ${columns} from warning w join customer c on c.customer_id = w.customer_id
      left join colleague u on u.user_id = w.owner_id left join colleague closer on closer.user_id = w.closed_by
    where ${which} order by ${order} limit ${limit}`.execute(db);
  return rows;
}

/** @throws CodedError alerts.not_found, also for one that the reader may not see */
export async function getWarning(db: Db, warningId: number): Promise<WarningRow> {
  const [row] = await findWarnings(db, sql`w.warning_id = ${warningId}::bigint`, sql`1`, 1);
  if (!row) throw new CodedError('alerts.not_found');
  return row;
}

function conditionsOf(query: WarningListQuery, among: Among): Condition {
  const { status = ['open'], detector, ownerId, customerId } = query;
  const all: Condition[] = [sql`w.status = any (${status}::text[])`, among('w.customer_id')];
  if (detector) all.push(sql`w.detector_id = any (${detector}::text[])`);
  if (ownerId) all.push(sql`w.owner_id = any (${ownerId}::int[])`);
  if (customerId !== undefined) all.push(sql`w.customer_id = ${customerId}::bigint`);
  return sql`${sql.join(all, sql` and `)}`;
}

function placeOf(cursor: string, worth: RawBuilder<unknown>): Condition {
  const [value, id] = decodeCursor(cursor, 2);
  if (typeof value !== 'number' || !Number.isSafeInteger(id)) throw new CodedError('app.cursor_invalid');
  return sql`(${worth}, w.warning_id) < (${value}::float8, ${id}::bigint)`;
}

/**
 * A page of warnings, the most valuable first.
 * @throws CodedError app.cursor_invalid
 */
export async function listWarnings(
  db: Db,
  reader: Reader,
  query: WarningListQuery,
  run: LastRun,
): Promise<WarningPage> {
  const { cursor, limit, segmentId } = query;
  const which = conditionsOf(query, await inSegments(db, reader, segmentId));
  const order = valueOrder(reader.fieldRules, 'w.value_at_risk');
  const page = cursor === undefined ? which : sql<SqlBool>`${which} and ${placeOf(cursor, order.by)}`;
  const found = await findWarnings(db, page, sql`${order.by} desc, w.warning_id desc`, limit + 1);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  const { rows } = await sql<{ count: number; valueAtRisk: number }>`
    select count(*)::int as count, coalesce(sum(w.value_at_risk), 0) as "valueAtRisk" from warning w where ${which}`.execute(
    db,
  );
  return {
    items,
    nextCursor: last ? encodeCursor([order.place(last.valueAtRisk), last.warningId]) : null,
    currency: (await readSettings(db)).baseCurrency,
    total: rows[0]!,
    asOf: run.asOf,
    isValued: run.isValued,
    folded: cursor === undefined ? await countFolded(db, reader, run) : [],
  };
}
