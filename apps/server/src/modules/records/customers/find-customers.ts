import { isFieldKey, type CustomerFilter } from '@kezi/contract';
import { sql } from 'kysely';
import { choosePlan } from '../../../platform/db/plan-choice.js';
import { ownersOf, type Db, type Viewer } from '../../../platform/db/scoped-db.js';
import {
  allOf,
  indexedConditions,
  hasRareToken,
  matching,
  otherConditions,
  type Condition,
} from './customer-filter.js';
import type { CustomerSort, Place } from './customer-sort.js';
import { queryTokens, type TokenMatch } from './customer-tokens.js';
import { extraConditions, type Reader } from './extra-filters.js';
import { sideConditions } from './side-filter.js';
import { walkOfField } from './sort-by-field.js';
import { laneCount, walkLanes, type Lead } from './walk-lanes.js';

/*
 * Which customers stand on a page of the register, in bounded time among a million.
 *
 * Two ways lead to a page. Walking: follow an index that is in the order asked for and stop when the page is full. Gathering:
 * fetch all that fit by the indexes of the filters, then sort; quick when few fit. The planner chooses between them by
 * guessing how many fit and where, and guesses wrong where filters go together with the sort (customers worth winning back
 * are at the bottom by value: 225 ms). So we choose. By value the indexes hold segment, region and industry: a walk tests
 * those inside the index, at most 0.25 microseconds an entry, and needs no bound. What only the customer or its tokens can tell is
 * tested on a budget of rows, and when it is spent we gather; then few fit. Figures: bench/register.bench.ts.
 *
 * A walk has lanes. Who sees all and filters by nothing walks one index; who sees his own customers and those of three
 * teams walks four, each beginning with owner or team, and the first rows of all lanes together are the page.
 */

/** Rows of a walk looked at before we gather. A row costs 1 microsecond, and 3 more for each token looked up. */
const walkRows = 4_000;
const walkRowsOfSearch = 10_000;
/** Lanes are many queries in one; of more teams than this all rows are gathered. */
const mostLanes = 64;
/** A word that is not rare is on one in 140, so this budget is spent only when other filters take away nearly all of them. */
const walkRowsOfFrequent = 30_000;

interface Search {
  db: Db;
  viewer: Viewer;
  sort: CustomerSort;
  /** Tested inside the index that is walked. */
  indexed: readonly Condition[];
  /** Tested on the customer. */
  others: readonly Condition[];
  /** Looked up beside the customer, row by row; `members` say the same where all that fit are gathered. */
  probes: readonly Condition[];
  members: readonly Condition[];
  tokens: readonly TokenMatch[];
  /** Null where no index serves the order for what this viewer sees; empty for the one lane without a lead. */
  leads: readonly Lead[] | null;
  isRare: boolean;
}

/**
 * Null: no walk. Only the order by value has indexes with leads; for the other orders one index over all customers is
 * walked by who sees all of them.
 */
function leadsOf(viewer: Viewer, filter: CustomerFilter, sort: CustomerSort): Lead[] | null {
  const seesAll = viewer.scope === 'all';
  if (isFieldKey(sort.name)) return null;
  if (sort.name !== 'clv') return seesAll ? [] : null;
  // Segment stands first because it goes with the value, so that a lane of it has no long empty parts; regions are smaller
  // than industries.
  const filtered: Lead[] = [
    { column: 'owner_id', type: 'int', values: filter.ownerId ?? [] },
    { column: 'team_id', type: 'int', values: filter.teamId ?? [] },
    { column: 'tier_id', type: 'int', values: filter.tierId ?? [] },
    { column: 'stage', type: 'text', values: filter.stage ?? [] },
    { column: 'rfm_segment', type: 'text', values: filter.segment ?? [] },
    { column: 'region', type: 'text', values: filter.region ?? [] },
    { column: 'industry', type: 'text', values: filter.industry ?? [] },
  ];
  const given = filtered.filter((lead) => lead.values.length > 0);
  const first = given.at(0);
  if (seesAll) return first ? [first] : [];
  if (first?.column === 'owner_id' || first?.column === 'team_id') return [first];
  const own: Lead[] = [
    { column: 'team_id', type: 'int', values: viewer.teamIds },
    { column: 'owner_id', type: 'int', values: ownersOf(viewer) },
    ...sharedLane(viewer),
  ];
  return laneCount(own) <= mostLanes ? own : null;
}

/** What was shared is little: one lane, put in order when it is asked for. */
function sharedLane(viewer: Viewer): Lead[] {
  const values = viewer.sharedIds ?? [];
  return values.length === 0 ? [] : [{ column: 'customer_id', type: 'bigint', values }];
}

