import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../db/scoped-db.js';
import type { JobDefinition } from './define-job.js';

interface EnqueueOptions {
  /** At most one job with the same key waits; asking again gives the number of the one that waits. */
  key?: string;
}

/** Puts a job into the queue in the caller's transaction: it exists exactly when the caller's other writes do. */
export async function enqueueJob<Params>(
  db: Db,
  definition: JobDefinition<Params>,
  params: Params,
  options: EnqueueOptions = {},
): Promise<number> {
  const key = options.key ?? null;
  const inserted = await db
    .insertInto('job')
    .values({ kind: definition.kind, params: definition.encode(params), key })
    .onConflict((conflict) => conflict.column('key').where('status', '=', 'queued').doNothing())
    .returning('job_id')
    .executeTakeFirst();
  if (!inserted) {
    const waiting = await db
      .selectFrom('job')
      .select('job_id')
      .where('key', '=', key)
      .where('status', '=', 'queued')
      .executeTakeFirst();
    if (!waiting) throw new CodedError('app.busy');
    return waiting.job_id;
  }
  await sql`select kezi_enqueue(${inserted.job_id}, ${definition.kind}, ${definition.exclusive ?? null})`.execute(
    db,
  );
  return inserted.job_id;
}
