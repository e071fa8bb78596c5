import type { OwnershipManner, TimelineEntry } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { findInteractions } from './get-interaction.js';

/** Where an entry stands: by moment, then by source, then by its number in the source. */
export interface Place {
  at: string;
  rank: number;
  id: number;
}

/** What one source needs to give its next entries. */
export interface Asked {
  db: Db;
  viewer: Viewer;
  customerId: number;
  /** Entries come after this place; null: from the newest on. */
  after: Place | null;
  /** Where the source stands among the sources at one moment. */
  rank: number;
  limit: number;
  /** Of the organisation: where its days begin, and what it counts in. */
  timeZone: string;
  baseCurrency: string;
}

export interface PlacedEntry {
  place: Place;
  entry: TimelineEntry;
}

/** A row with moment `at` and number `id` comes after the place. Rows of an earlier source at its moment are past. */
export function isAfter(
  { after, rank }: Asked,
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
): RawBuilder<SqlBool> {
  if (after === null) return sql`true`;
  if (rank < after.rank) return sql`${at} < ${after.at}::timestamptz`;
  if (rank > after.rank) return sql`${at} <= ${after.at}::timestamptz`;
  return sql`(${at}, ${id}) < (${after.at}::timestamptz, ${after.id}::bigint)`;
}

/** @param kinds of interactions; all when left out */
export async function interactionEntries(
  asked: Asked,
  kinds: readonly string[] | null,
): Promise<PlacedEntry[]> {
  const ofKinds = kinds === null ? sql`true` : sql`i.kind = any (${[...kinds]}::text[])`;
  const rows = await findInteractions(
    asked.db,
    sql`i.customer_id = ${asked.customerId}::bigint and ${ofKinds}
      and ${isAfter(asked, sql`i.happened_at`, sql`i.interaction_id`)}`,
    asked.limit,
  );
  return rows.map((interaction) => ({
    place: { at: interaction.happenedAt, rank: asked.rank, id: interaction.interactionId },
    entry: { source: 'interaction', at: interaction.happenedAt, interaction },
  }));
}

/** Orders have a day and no hour; they stand at its beginning, in the organisation's time zone. */
export async function orderEntries(asked: Asked): Promise<PlacedEntry[]> {
  const { timeZone, baseCurrency } = asked;
  const at = sql`(o.ordered_on::timestamp at time zone ${timeZone})`;
  // The moment is worked out from the day, and no index knows it: the day alone, one more than needed, is asked of the index.
  const byDay =
    asked.after === null
      ? sql`true`
      : sql`o.ordered_on <= (${asked.after.at}::timestamptz at time zone ${timeZone})::date`;
  const { rows } = await sql<{
    at: string;
    orderId: number;
    orderNo: string | null;
    orderedOn: string;
    baseAmountMinor: number;
    lineCount: number;
  }>`
    select ${at} as at, o.order_id as "orderId", o.order_no as "orderNo", o.ordered_on as "orderedOn",
      o.base_amount_minor as "baseAmountMinor", o.line_count as "lineCount"
    from customer_order o
    where o.customer_id = ${asked.customerId}::bigint and ${byDay} and ${isAfter(asked, at, sql`o.order_id`)}
    order by o.ordered_on desc, o.order_id desc limit ${asked.limit}`.execute(asked.db);
  return rows.map(({ at: moment, ...order }) => ({
    place: { at: moment, rank: asked.rank, id: order.orderId },
    entry: { source: 'order', at: moment, order: { ...order, currency: baseCurrency } },
  }));
}

interface OwnerChange {
  at: string;
  ownershipPeriodId: number;
  manner: OwnershipManner;
  reason: string | null;
  changedBy: number | null;
  ownerBefore: number | null;
  ownerAfter: number | null;
  teamBefore: number | null;
  teamAfter: number | null;
}

/**
 * Changes of owner and team, with their reasons. Whoever sees the customer may know through whose hands it went, by the
 * names that he may see.
 */
export async function ownerEntries(asked: Asked): Promise<PlacedEntry[]> {
  const at = sql`date_trunc('milliseconds', p.started_at)`;
  const { rows } = await sql<OwnerChange>`
    select ${at} as at, p.ownership_period_id as "ownershipPeriodId", p.manner, p.reason, p.changed_by as "changedBy",
      -- What stayed the same is not told.
      case when o.changed then p.previous_holder_id end as "ownerBefore", case when o.changed then p.holder_id end as "ownerAfter",
      case when t.changed then p.previous_team_id end as "teamBefore", case when t.changed then p.holder_team_id end as "teamAfter"
    from ownership_period p
      cross join lateral (select p.previous_holder_id is distinct from p.holder_id as changed) o
      cross join lateral (select p.previous_team_id is distinct from p.holder_team_id as changed) t
    where p.customer_id = ${asked.customerId}::bigint and p.manner <> 'start'
      and ${isAfter(asked, at, sql`p.ownership_period_id`)}
    order by ${at} desc, p.ownership_period_id desc limit ${asked.limit}`.execute(asked.db);
  const users = await namesOf(
    asked.db,
    'colleague',
    'user_id',
    rows.flatMap((row) => [row.changedBy, row.ownerBefore, row.ownerAfter]),
  );
  const teams = await namesOf(
    asked.db,
    'team',
    'team_id',
    rows.flatMap((row) => [row.teamBefore, row.teamAfter]),
  );
  return rows.map((row) => ({
    place: { at: row.at, rank: asked.rank, id: row.ownershipPeriodId },
    entry: {
      source: 'owner',
      at: row.at,
      owner: {
        ownershipPeriodId: row.ownershipPeriodId,
        manner: row.manner,
        reason: row.reason,
        ownerBefore: users(row.ownerBefore),
        ownerAfter: users(row.ownerAfter),
        teamBefore: teams(row.teamBefore),
        teamAfter: teams(row.teamAfter),
        by: users(row.changedBy),
      },
    },
  }));
}

async function namesOf(
  db: Db,
  table: 'colleague' | 'team',
  key: 'user_id' | 'team_id',
  ids: readonly (number | null)[],
): Promise<(id: number | null) => string | null> {
  const asked = ids.filter((id) => id !== null);
  if (asked.length === 0) return () => null;
  const { rows } = await sql<{ id: number; name: string }>`
    select ${sql.id(key)} as id, name from ${sql.id(table)} where ${sql.id(key)} = any (${asked}::int[])`.execute(
    db,
  );
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => (id === null ? null : (names.get(id) ?? null));
}

/** What published runs made of the customer. */
export async function scoreEntries(asked: Asked): Promise<PlacedEntry[]> {
  const at = sql`date_trunc('milliseconds', r.published_at)`;
  const { rows } = await sql<{
    at: string;
    valuationRunId: number;
    asOf: string;
    clv: number;
    clvLow: number;
    clvHigh: number;
  }>`
    select ${at} as at, s.valuation_run_id as "valuationRunId", r.as_of as "asOf", s.clv,
      s.clv_low as "clvLow", s.clv_high as "clvHigh"
    from customer_score s join valuation_run r using (valuation_run_id)
    where s.customer_id = ${asked.customerId}::bigint and r.status = 'published'
      and ${isAfter(asked, at, sql`s.valuation_run_id`)}
    order by ${at} desc, s.valuation_run_id desc limit ${asked.limit}`.execute(asked.db);
  return rows.map(({ at: moment, ...score }) => ({
    place: { at: moment, rank: asked.rank, id: score.valuationRunId },
    entry: { source: 'score', at: moment, score },
  }));
}
