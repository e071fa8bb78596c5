import { readRhythms, withLake, type Rhythms } from '@kezi/valuation';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { rebuildRegister } from '../../records/customers/index.js';
import { freshenLake, lastOrderDay, latestPublishedRuns } from '../valuation/index.js';
import { stageOf, type StageRuling } from './lifecycle.rules.js';

const dayMs = 86_400_000;
const dayNumber = (day: string): number => Date.parse(day) / dayMs;
const isoDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Less than three chances in ten to be still there puts a customer at risk, however short the silence. */
const lowChance = 0.3;

/** At the first run the year before is filled in, month by month, so that flows and rates are there at once. */
const backfillMonths = 12;
/** Above this the year before is left out: each month takes what a run takes. */
const mostBackfilled = 200_000;

interface Moment {
  asOf: string;
  /** The published run whose chances are looked at; null for days before it. */
  runId: number | null;
}

async function keepRulings(db: Db, rhythms: Rhythms, asOfDay: number): Promise<void> {
  const rulings = rhythms.customerIds.map((_, i): StageRuling =>
    stageOf(
      {
        orders: rhythms.orders[i]!,
        firstDay: rhythms.firstDay[i]!,
        lastDay: rhythms.lastDay[i]!,
        longestGap: rhythms.longestGap[i]!,
        backDay: rhythms.backDay[i]!,
        recentMinor: rhythms.recentMinor[i]!,
        earlierMinor: rhythms.earlierMinor[i]!,
      },
      asOfDay,
    ),
  );
  await sql`
    insert into stage_now select * from ${unnest('r', {
      customer_id: { type: 'bigint', values: rhythms.customerIds },
      stage: { type: 'text', values: rulings.map(({ stage }) => stage) },
      reason: { type: 'text', values: rulings.map(({ reason }) => reason) },
      since: { type: 'date', values: rulings.map(({ sinceDay }) => isoDay(sinceDay)) },
      evidence: { type: 'jsonb', values: rulings.map(({ evidence }) => JSON.stringify(evidence)) },
    })}`.execute(db);
}

/** What the orders do not tell: the chance of staying, and customers who never ordered. */
async function addWhatIsKnown(db: Db, { asOf, runId }: Moment): Promise<void> {
  if (runId === null) return;
  await sql`
    update stage_now n set stage = 'at-risk', reason = 'low-chance', since = ${asOf}::date,
      evidence = n.evidence || jsonb_build_object('pAlive', s.p_alive)
    from customer_score s
    where s.valuation_run_id = ${runId}::bigint and s.customer_id = n.customer_id and s.p_alive < ${lowChance}
      and n.stage in ('new', 'growing', 'mature', 'won-back')`.execute(db);
  await sql`
    insert into stage_now (customer_id, stage, reason, since, evidence)
    select c.customer_id, 'prospect', 'no-order', least(c.created_at::date, ${asOf}::date), '{}'
    from customer c where not exists (select from customer_order o where o.customer_id = c.customer_id)`.execute(
    db,
  );
}

/** Ends the stays whose stage is another now and begins the next; who is pinned stays. */
async function applyRulings(db: Db, { asOf }: Moment): Promise<number> {
  await sql`
    update customer_stage s set left_on = greatest(s.entered_on, least(n.since, ${asOf}::date))
    from stage_now n
    where s.customer_id = n.customer_id and s.left_on is null and s.stage <> n.stage
      and (s.pinned_by is null or s.pin_released_on is not null or s.pinned_until < ${asOf}::date)`.execute(
    db,
  );
  const begun = await sql`
    insert into customer_stage (customer_id, owner_id, team_id, stage, reason, evidence, entered_on)
    select n.customer_id, c.owner_id, c.team_id, n.stage, n.reason, n.evidence,
      greatest(least(n.since, ${asOf}::date),
        (select max(p.left_on) from customer_stage p where p.customer_id = n.customer_id))
    from stage_now n join customer c on c.customer_id = n.customer_id
    where not exists (select from customer_stage s where s.customer_id = n.customer_id and s.left_on is null)`.execute(
    db,
  );
  return Number(begun.numAffectedRows ?? 0);
}

