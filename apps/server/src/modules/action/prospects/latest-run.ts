import type { Lookalikes } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';

interface ProspectRun {
  asOf: string;
  lack: Lookalikes['lack'];
  model: Lookalikes['model'];
}

/** What the last run was as of, and how its model did; null before the first. */
export async function latestRun(db: Db): Promise<ProspectRun | null> {
  const row = await db
    .selectFrom('prospect_run')
    .select(['as_of as asOf', 'model'])
    .orderBy('prospect_run_id', 'desc')
    .limit(1)
    .$castTo<{ asOf: string; model: ProspectRun['model'] | { lack: ProspectRun['lack'] } }>()
    .executeTakeFirst();
  if (row === undefined) return null;
  const { asOf, model } = row;
  // What lacked stands where the model would.
  return model !== null && 'lack' in model
    ? { asOf, lack: model.lack, model: null }
    : { asOf, lack: null, model };
}
