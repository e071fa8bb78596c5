import type { Tier } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest, type Column } from '../../../platform/db/unnest.js';
import { reasonsOfTier, type Graded } from './grade.rules.js';
import type { IndicatorTable } from './load-indicators.js';

/** Rows of one statement: its text takes about 15 ms to write. */
const batchRows = 5_000;

interface Keeping {
  tierRunId: number;
  effectiveOn: string;
  tiers: readonly Tier[];
  table: IndicatorTable;
  graded: Graded;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function columnsOf(keeping: Keeping, from: number, to: number): Record<string, Column> {
  const { table, graded, tiers } = keeping;
  const ids = tiers.map((tier) => tier.tierId);
  const cut = <Values extends Float64Array | Uint8Array | Int16Array>(values: Values) =>
    Array.from(values.subarray(from, to));
  const tierIds = (places: Uint8Array) => cut(places).map((place) => ids[place] ?? null);
  const columns: Record<string, Column> = {
    customer_id: { type: 'bigint', values: cut(table.customerId) },
    score: { type: 'float8', values: cut(graded.score) },
    computed_tier_id: { type: 'int', values: tierIds(graded.computed) },
    tier_id: { type: 'int', values: tierIds(graded.given) },
    held_tier_id: { type: 'int', values: cut(table.heldTierId).map(finite) },
    held_since: { type: 'int', values: cut(table.heldSince).map(finite) },
    why: { type: 'text', values: cut(graded.why).map((place) => reasonsOfTier[place] ?? 'score') },
  };
  for (const [i, column] of table.measured.entries()) {
    columns[`m${i}`] = { type: 'float8', values: cut(column).map(finite) };
  }
  for (const [i, column] of graded.points.entries()) columns[`p${i}`] = { type: 'int', values: cut(column) };
  return columns;
}

async function keepBatch(db: Db, keeping: Keeping, from: number, to: number): Promise<void> {
  const { tierRunId, effectiveOn, graded } = keeping;
  const array = (letter: string) =>
    sql.raw(`array[${graded.points.map((_, i) => `g.${letter}${i}`).join(', ')}]`);
  // Owner and team are those of the customer now; who was deleted meanwhile is left out.
  await sql`
    insert into tier_result (tier_run_id, customer_id, owner_id, team_id, score, computed_tier_id, tier_id,
      previous_tier_id, since, why, measured, points)
    select ${tierRunId}::bigint, g.customer_id, c.owner_id, c.team_id, g.score, g.computed_tier_id, g.tier_id,
      g.held_tier_id,
      case when g.tier_id = g.held_tier_id then date '1970-01-01' + g.held_since else ${effectiveOn}::date end,
      g.why, ${array('m')}::float8[], ${array('p')}::smallint[]
    from ${unnest('g', columnsOf(keeping, from, to))} join customer c on c.customer_id = g.customer_id`.execute(
    db,
  );
}

/** The rows of a run, in batches: each is written in a transaction of its own, so that the run can be stopped between two. */
export function* keepGrades(keeping: Keeping): Generator<{ write: (db: Db) => Promise<void>; done: number }> {
  for (let from = 0; from < keeping.table.size; from += batchRows) {
    const to = Math.min(keeping.table.size, from + batchRows);
    yield { write: (db) => keepBatch(db, keeping, from, to), done: from };
  }
}

/** Takes away what an attempt that did not reach its end has kept. */
export async function dropGrades(db: Db, tierRunId: number): Promise<void> {
  await db.deleteFrom('tier_result').where('tier_run_id', '=', tierRunId).execute();
  await db.deleteFrom('tier_decision').where('tier_run_id', '=', tierRunId).execute();
}

/** Asks for the demotions of a run that somebody has to approve. */
export async function proposeDemotions(
  db: Db,
  tierRunId: number,
  userId: number | null,
  now: Date,
): Promise<void> {
  await sql`
    insert into tier_decision (kind, customer_id, owner_id, team_id, tier_run_id, from_tier_id, to_tier_id, status,
      requested_by, requested_at)
    select 'demotion', customer_id, owner_id, team_id, tier_run_id, tier_id, computed_tier_id, 'waiting',
      ${userId}::int, ${now.toISOString()}::timestamptz
    from tier_result where tier_run_id = ${tierRunId}::bigint and why = 'approval'`.execute(db);
}
