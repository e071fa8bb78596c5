import { CodedError } from '@kezi/contract/errors';
import type { RecycleRule } from '@kezi/contract';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { withAllRows } from '../../../platform/db/with-all-rows.js';
import { dayIn } from '../../records/customers/index.js';
import { readSettings } from '../../people/settings/index.js';
import type { RuleTerms } from './due-customers.js';
import { needsCount } from './pools.rules.js';
import { holdRule } from './recycle-rules.js';
import { countDue } from './simulate-rule.js';

/** A rule with the protection of its pool. */
export async function termsOf(db: Db, rule: RecycleRule): Promise<RuleTerms> {
  const pool = await db
    .selectFrom('pool')
    .where('pool_id', '=', rule.poolId)
    .select('protect_days')
    .executeTakeFirstOrThrow();
  return { ...rule, protectDays: pool.protect_days };
}

/**
 * Switches a rule on or off. What takes half or more of the customers it looks at is switched on only by somebody who types
 * how many. Switched off, it takes its warnings back.
 * @throws CodedError pools.rule_not_found, pools.rule_changed, pools.rule_takes_most
 */
export async function switchRule(
  db: Db,
  principal: Principal,
  ruleId: number,
  change: { isOn: boolean; rowVersion: number; count?: number | undefined; now: Date },
): Promise<void> {
  const { isOn, now } = change;
  const rule = await holdRule(db, principal, ruleId, change.rowVersion);
  if (rule.isOn === isOn) return;
  let dueNow = 0;
  if (isOn) {
    const { timeZone } = await readSettings(db);
    const terms = await termsOf(db, rule);
    const found = await withAllRows(db, principal, () =>
      countDue(db, terms, { today: dayIn(timeZone, now), timeZone }),
    );
    ({ dueNow } = found);
    if (needsCount(dueNow, found.looksAt) && change.count !== dueNow) {
      throw new CodedError('pools.rule_takes_most', { count: dueNow, total: found.looksAt });
    }
  } else {
    await withAllRows(db, principal, () =>
      db.deleteFrom('recycle_notice').where('recycle_rule_id', '=', ruleId).execute(),
    );
  }
  await db
    .updateTable('recycle_rule')
    .set({
      is_on: isOn,
      switched_at: now,
      switched_by: principal.userId,
      row_version: rule.rowVersion + 1,
      updated_at: now,
    })
    .where('recycle_rule_id', '=', ruleId)
    .execute();
  await writeAudit(db, {
    action: isOn ? 'recycle_rule.switched_on' : 'recycle_rule.switched_off',
    subject: 'recycle_rule',
    subjectId: ruleId,
    changes: { isOn: [rule.isOn, isOn], ...(isOn ? { dueNow } : {}) },
  });
}