/** So many entries of the register are changed one by one; more, and a register built aside is sooner ready. */
const fewEntries = 20_000;

/** Brings the register to the stages of now. @returns false where so many differ that it has to be built anew */
async function showStages(db: Db): Promise<boolean> {
  const differing = sql`
    select s.customer_id, s.stage from register_entry e join customer_stage s on s.customer_id = e.customer_id
    where s.left_on is null and e.stage is distinct from s.stage`;
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${differing} limit ${fewEntries + 1}) found`.execute(db);
  if ((rows[0]?.count ?? 0) > fewEntries) return false;
  await sql`
    update register_entry entry set stage = now.stage, stage_rank = stage_rank_of(now.stage)
    from (${differing}) now where entry.customer_id = now.customer_id`.execute(db);
  return true;
}

/** The days for which stages are worked out: today, and at the first run the ends of the months before. */
async function momentsOf(db: Db): Promise<Moment[]> {
  const { latest } = await latestPublishedRuns(db);
  const lastDay = await lastOrderDay(db);
  if (lastDay === null) return [];
  const asOf = latest !== null && latest.asOf > lastDay ? latest.asOf : lastDay;
  const now: Moment = { asOf, runId: latest?.valuationRunId ?? null };
  const first = await db.selectFrom('customer_stage').select('stage').limit(1).executeTakeFirst();
  const { count } = await db
    .selectFrom('customer')
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (first || count > mostBackfilled) return [now];
  const [year = 0, month = 0] = asOf.split('-').map(Number);
  const ends = Array.from({ length: backfillMonths }, (_, i) =>
    new Date(Date.UTC(year, month - 1 - i, 0)).toISOString().slice(0, 10),
  );
  return [...ends.reverse().map((day) => ({ asOf: day, runId: null })), now];
}

/**
 * Works out the stage of every customer. All of it is seen at once, or nothing; a second run on the same day changes nothing.
 * @returns how many stays began; null where nobody has ordered
 */
export async function assignStages(
  job: JobContext,
  platform: Platform,
): Promise<{ asOf: string; begun: number } | null> {
  const moments = await job.asSystem(momentsOf);
  const last = moments.at(-1);
  if (!last) return null;
  await job.report({ stage: 'extract', done: 0, total: 1 });
  await freshenLake(platform, job.signal);
  const { lake: folder, temp: workFolder } = platform.folders;
  const { begun, isShown, runId } = await withLake(
    { folder, workFolder, signal: job.signal },
    (engine, lake) =>
      job.asSystem(async (db) => {
        let begun = 0;
        // The register follows at the end, in one go, instead of with every statement.
        await sql`select set_config('kezi.stages_aside', 'on', true)`.execute(db);
        for (const [done, moment] of moments.entries()) {
          await job.report({ stage: 'publish', done, total: moments.length });
          await sql`drop table if exists stage_now`.execute(db);
          await sql`
          create temp table stage_now (customer_id bigint, stage text, reason text, since date, evidence jsonb)
          on commit drop`.execute(db);
          const asOfDay = dayNumber(moment.asOf);
          await readRhythms(engine, lake, asOfDay, (rhythms) => keepRulings(db, rhythms, asOfDay));
          await addWhatIsKnown(db, moment);
          begun += await applyRulings(db, moment);
        }
        const isShown = await showStages(db);
        if (isShown) await tell(db, last.asOf);
        return { begun, isShown, runId: last.runId };
      }),
  );
  if (!isShown) {
    await rebuildRegister(job, platform.db, { scoreRunId: runId }, (db) => tell(db, last.asOf));
  }
  return { asOf: last.asOf, begun };
}

async function tell(db: Db, asOf: string): Promise<void> {
  await emitEvent(db, 'lifecycle.changed', { asOf }, { audience: 'all' });
}
