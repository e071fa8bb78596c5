import type { Db } from '../../../platform/db/scoped-db.js';

/** Gives runs up that are not in force. Demotions asked for by them end too, approved or not: none of them ever held. */
export async function withdrawRuns(db: Db, tierRunIds: readonly number[]): Promise<void> {
  if (tierRunIds.length === 0) return;
  await db
    .updateTable('tier_decision')
    .set((set) => ({ status: 'ended', row_version: set('row_version', '+', 1) }))
    .where('tier_run_id', 'in', tierRunIds)
    .where('kind', '=', 'demotion')
    .where('status', 'in', ['waiting', 'approved'])
    .execute();
  await db
    .updateTable('tier_run')
    .set({ status: 'withdrawn' })
    .where('tier_run_id', 'in', tierRunIds)
    .execute();
}
