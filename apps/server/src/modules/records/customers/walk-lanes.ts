import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { kept } from '../../../platform/db/kept-statements.js';
import { choosePlan } from '../../../platform/db/plan-choice.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { allOf, probeTokens, type Condition } from './customer-filter.js';
import type { CustomerSort, Place } from './customer-sort.js';
import type { TokenMatch } from './customer-tokens.js';

/**
 * The values of one column that lead lanes of the index (column, value desc nulls last, customer_id desc, and what else is
 * tested inside it). Of `customer_id` all values are one lane: the few customers that were shared with somebody.
 */
export interface Lead {
  column:
    | 'owner_id'
    | 'team_id'
    | 'tier_id'
    | 'stage'
    | 'rfm_segment'
    | 'region'
    | 'industry'
    | 'customer_id';
  type: 'int' | 'text' | 'bigint';
  values: readonly (string | number)[];
}

interface Walk {
  db: Db;
  sort: CustomerSort;
  /** Empty: one lane, along the index of the sort alone. */
  leads: readonly Lead[];
  /** Where it begins: the place that the page before ended with. */
  bound: Condition;
  /** Tested inside the index; such rows do not count against the budget. */
  indexed: readonly Condition[];
  others: readonly Condition[];
  tokens: readonly TokenMatch[];
  /** Rows looked at in all lanes together. */
  budget: number;
  /** Rows wanted. */
  limit: number;
}

interface LaneRow {
  lane: number;
  customer_id: number;
  sort_value: string | number | null;
}

/** Rows looked at in each lane, where lanes are walked one after the other. */
const rowsOfLane = ({ leads, budget, limit }: Walk): number =>
  Math.max(limit, Math.ceil(budget / laneCount(leads)));

/** The rows of a lane in order, bounded before anything is looked up. */
function laneOf(walk: Walk, lead: Lead | null): RawBuilder<unknown> {
  const { sort, bound, indexed } = walk;
  const budget = rowsOfLane(walk);
  if (lead?.column === 'customer_id') {
    // Fetched before they are put in order: the planner, told not to sort, would walk all customers for them.
    return sql`
      select c.*, ${sort.value} as sort_value from (
        select * from register_entry c
        where c.customer_id = any(${[...lead.values]}::bigint[]) and ${allOf([bound, ...indexed])} offset 0) c
      order by ${sort.orderBy} limit ${budget}`;
  }
  const led = lead === null ? sql`true` : sql`c.${sql.raw(lead.column)} = lead.value`;
  return sql`
    select c.*, ${sort.value} as sort_value from register_entry c
    where ${led} and ${allOf([bound, ...indexed])} order by ${sort.orderBy} limit ${budget}`;
}

/** `part` is run for each lane; the lanes of all leads are numbered through. */
function ofEachLane(walk: Walk, part: (lead: Lead | null) => RawBuilder<unknown>): RawBuilder<LaneRow> {
  if (walk.leads.length === 0) {
    return sql<LaneRow>`${kept}select 0 as lane, f.customer_id, f.sort_value from (${part(null)}) f`;
  }
  let before = 0;
  const lanes = walk.leads.map((lead) => {
    const first = before;
    before += lanesOf(lead);
    if (lead.column === 'customer_id') {
      return sql`select ${first}::int as lane, f.customer_id, f.sort_value from (${part(lead)}) f`;
    }
    return sql`
      select ${first}::int + lead.place::int - 1 as lane, f.customer_id, f.sort_value
      from unnest(${[...lead.values]}::${sql.raw(lead.type)}[]) with ordinality as lead(value, place)
      cross join lateral (${part(lead)}) f`;
  });
  return sql<LaneRow>`${kept}${sql.join(lanes, sql` union all `)}`;
}

const lanesOf = (lead: Lead): number => (lead.column === 'customer_id' ? 1 : lead.values.length);

export function laneCount(leads: readonly Lead[]): number {
  return leads.length === 0 ? 1 : leads.reduce((sum, lead) => sum + lanesOf(lead), 0);
}

/** A kept statement of more lanes is larger than what it saves. */
const mostMerged = 16;

