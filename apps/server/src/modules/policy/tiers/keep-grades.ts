import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tier } from '@kezi/contract';
import { sql } from 'kysely';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Db } from '../../../platform/db/scoped-db.js';
import { reasonsOfTier, type Graded } from './grade.rules.js';
import type { IndicatorTable } from './load-indicators.js';
import { RowWriter } from './write-binary-rows.js';

/** Rows of one transaction: some seconds' work, after which the run can be stopped. */
const batchRows = 100_000;
/** Rows that are written at a stretch: a few milliseconds, in which the program does nothing else. */
const stretchRows = 500;

interface Keeping {
  tierRunId: number;
  effectiveOn: string;
  tiers: readonly Tier[];
  table: IndicatorTable;
  graded: Graded;
}

const dayMs = 86_400_000;

function* rowsOf(
  { table, graded, tiers, effectiveOn }: Keeping,
  from: number,
  to: number,
): Generator<Buffer> {
  const { customerId, heldTierId, heldSince, measured } = table;
  const { score, computed, given, why, points } = graded;
  const words = reasonsOfTier.map((word) => Buffer.from(word));
  const effectiveDay = Date.parse(`${effectiveOn}T00:00:00Z`) / dayMs;
  const idAt = (place: number | undefined) => tiers[place ?? 0]?.tierId ?? Number.NaN;
  const writer = new RowWriter();
  for (let i = from; i < to; i++) {
    const tierId = idAt(given[i]);
    const held = heldTierId[i] ?? Number.NaN;
    writer.row(9);
    writer.int8(customerId[i] ?? 0);
    writer.float8(score[i] ?? 0);
    writer.int4(idAt(computed[i]));
    writer.int4(tierId);
    writer.int4(held);
    writer.date(tierId === held ? (heldSince[i] ?? effectiveDay) : effectiveDay);
    writer.text(words[why[i] ?? 0] ?? Buffer.alloc(0));
    writer.float8Array(measured, i);
    writer.int2Array(points, i);
    if ((i - from) % stretchRows === stretchRows - 1) yield writer.take();
  }
  yield writer.take();
  yield writer.end();
}

/** By way of a table of its own: COPY is four times as fast as statements, and row-level security does not let it in here. */
async function keepBatch(client: PoolClient, keeping: Keeping, from: number, to: number): Promise<void> {
  await client.query(
    `create temp table graded (customer_id bigint, score float8, computed_tier_id int, tier_id int, previous_tier_id int,
       since date, why text, measured float8[], points smallint[]) on commit drop`,
  );
  const copy = client.query(copyFrom('copy graded from stdin (format binary)'));
  await pipeline(Readable.from(rowsOf(keeping, from, to), { objectMode: false }), copy);
  // Owner and team are those of the customer now; who was deleted meanwhile is left out.
  await client.query(
    `insert into tier_result (tier_run_id, customer_id, owner_id, team_id, score, computed_tier_id, tier_id,
       previous_tier_id, since, why, measured, points)
     select $1::bigint, g.customer_id, c.owner_id, c.team_id, g.score, g.computed_tier_id, g.tier_id, g.previous_tier_id,
       g.since, g.why, g.measured, g.points
     from graded g join customer c on c.customer_id = g.customer_id order by g.customer_id`,
    [keeping.tierRunId],
  );
}

interface Batch {
  write: (client: PoolClient) => Promise<void>;
  done: number;
}

/** The rows of a run, in batches: each is written in a transaction of its own, so that the run can be stopped between two. */
export function* keepGrades(keeping: Keeping): Generator<Batch> {
  for (let from = 0; from < keeping.table.size; from += batchRows) {
    const to = Math.min(keeping.table.size, from + batchRows);
    yield { write: (client) => keepBatch(client, keeping, from, to), done: from };
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
