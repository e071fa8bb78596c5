import { sql } from 'kysely';
import type { Db } from '../../platform/db/scoped-db.js';

/**
 * A job that never came so far as to say on its run how it ended, as when the program's files were replaced under it, would
 * leave the run waiting for ever, and nobody could start another.
 */
export async function closeLostRuns(db: Db, table: 'tier_run' | 'cluster_run'): Promise<void> {
  await sql`
    update ${sql.table(table)} run set status = job.status, error = job.error, finished_at = job.finished_at
    from job where job.job_id = run.job_id and run.status in ('waiting', 'running')
      and job.status in ('failed', 'cancelled')`.execute(db);
}
