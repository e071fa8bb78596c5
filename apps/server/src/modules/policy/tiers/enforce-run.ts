import { sql } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import type { JobContext } from '../../../platform/jobs/define-job.js';
import type { Platform } from '../../../platform/platform.js';
import { latestPublishedRuns } from '../../insight/valuation/index.js';
import { rebuildRegister } from '../../records/customers/index.js';
import { showAllTiers, showTiers } from './show-tiers.js';
import { mustBeOpen } from './open-run.js';

/** So many entries are changed one by one; more, and a register built aside is sooner ready and keeps nobody waiting. */
const fewEntries = 20_000;

/** Manual tiers of another tier set end with it: nobody would find them among the tiers that hold. @returns whose */
async function endOverridesOfOtherSets(db: Db, tierRunId: number, effectiveOn: string): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    update tier_decision d set status = 'ended', ended_on = greatest(${effectiveOn}::date, d.effective_on),
      row_version = d.row_version + 1
    where d.kind = 'override' and d.status in ('waiting', 'approved') and not exists (
      select from tier t join tier_policy p on p.tier_set_id = t.tier_set_id
        join tier_run r on r.tier_policy_id = p.tier_policy_id
      where r.tier_run_id = ${tierRunId}::bigint and t.tier_id = d.to_tier_id)
    returning d.customer_id as "customerId"`.execute(db);
  return rows.map(({ customerId }) => customerId);
}

/**
 * What makes a run the one that holds; in the transaction that shows it in the register.
 * @returns customers whose manual tier ended with it
 */
async function takeOver(db: Db, tierRunId: number, now: Date): Promise<number[]> {
  const { effectiveOn } = await mustBeOpen(db, tierRunId);
  const ended = await endOverridesOfOtherSets(db, tierRunId, effectiveOn);
  await db
    .updateTable('tier_decision')
    .set({ status: 'ended' })
    .where('status', '=', 'waiting')
    .where('kind', '=', 'demotion')
    .where('tier_run_id', 'in', (runs) =>
      runs.selectFrom('tier_run').select('tier_run_id').where('status', '=', 'in_force'),
    )
    .execute();
  const previous = await db
    .updateTable('tier_run')
    .set({ status: 'replaced' })
    .where('status', '=', 'in_force')
    .returning('tier_run_id')
    .executeTakeFirst();
  await db
    .updateTable('tier_run')
    // Whatever the clock says, what comes into force later is the later one.
    .set({
      status: 'in_force',
      in_force_at: sql`greatest(${now.toISOString()}::timestamptz,
        (select max(in_force_at) from tier_run) + interval '1 millisecond')`,
    })
    .where('tier_run_id', '=', tierRunId)
    .execute();
  await writeAudit(db, {
    action: 'tier_run.enforced',
    subject: 'tier_run',
    subjectId: tierRunId,
    changes: { overridesEnded: ended.length },
  });
  await emitEvent(db, 'tiers.changed', { tierRunId }, { audience: 'all' });
  await emitEvent(db, 'tier.enforced', { tierRunId, previousRunId: previous?.tier_run_id ?? null });
  return ended;
}

async function countChanges(db: Db, tierRunId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from register_entry e left join customer_tier_of(${tierRunId}::bigint) t on t.customer_id = e.customer_id
      where e.tier_id is distinct from t.tier_id limit ${fewEntries + 1}) changed`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Puts the tiers of a run in force. Readers see the tiers before or these, never a mix. */
export async function enforceRun(
  job: JobContext,
  tierRunId: number,
  platform: Platform,
): Promise<{ changed: number }> {
  await job.report({ stage: 'enforce', done: 0, total: 1 });
  const now = () => platform.clock.now();
  const changed = await job.asSystem((db) => countChanges(db, tierRunId));
  if (changed <= fewEntries) {
    await job.asSystem(async (db) => {
      await takeOver(db, tierRunId, now());
      await showAllTiers(db, tierRunId);
    });
    return { changed };
  }
  const scoreRunId = (await job.asSystem(latestPublishedRuns)).latest?.valuationRunId ?? null;
  let ended: number[] = [];
  await rebuildRegister(job, platform.db, { scoreRunId, tierRunId }, async (db) => {
    ended = await takeOver(db, tierRunId, now());
  });
  // The register that was built aside still had them.
  await job.asSystem((db) => showTiers(db, ended));
  return { changed };
}
