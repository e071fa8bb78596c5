import { keptStageRules, usualStageRules, type KeptStageRules } from '@kezi/contract';
import type { Db } from '../../../platform/db/scoped-db.js';

/** What holds until somebody decides otherwise. */
export async function readStageRules(db: Db): Promise<KeptStageRules> {
  const row = await db.selectFrom('stage_rules').selectAll().executeTakeFirst();
  if (!row) return { ...usualStageRules, rowVersion: 0, changedOn: null };
  return keptStageRules.parse({
    ...(row.rules as object),
    rowVersion: row.row_version,
    changedOn: row.changed_on,
  });
}
