import type { FoldedPage, FoldedQuery, FoldedRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Reader } from '../../records/customers/index.js';
import { looksOf, type LastRun } from './last-run.js';
import { getDetector } from './list-detectors.js';
import { figuresFor } from './list-warnings.js';
import { beginningLooks } from './raise-warnings.js';

function placeOf(cursor: string, worth: RawBuilder<unknown>): RawBuilder<SqlBool> {
  const [value, id] = decodeCursor(cursor, 2);
  if (typeof value !== 'number' || !Number.isSafeInteger(id)) throw new CodedError('app.cursor_invalid');
  return sql`(${worth}, f.customer_id) < (${value}::float8, ${id}::bigint)`;
}

/**
 * A page of the customers behind warnings that were summed up, the most valuable first: those whose warning would begin if the
 * limit of a run were higher.
 * @throws CodedError alerts.detector_not_found, app.cursor_invalid, segments.not_found, segments.not_usable
 */
export async function listFolded(
  db: Db,
  reader: Reader,
  detectorId: string,
  { cursor, limit, segmentId }: FoldedQuery,
  { folds, today }: LastRun,
): Promise<FoldedPage> {
  const set = await getDetector(db, detectorId);
  const currency = (await readSettings(db)).baseCurrency;
  const fold = folds.find((one) => one.detectorId === detectorId);
  if (fold === undefined) {
    return { items: [], nextCursor: null, currency, total: { count: 0, valueAtRisk: 0 } };
  }
  const among = (await inSegments(db, reader, segmentId))('f.customer_id');
  const folded = sql`(${beginningLooks(set, looksOf(set, fold), today)})`;
  const order = valueOrder(reader.fieldRules, 'f.value_at_risk');
  const from = cursor === undefined ? sql<SqlBool>`true` : placeOf(cursor, order.by);
  const { rows: found } = await sql<FoldedRow>`
    select f.customer_id as "customerId", c.name as "customerName", c.owner_id as "ownerId", u.name as "ownerName",
      ${detectorId}::text as "detectorId", ${figuresFor('f')}, f.value_at_risk as "valueAtRisk", f.play
    from ${folded} f join customer c on c.customer_id = f.customer_id left join colleague u on u.user_id = c.owner_id
    where ${among} and ${from} order by ${order.by} desc, f.customer_id desc limit ${limit + 1}`.execute(db);
  const { rows } = await sql<FoldedPage['total']>`
    select count(*)::int as count, coalesce(sum(f.value_at_risk), 0) as "valueAtRisk"
    from ${folded} f where ${among}`.execute(db);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last ? encodeCursor([order.place(last.valueAtRisk), last.customerId]) : null,
    currency,
    total: rows[0]!,
  };
}
