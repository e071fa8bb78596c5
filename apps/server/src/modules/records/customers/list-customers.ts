import type { CustomerListQuery, CustomerRow } from '@kezi/contract';
import { sql } from 'kysely';
import { kept } from '../../../platform/db/kept-statements.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { readSettings } from '../../people/settings/index.js';
import { monthlyAmounts } from './customer-sparks.js';
import { cursorOf, placeOf } from './customer-sort.js';
import { dayIn } from './customers.rules.js';
import type { Reader } from './extra-filters.js';
import { findCustomers } from './find-customers.js';
import { sortFor } from './sort-asked-for.js';
import { profileColumns } from './write-profile.js';

/** What the register shows of an entry `c`. */
export const rowColumns = sql`
  c.customer_id as "customerId", c.customer_no as "customerNo", c.name, c.short_name as "shortName",
  c.parent_customer_id as "parentCustomerId", c.owner_id as "ownerId", u.name as "ownerName",
  c.team_id as "teamId", tm.name as "teamName", c.region, c.industry, ${profileColumns}, c.orders,
  c.last_order_on as "lastOrderOn", c.monetary_value as "monetaryValue", c.p_alive as "pAlive",
  c.expected_orders as "expectedOrders", c.clv, c.clv_low as "clvLow", c.clv_high as "clvHigh",
  c.next_order_on as "nextOrderOn", c.rfm_segment as "rfmSegment",
  c.tier_id as "tierId", tier.name as "tierName", tier.badge as "tierBadge", c.stage`;

export const rowSource = sql`
  register_entry c left join colleague u on u.user_id = c.owner_id left join team tm on tm.team_id = c.team_id
  left join tier on tier.tier_id = c.tier_id left join customer_profile cp on cp.customer_id = c.customer_id`;

/** Rows by id, in the order of the ids; an id that the viewer may not see is left out. */
async function customerRows(db: Db, ids: readonly number[]): Promise<CustomerRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<CustomerRow>`${kept}
    select ${rowColumns} from ${rowSource} where c.customer_id = any(${[...ids]}::bigint[])`.execute(db);
  const byId = new Map(rows.map((row) => [row.customerId, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * A page of the register.
 * @param now its day ends the twelve months while there are no figures
 * @throws CodedError app.cursor_invalid
 */
export async function listCustomers(
  db: Db,
  viewer: Reader,
  query: CustomerListQuery,
  now: Date,
): Promise<{ items: CustomerRow[]; nextCursor: string | null }> {
  const { cursor, limit, sort: asked, order, spark, ...filter } = query;
  const sort = await sortFor(db, viewer.fieldRules, { sort: asked, order });
  const found = await findCustomers(db, viewer, {
    filter,
    sort,
    after: cursor === undefined ? null : placeOf(sort, cursor),
    limit: limit + 1,
  });
  const places = found.slice(0, limit);
  const last = found.length > limit ? places.at(-1) : undefined;
  const rows = await customerRows(
    db,
    places.map((place) => place.customerId),
  );
  return {
    items: spark ? await withMonths(db, rows, now) : rows,
    nextCursor: last ? cursorOf(sort, last) : null,
  };
}

async function withMonths(db: Db, rows: CustomerRow[], now: Date): Promise<CustomerRow[]> {
  const today = dayIn((await readSettings(db)).timeZone, now);
  const amounts = await monthlyAmounts(
    db,
    rows.map((row) => row.customerId),
    today,
  );
  return rows.map((row) => ({ ...row, monthlyAmountMinor: amounts.get(row.customerId) ?? [] }));
}