/** Lanes of one value each, as many as the next power of two: a statement is kept for a few numbers of lanes, not for each. */
function mergedLanes({ sort, bound, indexed, budget, leads }: Walk): RawBuilder<unknown> {
  const lanes: RawBuilder<unknown>[] = [];
  const earlier: Condition[] = [];
  for (const lead of leads) {
    const column = sql.raw(`c.${lead.column}`);
    const type = sql.raw(lead.type);
    const lane = (led: Condition, rows: RawBuilder<unknown>) => sql`(
      select c.*, ${sort.value} as sort_value from ${rows} c
      where ${allOf([led, bound, ...indexed, ...earlier])} order by ${sort.orderBy} limit ${budget})`;
    const isOf = sql<SqlBool>`${column} = any(${[...lead.values]}::${type}[])`;
    if (lead.column === 'customer_id') {
      // Fetched before they are put in order: the planner, told not to sort, would walk all customers for them.
      lanes.push(lane(sql`true`, sql`(select * from register_entry c where ${isOf} offset 0)`));
    } else {
      const count = 2 ** Math.ceil(Math.log2(lead.values.length));
      for (let i = 0; i < count; i++)
        lanes.push(lane(sql`${column} = ${lead.values[i] ?? null}::${type}`, sql`register_entry`));
    }
    // A customer may belong to two lanes: own, and of an own team.
    earlier.push(sql`(${isOf}) is not true`);
  }
  return sql`select * from (${sql.join(lanes, sql` union all `)}) lanes
    order by ${sort.orderFound} limit ${budget}`;
}

/** Whether rows that are looked at may fall away, so that the budget can run out before the page is full. */
const isNarrowed = ({ others, tokens }: Walk): boolean => others.length > 0 || tokens.length > 0;

/** The first rows of all lanes together, in one order: each lane is followed no further than it is needed. */
async function mergeLanes(walk: Walk, fits: Condition): Promise<Place[] | null> {
  const { db, sort, limit, budget } = walk;
  const { rows } = await sql<{ customer_id: number; sort_value: Place['value'] }>`${kept}
    select c.customer_id, c.sort_value from (${mergedLanes(walk)}) c
    where ${fits} order by ${sort.orderFound} limit ${limit}`.execute(db);
  if (rows.length < limit && isNarrowed(walk)) {
    const { rows: beyond } = await sql`${kept}
      select 1 from (${mergedLanes(walk)}) c offset ${budget - 1} limit 1`.execute(db);
    if (beyond.length > 0) return null;
  }
  return rows.map((row) => ({ value: row.sort_value, customerId: row.customer_id }));
}

/** Where lanes ran out of budget: their last row. Lanes that came to their end are not in it. */
async function frontiers(walk: Walk): Promise<LaneRow[]> {
  const last = (lead: Lead | null) => sql`
    select c.customer_id, c.sort_value from (${laneOf(walk, lead)}) c offset ${rowsOfLane(walk) - 1} limit 1`;
  return (await ofEachLane(walk, last).execute(walk.db)).rows;
}

/** By value where there is one, then by id. Rows of several lanes are put in order here: by value, which is a number. */
function order(a: LaneRow, b: LaneRow, descending: boolean): number {
  const rise = Number(a.sort_value ?? 0) - Number(b.sort_value ?? 0) || a.customer_id - b.customer_id;
  return descending ? -rise : rise;
}

/**
 * Walks all lanes and puts their first rows together. The policy and the lead both say whose rows these are. The planner takes
 * that for two conditions, believes that next to nothing is left, and sorts what another index gives it (8 ms instead of
 * 0.3). On a walk it may neither sort nor take bitmaps, so that the index in its order is left.
 * @returns the next `limit` customers, or fewer when there are no more; null when the budget ran out before that is known
 */
export async function walkLanes(walk: Walk): Promise<Place[] | null> {
  const { db, sort, limit } = walk;
  const descending = sort.direction === 'desc';
  const fits = allOf([...walk.others, ...probeTokens(walk.tokens)]);
  const first = (lead: Lead | null) => sql`
    select c.customer_id, c.sort_value from (${laneOf(walk, lead)}) c
    where ${fits} order by ${sort.orderFound} limit ${limit}`;
  await choosePlan(db, 'walk');
  const lanes = laneCount(walk.leads);
  if (walk.leads.length > 0 && lanes <= mostMerged) return mergeLanes(walk, fits);
  const { rows } = await ofEachLane(walk, first).execute(db);

  const found = Array.from({ length: lanes }, () => 0);
  for (const row of rows) found[row.lane] = (found[row.lane] ?? 0) + 1;
  const mayBeOpen = isNarrowed(walk) && found.some((count) => count < limit);
  // A lane that gave all it was asked for is not open, wherever its budget ends.
  const open = mayBeOpen ? (await frontiers(walk)).filter((row) => (found[row.lane] ?? 0) < limit) : [];
  const sure =
    found.length === 1
      ? rows
      : rows.filter((row) => open.every((frontier) => order(frontier, row, descending) >= 0));
  // One lane comes in order already, and its values may be names. One customer may stand in two lanes: own, and of an own team.
  const inOrder = found.length === 1 ? sure : sure.sort((a, b) => order(a, b, descending));
  const places = new Map(
    inOrder.map((row) => [row.customer_id, { value: row.sort_value, customerId: row.customer_id }]),
  );
  const page = [...places.values()].slice(0, limit);
  return page.length === limit || open.length === 0 ? page : null;
}
