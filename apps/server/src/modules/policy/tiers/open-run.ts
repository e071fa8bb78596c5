import { CodedError } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';

/** Holds a run that was worked out and is not in force yet. @throws CodedError tiers.run_state */
export async function mustBeOpen(db: Db, tierRunId: number): Promise<{ effectiveOn: string }> {
  const run = await db
    .selectFrom('tier_run')
    .where('tier_run_id', '=', tierRunId)
    .where('status', 'in', ['proposed', 'scheduled'])
    .select('effective_on as effectiveOn')
    .forUpdate()
    .executeTakeFirst();
  if (!run) throw new CodedError('tiers.run_state');
  return run;
}
