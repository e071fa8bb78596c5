import type { DayLimit, FieldRule, WallRules } from '@kezi/contract';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';

/** What roles do not see, and how much they may take out or look at in a day. */
export async function readRules(db: Db): Promise<WallRules> {
  const fields = await db
    .selectFrom('field_rule')
    .select(['role', 'field', 'mode'])
    .orderBy('role')
    .orderBy('field')
    .$castTo<FieldRule>()
    .execute();
  const limits = await db
    .selectFrom('role_day_limit')
    .select(['role', 'exported_rows as exportedRows', 'viewed_rows as viewedRows'])
    .orderBy('role')
    .$castTo<DayLimit>()
    .execute();
  return { fields, limits };
}

/** Replaces all rules. Pages that are open and exports that run under the old ones end. */
export async function writeRules(db: Db, rules: WallRules): Promise<WallRules> {
  const before = await readRules(db);
  await db.deleteFrom('field_rule').execute();
  await db.deleteFrom('role_day_limit').execute();
  // The last one of a pair that is given twice.
  const fields = [...new Map(rules.fields.map((rule) => [`${rule.role} ${rule.field}`, rule])).values()];
  const limits = [...new Map(rules.limits.map((limit) => [limit.role, limit])).values()].filter(
    (limit) => limit.exportedRows !== null || limit.viewedRows !== null,
  );
  if (fields.length > 0) await db.insertInto('field_rule').values(fields).execute();
  if (limits.length > 0) {
    await db
      .insertInto('role_day_limit')
      .values(
        limits.map(({ role, exportedRows, viewedRows }) => ({
          role,
          exported_rows: exportedRows,
          viewed_rows: viewedRows,
        })),
      )
      .execute();
  }
  const after = await readRules(db);
  await writeAudit(db, {
    action: 'wall.changed',
    subject: 'wall',
    changes: { fields: [before.fields, after.fields], limits: [before.limits, after.limits] },
  });
  const users = await db.selectFrom('app_user').select('id').where('disabled_at', 'is', null).execute();
  for (const user of users) await notify(db, { type: 'access', userId: user.id });
  return after;
}