/** Rows of all lanes; where the index alone decides, no more than are wanted. */
function budgetOf({ viewer, tokens, others, probes }: Search, limit: number): number {
  if (tokens.length === 0 && others.length + probes.length === 0) return limit;
  let rows = walkRows;
  if (tokens.length > 0) rows = viewer.scope === 'all' ? walkRowsOfFrequent : walkRowsOfSearch;
  return Math.max(limit, rows);
}

async function gather(search: Search, bound: Condition, limit: number): Promise<Place[]> {
  const { db, viewer, sort, indexed, others, members } = search;
  const columns = sql`c.customer_id, ${sort.value} as sort_value`;
  await choosePlan(db, 'gather');
  // Materialised: the planner may not turn it into the walk that has just failed.
  const { rows } = await sql<{ customer_id: number; sort_value: string | number | null }>`
    with found as materialized (${matching(viewer, columns, [...indexed, ...others, ...members, bound], search)})
    select customer_id, sort_value from found order by ${sort.orderFound} limit ${limit}`.execute(db);
  return rows.map((row) => ({ value: row.sort_value, customerId: row.customer_id }));
}

/**
 * Along the index of a field of the company's own, or, for the customers without a value of it, along all customers; for who
 * sees all, and searches for no word. Null when the budget ran out before the page was full.
 */
async function walkField(
  search: Search,
  { after, isUnvalued, limit }: { after: Place | null; isUnvalued: boolean; limit: number },
): Promise<Place[] | null> {
  const { db, viewer, sort, tokens } = search;
  if (!sort.field || viewer.scope !== 'all' || tokens.length > 0) return null;
  const fits = [...search.indexed, ...search.others, ...search.probes];
  const rows = fits.length === 0 && !isUnvalued ? limit : walkRows;
  const way = sql.raw(sort.direction);
  const lane = isUnvalued
    ? sql`select c.customer_id, ${sort.value} as sort_value from register_entry c
        where ${after === null ? sql`true` : sql`c.customer_id ${sql.raw(sort.direction === 'desc' ? '<' : '>')} ${after.customerId}::bigint`}
        order by c.customer_id ${way} limit ${rows}`
    : walkOfField(sort.field, sort.direction, after, rows);
  await choosePlan(db, 'walk');
  const { rows: found } = await sql<Place & { walked: number }>`
    with lane as materialized (select l.*, row_number() over () as place from (${lane}) l)
    select l.customer_id as "customerId", l.sort_value as value, (select count(*) from lane) as walked
    from lane l join register_entry c on c.customer_id = l.customer_id
    where ${isUnvalued ? sql`l.sort_value is null` : sql`true`} and ${allOf(fits)} order by l.place limit ${limit}`.execute(
    db,
  );
  const [first] = found;
  if (found.length < limit && (first === undefined || first.walked >= rows)) return null;
  return found.map(({ value, customerId }) => ({ value, customerId }));
}

async function findPart(search: Search, bound: Condition, limit: number): Promise<Place[]> {
  const { db, sort, leads, indexed, tokens } = search;
  const others = [...search.others, ...search.probes];
  if (leads !== null && !search.isRare) {
    const budget = budgetOf(search, limit);
    const walked = await walkLanes({ db, sort, leads, bound, indexed, others, tokens, budget, limit });
    if (walked !== null) return walked;
  }
  return gather(search, bound, limit);
}

/** The next `limit` customers after a place, in order; customers without a value come last. */
export async function findCustomers(
  db: Db,
  viewer: Reader,
  options: { filter: CustomerFilter; sort: CustomerSort; after: Place | null; limit: number },
): Promise<Place[]> {
  const { filter, sort, after, limit } = options;
  const tokens = queryTokens(filter.q ?? '');
  const isByValue = sort.name === 'clv';
  const search: Search = {
    db,
    viewer,
    sort,
    indexed: isByValue ? indexedConditions(filter) : [],
    others: [
      ...(isByValue ? [] : indexedConditions(filter)),
      ...otherConditions(filter),
      ...(await extraConditions(db, viewer, filter)),
    ],
    probes: sideConditions(filter, 'probe'),
    members: sideConditions(filter, 'member'),
    tokens,
    leads: leadsOf(viewer, filter, sort),
    isRare: await hasRareToken(db, viewer, tokens),
  };
  const isAmongUnvalued = after !== null && after.value === null;
  const part = async (unvalued: boolean, from: Place | null, bound: Condition, rows: number) =>
    (await walkField(search, { after: from, isUnvalued: unvalued, limit: rows })) ??
    findPart(search, bound, rows);
  const valued = isAmongUnvalued ? [] : await part(false, after, sort.valued(after), limit);
  if (valued.length >= limit || sort.unvalued === null) return valued;
  const from = isAmongUnvalued ? after : null;
  const unvalued = await part(true, from, sort.unvalued(from), limit - valued.length);
  return [...valued, ...unvalued];
}
