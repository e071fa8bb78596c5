import { fitsPool, type PoolCustomer, type PoolCustomerQuery } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { dayIn, inSegments, queryTokens, tokenCondition } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import { standingPeriod, wasUndone } from '../ownership/index.js';
import { usableSegments } from '../segments/index.js';
import { getPool } from './list-pools.js';
import { dayOf } from './realm.js';

function isAfter(cursor: string | undefined, worth: RawBuilder<unknown>): RawBuilder<SqlBool> {
  if (cursor === undefined) return sql`true`;
  const [clv, id] = decodeCursor(cursor, 2);
  const isPlace = (clv === null || typeof clv === 'number') && Number.isSafeInteger(id);
  if (!isPlace) throw new CodedError('app.cursor_invalid');
  if (clv === null) return sql`${worth} is null and c.customer_id < ${id}::bigint`;
  return sql`(${worth} is null or (${worth}, c.customer_id) < (${clv}::float8, ${id}::bigint))`;
}

/**
 * Customers that wait in a pool, the most valuable first. People who may claim see what a customer is and how it came here;
 * contacts, orders and the rest open with the claim.
 * @throws CodedError pools.not_found, pools.segment_unfit, segments.not_found, segments.not_usable, app.cursor_invalid
 */
export async function listPoolCustomers(
  db: Db,
  principal: Principal,
  poolId: number,
  query: PoolCustomerQuery,
  now: Date,
): Promise<{ items: PoolCustomer[]; nextCursor: string | null }> {
  const { cursor, limit, q, segmentId = [] } = query;
  const pool = await getPool(db, principal, poolId, now);
  const asked =
    pool.seesCustomers || segmentId.length === 0 ? [] : await usableSegments(db, principal, segmentId);
  const unfit = asked.find(({ rule }) => !fitsPool(rule));
  if (unfit) throw new CodedError('pools.segment_unfit', { name: unfit.name });
  const among = await inSegments(db, principal, segmentId);
  const { timeZone } = await readSettings(db);
  const today = dayIn(timeZone, now);
  const order = valueOrder(principal.fieldRules, 'c.clv');
  const after = isAfter(cursor, order.by);
  const found = queryTokens(q ?? '').map(
    (match) => sql<SqlBool>`exists (
      select from customer_token t where t.customer_id = c.customer_id and ${tokenCondition(match)})`,
  );
  const { rows } = await withAllRows(db, principal, () =>
    sql<PoolCustomer>`
      select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, c.region, c.industry, c.clv,
        c.p_alive as "pAlive", c.last_order_on as "lastOrderOn", p.started_at as since, p.manner, p.reason,
        u.name as "formerOwnerName",
        case when mine.until > ${today}::date then mine.until end as "claimableOn"
      from register_entry c
        left join lateral ${standingPeriod} p on true
        left join colleague u on u.user_id = p.previous_holder_id
        left join lateral (
          select max(${dayOf(sql`o.ended_at`, timeZone)}) + ${pool.coolDownDays}::int as until from ownership_period o
          where o.customer_id = c.customer_id and o.holder_id = ${principal.userId} and not ${wasUndone}
            and not (p.manner = 'release' and p.changed_by = ${principal.userId}
              and p.started_at > ${now}::timestamptz - interval '1 hour')) mine on true
      where c.team_id = ${pool.teamId} and c.owner_id is null and ${after} and ${among('c.customer_id')}
        and ${found.length === 0 ? sql`true` : sql.join(found, sql` and `)}
      order by ${order.by} desc nulls last, c.customer_id desc limit ${limit + 1}`.execute(db),
  );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([order.place(last.clv), last.customerId]) : null };
}
