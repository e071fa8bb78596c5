import type { ValidationRule } from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import { brokenRule, type ValidatedFields } from './validation.rules.js';

export async function readValidationRules(db: Db): Promise<ValidationRule[]> {
  const rows = await db.selectFrom('validation_rule').selectAll().orderBy('validation_rule_id').execute();
  return rows.map((row) => ({
    validationRuleId: row.validation_rule_id,
    field: row.field,
    kind: row.kind as ValidationRule['kind'],
    pattern: row.pattern,
    whenField: row.when_field,
    whenValues: row.when_values,
    message: row.message,
    isActive: row.is_active,
  }));
}

/** Why a customer may not be written so. A message of the administrator's own says it in his words. */
export function refusalByRules(
  rules: readonly ValidationRule[],
  before: ValidatedFields | null,
  after: ValidatedFields,
): { field: string; code: ErrorCode; params: ErrorParams } | null {
  const rule = brokenRule(rules, before, after);
  if (rule === null) return null;
  const field = rule.field.replace(/^custom\./, '');
  if (rule.message !== null) {
    return { field: rule.field, code: 'customers.rule_broken', params: { field, message: rule.message } };
  }
  const params = { field, pattern: rule.pattern ?? '' };
  const code = rule.kind === 'required' ? 'customers.rule_required' : 'customers.rule_pattern';
  return { field: rule.field, code, params };
}

/** @throws CodedError customers.rule_broken, customers.rule_required, customers.rule_pattern */
export async function validateCustomer(
  db: Db,
  before: ValidatedFields | null,
  after: ValidatedFields,
): Promise<void> {
  const refusal = refusalByRules(await readValidationRules(db), before, after);
  if (refusal) throw new CodedError(refusal.code, refusal.params);
}
