import { sql } from 'kysely';
import type { ValuationTotals } from '@kezi/contract';
import { intervalOfTotal, type ScoreBatch, type ValuationReport } from '@kezi/valuation';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { gatherRunStatistics } from '../../../platform/db/run-statistics.js';
import { unnest, type Column } from '../../../platform/db/unnest.js';
import {
  buildNextRegister,
  dropNextRegister,
  placeNextRegister,
  type InTransaction,
} from '../../records/customers/index.js';
import { keepSummary, readTotal } from './summarise-scores.js';
import { latestPublishedRuns } from './valuation.queries.js';
import { cardOf, type PublishedReport } from './valuation.rules.js';

/** Runs whose scores are kept: a year of monthly runs. Older ones keep their card and totals. */
const keptRuns = 12;

const texts = ['first_order_on', 'last_order_on', 'next_order_on', 'rfm', 'rfm_segment'] as const;
const figures = [
  'recency',
  'age',
  'monetary_value',
  'p_alive',
  'expected_orders',
  'expected_spend',
  'clv',
  'clv_low',
  'clv_high',
  'clv_sd',
  'credit_loss_share',
] as const;
const counts = ['orders', 'frequency'] as const;

/**
 * Keeps a batch of scores of a run that is not published yet: no reader looks at them. Owner and team are those of the
 * customer now; a customer who was deleted meanwhile is left out.
 */
export async function keepScores(db: Db, runId: number, batch: ScoreBatch): Promise<void> {
  const values = (name: keyof ScoreBatch['columns']) =>
    Array.from(batch.columns[name] as ArrayLike<number | string | null>, (value) =>
      typeof value === 'number' && Number.isNaN(value) ? null : value,
    );
  const columns: Record<string, Column> = { customer_id: { type: 'bigint', values: values('customer_id') } };
  for (const name of texts) {
    columns[name] = { type: name.endsWith('_on') ? 'date' : 'text', values: values(name) };
  }
  for (const name of figures) columns[name] = { type: 'float8', values: values(name) };
  for (const name of counts) columns[name] = { type: 'int', values: values(name) };
  const names = sql.join(Object.keys(columns).map((name) => sql.id(name)));
  const scored = sql.join(Object.keys(columns).map((name) => sql`score.${sql.id(name)}`));
  await sql`
    insert into customer_score (valuation_run_id, owner_id, team_id, ${names})
    select ${runId}, customer.owner_id, customer.team_id, ${scored}
    from ${unnest('score', columns)} join customer on customer.customer_id = score.customer_id`.execute(db);
}

/** Takes away what an attempt that did not reach its end has kept. */
export async function dropScores(db: Db, runId: number): Promise<void> {
  await db.deleteFrom('customer_score').where('valuation_run_id', '=', runId).execute();
  await db.deleteFrom('valuation_summary').where('valuation_run_id', '=', runId).execute();
  await dropNextRegister(db);
}

/** What takes time before a run can be published: its sums, and a register that shows it, built aside. */
export async function prepareScores(
  inTransaction: InTransaction,
  runId: number,
  signal: AbortSignal,
): Promise<void> {
  await inTransaction((db) => gatherRunStatistics(db, 'customer_score'));
  await inTransaction(async (db) => {
    const { latest } = await latestPublishedRuns(db);
    await keepSummary(db, runId, latest?.valuationRunId ?? null);
  });
  await buildNextRegister(inTransaction, { scoreRunId: runId }, signal);
}

/**
 * Makes a run the one that every page shows: register, card, stages and event in one transaction. Readers see the run
 * before or this one, never a mix.
 */
export async function publishScores(
  inTransaction: InTransaction,
  runId: number,
  published: { report: PublishedReport; stages: () => unknown; now: Date; signal: AbortSignal },
): Promise<void> {
  const { report, stages, now, signal } = published;
  await placeNextRegister(inTransaction, { scoreRunId: runId }, signal, async (db) => {
    await db
      .updateTable('valuation_run')
      .set({
        status: 'published',
        as_of: report.asOf,
        card: JSON.stringify(cardOf(report)),
        totals: JSON.stringify(await totalsOf(db, runId, report)),
        stages: JSON.stringify(stages()),
        // Whatever the clock says, what is published later is the later run: pages look for the last.
        published_at: sql`greatest(${now.toISOString()}::timestamptz,
          (select max(published_at) from valuation_run) + interval '1 millisecond')`,
        finished_at: now.toISOString(),
      })
      .where('valuation_run_id', '=', runId)
      .execute();
    await emitEvent(db, 'score.published', { valuationRunId: runId }, { audience: 'all' });
  });
}

/** What a run comes to that is published; null for any other. */
export async function publishedTotals(
  db: Db,
  runId: number,
): Promise<Pick<ValuationTotals, 'customers' | 'clv'> | null> {
  const run = await db
    .selectFrom('valuation_run')
    .where('valuation_run_id', '=', runId)
    .where('status', '=', 'published')
    .select('totals')
    .executeTakeFirst();
  if (!run) return null;
  const { customers, clv } = run.totals as ValuationTotals;
  return { customers, clv };
}

/**
 * The totals of the run's card, from the sums of the scores that were kept: the overview shows the same sums. The
 * report's own interval is of groups of customers with one mean spend each, a little narrower, and it counts customers
 * who were deleted while the run was at work.
 */
async function totalsOf(db: Db, runId: number, report: ValuationReport): Promise<ValuationTotals> {
  const { customers, clv, clvVariance, expectedOrders } = await readTotal(db, runId);
  const { parameterVariance, expectedSpend } = report.totals;
  return {
    customers,
    clv,
    ...intervalOfTotal(clv, clvVariance, parameterVariance),
    expectedOrders,
    expectedSpend,
  };
}

/** Takes away the scores of runs that nobody compares with any more. */
export async function forgetOldScores(db: Db): Promise<void> {
  await sql`
    delete from customer_score where valuation_run_id in (
      select valuation_run_id from valuation_run where status = 'published'
      order by published_at desc, valuation_run_id desc offset ${keptRuns})`.execute(db);
}
