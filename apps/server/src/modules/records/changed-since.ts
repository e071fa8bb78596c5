import type { ErrorParams } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/scoped-db.js';
import type { Principal } from '../../platform/http/kezi-app.js';
import { withAllRows } from '../../platform/db/with-all-rows.js';

/**
 * What others have changed of a row since the version that a writer saw: the names of the fields and who was last, for the
 * refusal of the writer's change. The audit tells it, which only few may read: the names of fields are all that leaves it.
 */
export async function changedSince(
  db: Db,
  principal: Principal,
  row: { subject: string; subjectId: number; rowVersion: number },
): Promise<ErrorParams> {
  const { rows } = await withAllRows(db, principal, () =>
    sql<{ fields: string[]; by: string | null }>`
      select array(select jsonb_object_keys(a.changes - 'rowVersion')) as fields, u.name as by
      from audit_entry a left join colleague u on u.user_id = a.user_id
      where a.subject = ${row.subject} and a.subject_id = ${String(row.subjectId)}
        and (a.changes -> 'rowVersion' ->> 0)::int >= ${row.rowVersion}
      order by a.audit_entry_id`.execute(db),
  );
  const fields = [...new Set(rows.flatMap((change) => change.fields))].sort();
  return { by: rows.at(-1)?.by ?? '—', fields: fields.join(', ') || '—' };
}
