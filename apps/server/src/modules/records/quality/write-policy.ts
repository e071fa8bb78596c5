import {
  isFieldKey,
  type CustomField,
  type QualityPolicy,
  type ValidationRule,
  type ValidationRuleChange,
  type ValidationRuleInput,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { changedSince } from '../changed-since.js';
import { readFields } from '../fields/index.js';
import { readQualityPolicy, readValidationRules } from '../identity/index.js';

/** @throws CodedError quality.changed where somebody has changed it since `rowVersion` */
export async function changePolicy(db: Db, policy: QualityPolicy): Promise<QualityPolicy> {
  await sql`select pg_advisory_xact_lock(hashtext('kezi quality policy'))`.execute(db);
  const before = await readQualityPolicy(db);
  if (before.rowVersion !== policy.rowVersion) throw new CodedError('quality.changed');
  const values = {
    same_credit_code: policy.sameCreditCode,
    stale_days: policy.staleDays,
    weights: JSON.stringify(policy.weights),
    row_version: before.rowVersion + 1,
  };
  await db
    .insertInto('quality_policy')
    .values(values)
    .onConflict((conflict) => conflict.column('is_only').doUpdateSet(values))
    .execute();
  const { rowVersion: _version, weights, ...plain } = policy;
  const changes = changesBetween({ ...before }, plain);
  const isReweighed = JSON.stringify(weights) !== JSON.stringify(before.weights);
  await writeAudit(db, {
    action: 'quality.policy_changed',
    subject: 'quality',
    changes: isReweighed ? { ...changes, weights: [before.weights, weights] } : changes,
  });
  return readQualityPolicy(db);
}

const columnsOf = (rule: ValidationRuleInput) => ({
  field: rule.field,
  kind: rule.kind,
  pattern: rule.pattern ?? null,
  when_field: rule.whenField ?? null,
  when_values: rule.whenValues,
  message: rule.message ?? null,
  is_active: rule.isActive,
});

async function mustFind(db: Db, id: number): Promise<ValidationRule> {
  const rule = (await readValidationRules(db)).find(({ validationRuleId }) => validationRuleId === id);
  if (!rule) throw new CodedError('quality.rule_not_found');
  return rule;
}

/** Sums of money and people are kept as numbers, which nobody writes in a pattern or a condition. */
const withoutText: ReadonlySet<CustomField['kind']> = new Set(['money', 'person']);

/** @throws CodedError custom_fields.unknown, quality.field_without_text */
async function checkOwnFields(db: Db, { field, kind, whenField }: ValidationRuleInput): Promise<void> {
  const own = new Map<string, CustomField>((await readFields(db)).map((one) => [one.key, one]));
  for (const [name, isRead] of [
    [field, kind === 'pattern'],
    [whenField, true],
  ] as const) {
    if (!name || !isFieldKey(name)) continue;
    const found = own.get(name);
    if (!found) throw new CodedError('custom_fields.unknown', { field: name });
    if (isRead && withoutText.has(found.kind)) {
      throw new CodedError('quality.field_without_text', { field: found.name });
    }
  }
}

/** @throws CodedError custom_fields.unknown, quality.field_without_text */
export async function addRule(db: Db, rule: ValidationRuleInput): Promise<ValidationRule> {
  await checkOwnFields(db, rule);
  const { validation_rule_id: id } = await db
    .insertInto('validation_rule')
    .values(columnsOf(rule))
    .returning('validation_rule_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'quality.rule_added',
    subject: 'validation_rule',
    subjectId: id,
    changes: rule,
  });
  return mustFind(db, id);
}

/** @throws CodedError quality.rule_not_found, quality.rule_changed, custom_fields.unknown, quality.field_without_text */
export async function changeRule(
  db: Db,
  principal: Principal,
  id: number,
  change: ValidationRuleChange,
): Promise<ValidationRule> {
  const { rowVersion: seen, ...rule } = change;
  await checkOwnFields(db, rule);
  const subject = { subject: 'validation_rule', subjectId: id } as const;
  // Whoever comes second waits here, and then sees what the first has made of it.
  await sql`select from validation_rule where validation_rule_id = ${id} for update`.execute(db);
  const { rowVersion, whenValues, ...before } = await mustFind(db, id);
  if (seen !== rowVersion) {
    throw new CodedError(
      'quality.rule_changed',
      await changedSince(db, principal, { ...subject, rowVersion: seen }),
    );
  }
  await db
    .updateTable('validation_rule')
    .set({ ...columnsOf(rule), row_version: rowVersion + 1 })
    .where('validation_rule_id', '=', id)
    .execute();
  const { whenValues: nextValues, ...plain } = rule;
  const isElsewhere = JSON.stringify(nextValues) !== JSON.stringify(whenValues);
  const after = {
    ...plain,
    pattern: plain.pattern ?? null,
    whenField: plain.whenField ?? null,
    message: plain.message ?? null,
  };
  await writeAudit(db, {
    action: 'quality.rule_changed',
    ...subject,
    changes: {
      ...changesBetween(before, after),
      ...(isElsewhere ? { whenValues: [whenValues, nextValues] } : {}),
      rowVersion: [rowVersion, rowVersion + 1],
    },
  });
  return mustFind(db, id);
}

/** @throws CodedError quality.rule_not_found */
export async function deleteRule(db: Db, id: number): Promise<void> {
  const before = await mustFind(db, id);
  await db.deleteFrom('validation_rule').where('validation_rule_id', '=', id).execute();
  await writeAudit(db, {
    action: 'quality.rule_deleted',
    subject: 'validation_rule',
    subjectId: id,
    changes: { before },
  });
}
