import type { ContractListQuery, ContractRow, ContractStage } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import { inSegments, mustSeeCustomer, type Reader } from '../customers/index.js';
import { findContracts } from './get-contract.js';

/** A contract without an end stands behind all that have one. */
const never = '9999-12-31';

/** A contract `k` stands so on a day: `stageOn` of the rules, in the database. */
function isAt(stage: ContractStage, today: string): RawBuilder<SqlBool> {
  const day = sql`${today}::date`;
  const signed = sql`k.status = 'signed'`;
  const begun = sql`${signed} and k.starts_on <= ${day}`;
  const isAtStage = {
    draft: sql<SqlBool>`k.status = 'draft'`,
    terminated: sql<SqlBool>`k.status = 'terminated'`,
    upcoming: sql<SqlBool>`(${signed} and k.starts_on > ${day})`,
    running: sql<SqlBool>`(${begun} and (k.ends_on is null or k.ends_on - k.notice_days > ${day}))`,
    ending: sql<SqlBool>`(${begun} and k.ends_on >= ${day} and k.ends_on - k.notice_days <= ${day})`,
    ended: sql<SqlBool>`(${begun} and k.ends_on < ${day})`,
  } as const satisfies Record<ContractStage, RawBuilder<SqlBool>>;
  return isAtStage[stage];
}

function afterPlace(cursor: string): RawBuilder<SqlBool> {
  const [endsOn, id] = decodeCursor(cursor, 2);
  if (typeof endsOn !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(endsOn) || !Number.isSafeInteger(id)) {
    throw new CodedError('app.cursor_invalid');
  }
  return sql`(coalesce(k.ends_on, ${never}::date), k.contract_id) > (${endsOn}::date, ${id}::bigint)`;
}

/**
 * Contracts of all customers that the reader sees, or of one, by the day on which they end.
 * @throws CodedError customers.not_found, app.cursor_invalid, segments.not_found, segments.not_usable
 */
export async function listContracts(
  db: Db,
  reader: Reader,
  query: ContractListQuery & { customerId?: number },
  today: string,
): Promise<{ items: ContractRow[]; nextCursor: string | null }> {
  const { customerId, stage, q, segmentId, cursor, limit } = query;
  if (customerId !== undefined) await mustSeeCustomer(db, customerId);
  const words = (q ?? '').replace(/[\\%_]/g, '\\$&');
  const among = await inSegments(db, reader, segmentId);
  const conditions = [
    among('k.customer_id'),
    ...(customerId === undefined ? [] : [sql<SqlBool>`k.customer_id = ${customerId}::bigint`]),
    ...(stage === undefined
      ? []
      : [
          sql<SqlBool>`(${sql.join(
            stage.map((one) => isAt(one, today)),
            sql` or `,
          )})`,
        ]),
    ...(words === ''
      ? []
      : [
          sql<SqlBool>`(k.contract_no ilike ${`%${words}%`} or k.title ilike ${`%${words}%`} or cu.name ilike ${`%${words}%`})`,
        ]),
    ...(cursor === undefined ? [] : [afterPlace(cursor)]),
  ];
  const rows = await findContracts(
    db,
    today,
    sql.join<SqlBool>(conditions, sql` and `),
    sql`order by coalesce(k.ends_on, ${never}::date), k.contract_id limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.endsOn ?? never, last.contractId]) : null };
}
