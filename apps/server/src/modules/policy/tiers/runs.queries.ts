import type { Tier, TierDefinition, TierRun, TierSummary } from '@kezi/contract';
import { tierDefinition } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { personName } from '../../../platform/db/person-name.js';
import type { Db, Viewer } from '../../../platform/db/scoped-db.js';
import { tiersOfSet } from './tier-sets.js';

/** What a run was made by, with the names that stood then. */
export interface RunSnapshot {
  policyName: string;
  versionNo: number | null;
  tierSetId: number;
  definition: TierDefinition;
  tiers: Tier[];
  /** The least score of each tier, of 10,000; null where there is none. */
  cutScores: (number | null)[];
}

interface RunRow extends Omit<TierRun, 'tiers' | 'summary' | 'waitingDemotions'> {
  summary: TierSummary | null;
  snapshot: RunSnapshot | null;
  waitingDemotions: number;
}

function select(db: Db) {
  return db
    .selectFrom('tier_run as r')
    .innerJoin('tier_policy as p', 'p.tier_policy_id', 'r.tier_policy_id')
    .select([
      'r.tier_run_id as tierRunId',
      'r.tier_policy_id as tierPolicyId',
      'p.name as policyName',
      'p.version_no as versionNo',
      'r.status',
      'r.as_of as asOf',
      'r.effective_on as effectiveOn',
      'r.summary',
      'r.digest',
      'r.snapshot',
      'r.job_id as jobId',
      'r.error',
      personName('r.created_by').as('createdByName'),
      'r.created_at as createdAt',
      'r.finished_at as finishedAt',
      'r.in_force_at as inForceAt',
      sql<number>`(select count(*) from tier_decision d where d.tier_run_id = r.tier_run_id and d.status = 'waiting')`.as(
        'waitingDemotions',
      ),
    ])
    .$castTo<RunRow>();
}

function seenBy(viewer: Viewer, { snapshot, ...row }: RunRow): TierRun {
  return { ...row, summary: viewer.scope === 'all' ? row.summary : null, tiers: snapshot?.tiers ?? [] };
}

/** The newest first. */
export async function listRuns(db: Db, viewer: Viewer, limit = 50): Promise<TierRun[]> {
  const rows = await select(db).orderBy('r.tier_run_id', 'desc').limit(limit).execute();
  return rows.map((row) => seenBy(viewer, row));
}

/** @throws CodedError tiers.not_found */
export async function getRun(db: Db, viewer: Viewer, tierRunId: number): Promise<TierRun> {
  const row = await select(db).where('r.tier_run_id', '=', tierRunId).executeTakeFirst();
  if (!row) throw new CodedError('tiers.not_found');
  return seenBy(viewer, row);
}

/** The run whose tiers hold today; null before the first. */
export async function runInForce(db: Db, viewer: Viewer): Promise<TierRun | null> {
  const row = await select(db).where('r.status', '=', 'in_force').executeTakeFirst();
  return row ? seenBy(viewer, row) : null;
}

export interface GivenTiers {
  tierRunId: number;
  tierSetId: number;
  tiers: Tier[];
}

/** The run in force with its tiers as they are named now. */
export async function tiersInForce(db: Db): Promise<GivenTiers | null> {
  const row = await db
    .selectFrom('tier_run as r')
    .innerJoin('tier_policy as p', 'p.tier_policy_id', 'r.tier_policy_id')
    .where('r.status', '=', 'in_force')
    .select(['r.tier_run_id as tierRunId', 'p.tier_set_id as tierSetId'])
    .executeTakeFirst();
  return row ? { ...row, tiers: await tiersOfSet(db, row.tierSetId) } : null;
}

/** @throws CodedError tiers.run_state where the run has not come so far */
export function snapshotOf(snapshot: unknown): RunSnapshot {
  if (snapshot === null || typeof snapshot !== 'object') throw new CodedError('tiers.run_state');
  const known = snapshot as RunSnapshot;
  return { ...known, definition: tierDefinition.parse(known.definition) };
}
