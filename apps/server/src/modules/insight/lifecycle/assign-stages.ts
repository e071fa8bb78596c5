import { withLake } from '@kezi/valuation';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { rebuildRegister } from '../../records/customers/index.js';
import { freshenLake, lastOrderDay, latestPublishedRuns } from '../valuation/index.js';
import { ruleOn, type Moment } from './rule-on.js';
import { readStageRules } from './stage-rules.js';

/** At the first run the year before is filled in, month by month, so that flows and rates are there at once. */
const backfillMonths = 12;
/** Above this the year before is left out: each month takes what a run takes. */
const mostBackfilled = 200_000;

/**
 * Ends the stays whose stage is another now and begins the next; who is pinned stays.
 * @param earliest no stay ends or begins before it: rules that came into force that day do not tell of the days before
 */
async function applyRulings(db: Db, { asOf }: Moment, earliest: string | null): Promise<number> {
  const since = sql`least(greatest(n.since, ${earliest}::date), ${asOf}::date)`;
  await sql`
    update customer_stage s set left_on = greatest(s.entered_on, ${since})
    from stage_now n
    where s.customer_id = n.customer_id and s.left_on is null and s.stage <> n.stage
      and (s.pinned_by is null or s.pin_released_on is not null or s.pinned_until < ${asOf}::date)`.execute(
    db,
  );
  const begun = await sql`
    insert into customer_stage (customer_id, owner_id, team_id, stage, reason, evidence, entered_on)
    select n.customer_id, c.owner_id, c.team_id, n.stage, n.reason, n.evidence,
      greatest(${since},
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
export async function momentsOf(db: Db): Promise<Moment[]> {
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
  const { changedOn, ...rules } = await job.asSystem(readStageRules);
  // The year before is told by the rules of today: there was nothing that they could contradict.
  const earliest = moments.length === 1 ? changedOn : null;
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
          await ruleOn(db, { engine, lake }, moment, rules);
          begun += await applyRulings(db, moment, earliest);
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
