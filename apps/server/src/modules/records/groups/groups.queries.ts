import type { GroupMember, GroupMembership, GroupPicture, GroupTotals } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';

/*
 * Everything here walks the tree with the reader's own eyes, from row to row: at a customer behind a wall the walk ends, so
 * that no figure and no count tells what stands behind it.
 */

/** More levels than any group has; a circle that should not be there ends here. */
const deepest = 100;
const mostMemberships = 20;
/** Tiles that a picture can show; what is worth less is summed. */
const mostNodes = 300;

/** Those above a customer, the nearest first, up to whoever the reader may not see. */
export async function pathTo(
  db: Db,
  customerId: number,
): Promise<{ path: { customerId: number; name: string }[]; isHiddenAbove: boolean }> {
  const { rows } = await sql<{ customerId: number; name: string; parentId: number | null }>`
    with recursive up as (
      select c.customer_id, c.name, c.parent_customer_id, 1 as depth
      from register_entry c where c.customer_id = ${customerId}::bigint
      union all
      select c.customer_id, c.name, c.parent_customer_id, up.depth + 1
      from register_entry c join up on c.customer_id = up.parent_customer_id
      where up.depth < ${deepest}
    )
    select customer_id as "customerId", name, parent_customer_id as "parentId" from up order by depth desc`.execute(
    db,
  );
  const [top] = rows;
  if (!top) throw new CodedError('customers.not_found');
  return {
    path: rows.map(({ customerId: id, name }) => ({ customerId: id, name })),
    isHiddenAbove: top.parentId !== null,
  };
}

/** With what the register says of each, so that nobody is looked up a second time. */
const below = (customerId: number) => sql`
  recursive below(customer_id, depth, parent_customer_id, name, clv) as (
    select c.customer_id, 1, c.parent_customer_id, c.name, c.clv
    from register_entry c where c.customer_id = ${customerId}::bigint
    union all
    select c.customer_id, below.depth + 1, c.parent_customer_id, c.name, c.clv
    from register_entry c join below on c.parent_customer_id = below.customer_id
    where below.depth < ${deepest}
  )`;

/**
 * Asks customer by customer, each by the one index that begins with it. Left to itself the planner, which cannot know how
 * large a group is, took all rows of the reader's teams for each of 10,000 customers: a minute instead of a tenth of a second.
 */
async function byCustomer<Answer>(db: Db, ask: () => Promise<Answer>): Promise<Answer> {
  const allow = (way: 'on' | 'off') =>
    sql`select set_config('enable_bitmapscan', ${way}, true), set_config('enable_seqscan', ${way}, true)`.execute(
      db,
    );
  await allow('off');
  const answer = await ask();
  await allow('on');
  return answer;
}

/**
 * Sums over a customer and all below it.
 * @param today yyyy-mm-dd; the year of `spendYearMinor` ends with it
 */
export async function totalsBelow(db: Db, customerId: number, today: string): Promise<GroupTotals> {
  // The orders of each customer are summed in an index that holds all they are asked for; a join over all might read the
  // whole table of orders, as nobody knows beforehand how large a group is.
  const { rows } = await byCustomer(db, () =>
    sql<GroupTotals>`
    with ${below(customerId)}
    select count(*)::int as customers, count(c.clv)::int as valued, sum(c.clv) as clv,
      coalesce(sum(o.orders), 0)::bigint as orders, coalesce(sum(o.spend), 0)::bigint as "spendMinor",
      coalesce(sum(o.spend_year), 0)::bigint as "spendYearMinor", max(o.last_on) as "lastOrderOn"
    from below c left join lateral (
      select count(*) filter (where o.base_amount_minor > 0) as orders, sum(o.base_amount_minor) as spend,
        sum(o.base_amount_minor) filter (
          where o.ordered_on > (${today}::date - interval '1 year')::date and o.ordered_on <= ${today}::date) as spend_year,
        max(o.ordered_on) filter (where o.base_amount_minor > 0) as last_on
      from customer_order o where o.customer_id = c.customer_id
    ) o on true`.execute(db),
  );
  const row = rows[0];
  if (!row) throw new Error('A sum has no row.');
  return row;
}

