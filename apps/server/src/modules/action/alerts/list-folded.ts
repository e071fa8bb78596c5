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
  const order = valueOrder(reader.fieldRules, 'f.value_at_risk');
  const from = cursor === undefined ? sql<SqlBool>`true` : placeOf(cursor, order.by);
  // Looked for once, for the page and for the total, which stands beside every row, and alone where there is none.
  const { rows } = await sql<FoldedRow & { total: FoldedPage['total'] }>`
    with folded as materialized (
      select f.* from (${beginningLooks(set, looksOf(set, fold), today)}) f where ${among}
    )
    select t.total, page.* from (
      select jsonb_build_object('count', count(*), 'valueAtRisk', coalesce(sum(value_at_risk), 0)) as total from folded) t
    left join lateral (
      select f.customer_id as "customerId", c.name as "customerName", c.owner_id as "ownerId", u.name as "ownerName",
        ${detectorId}::text as "detectorId", ${figuresFor('f')}, f.value_at_risk as "valueAtRisk", f.play
      from folded f join customer c on c.customer_id = f.customer_id left join colleague u on u.user_id = c.owner_id
      where ${from} order by ${order.by} desc, f.customer_id desc limit ${limit + 1}) page on true`.execute(
    db,
  );
  const found = rows.filter(({ customerId }) => customerId !== null);
  const items = found.slice(0, limit).map(({ total: _total, ...row }) => row);
  const last = found.length > limit ? items.at(-1) : undefined;
  return {
    items,
    nextCursor: last ? encodeCursor([order.place(last.valueAtRisk), last.customerId]) : null,
    currency,
    total: rows[0]!.total,
  };
}