/** @throws CodedError app.cursor_invalid */
function placeOf(cursor: string): { clv: number | null; id: number } {
  const [clv, id] = decodeCursor(cursor, 2);
  const isPlace = (clv === null || typeof clv === 'number') && Number.isSafeInteger(id);
  if (!isPlace) throw new CodedError('app.cursor_invalid');
  return { clv, id: id as number };
}

/** Those directly below a customer, the most valuable first; those without a value at the end. */
export async function listMembers(
  db: Db,
  customerId: number,
  fieldRules: FieldRules,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: GroupMember[]; nextCursor: string | null }> {
  const place = cursor === undefined ? null : placeOf(cursor);
  const order = valueOrder(fieldRules, 'c.clv');
  const worth = sql`coalesce(${order.by}, '-infinity'::float8)`;
  const after =
    place === null
      ? sql`true`
      : sql`(${worth}, c.customer_id) < (coalesce(${place.clv}::float8, '-infinity'::float8), ${place.id}::bigint)`;
  const { rows } = await sql<GroupMember>`
    with page as (
      select c.customer_id, c.customer_no, c.name, c.owner_id, c.clv, c.orders, c.last_order_on
      from register_entry c where c.parent_customer_id = ${customerId}::bigint and ${after}
      order by ${worth} desc, c.customer_id desc limit ${limit + 1}
    )
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", c.clv, c.orders,
      c.last_order_on as "lastOrderOn",
      (select count(*) from register_entry k where k.parent_customer_id = c.customer_id)::int as subsidiaries,
      (select m.from_on from group_membership m
        where m.customer_id = c.customer_id and m.until_on is null) as "sinceOn"
    from page c left join colleague u on u.user_id = c.owner_id
    order by ${worth} desc, c.customer_id desc`.execute(db);
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([order.place(last.clv), last.customerId]) : null };
}

/** The most valuable customers below one, the parents between them included, and the sum of all others. */
export async function pictureBelow(
  db: Db,
  customerId: number,
  fieldRules: FieldRules,
): Promise<GroupPicture> {
  const { rows } = await sql<GroupPicture['nodes'][number] & { place: number; count: number; sum: number }>`
    with ${below(customerId)}, worth as (
      select c.customer_id, c.parent_customer_id, c.name, coalesce(c.clv, 0) as clv,
        row_number() over (order by ${valueOrder(fieldRules, 'c.clv').by} desc nulls last, c.customer_id) as place
      from below c
    )
    select customer_id as "customerId", parent_customer_id as "parentCustomerId", name, clv, place::int,
      (select count(*) from worth)::int as count, (select sum(clv) from worth) as sum
    from worth where place <= ${mostNodes} or customer_id = ${customerId}::bigint`.execute(db);
  const shown = new Set(rows.map((row) => row.customerId));
  const nodes = rows.map(({ customerId: id, parentCustomerId, name, clv }) => ({
    customerId: id,
    // A parent that is worth too little for the picture is left out of it: its children hang at the top.
    parentCustomerId:
      id === customerId
        ? null
        : parentCustomerId !== null && shown.has(parentCustomerId)
          ? parentCustomerId
          : customerId,
    name,
    clv,
  }));
  const sum = rows[0]?.sum ?? 0;
  const rest = Math.max(0, sum - nodes.reduce((all, node) => all + node.clv, 0));
  return { nodes, rest: { customers: (rows[0]?.count ?? 0) - nodes.length, clv: rest } };
}

/** Under whom a customer stood, the newest first. */
export async function membershipsOf(db: Db, customerId: number): Promise<GroupMembership[]> {
  const { rows } = await sql<GroupMembership>`
    select m.parent_customer_id as "parentCustomerId", p.name as "parentName", m.from_on as "fromOn",
      m.until_on as "untilOn"
    from group_membership m left join register_entry p on p.customer_id = m.parent_customer_id
    where m.customer_id = ${customerId}::bigint
    order by m.from_on desc, m.group_membership_id desc limit ${mostMemberships}`.execute(db);
  return rows;
}
