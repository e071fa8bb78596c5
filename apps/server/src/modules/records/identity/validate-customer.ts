import { isFieldKey, type CustomField, type FieldValues, type ValidationRule } from '@kezi/contract';
import { CodedError, type ErrorCode, type ErrorParams } from '@kezi/contract/errors';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';
import { readFields } from '../fields/index.js';
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
    rowVersion: row.row_version,
  }));
}

/** Rules that hold for a writer, with what the company's own fields are called. */
export interface HeldRules {
  rules: readonly ValidationRule[];
  names: ReadonlyMap<string, string>;
}

const fieldsOf = ({ field, whenField }: Pick<ValidationRule, 'field' | 'whenField'>) =>
  [field, whenField].flatMap((name) => (name !== null && isFieldKey(name) ? [name] : []));

/** Nobody is asked for what is kept from them: they could not fill it in, and a refusal would tell its value. */
export async function readRulesFor(db: Db, fieldRules: FieldRules): Promise<HeldRules> {
  const all = await readValidationRules(db);
  const rules = all.filter((rule) => !fieldsOf(rule).some((key) => isRestricted(fieldRules, key)));
  const isNamed = rules.some((rule) => fieldsOf(rule).length > 0);
  const fields: readonly CustomField[] = isNamed ? await readFields(db) : [];
  return { rules, names: new Map(fields.map(({ key, name }) => [key, name])) };
}

/** Why a customer may not be written so. A message of the administrator's own says it in his words. */
export function refusalByRules(
  { rules, names }: HeldRules,
  before: ValidatedFields | null,
  after: ValidatedFields,
): { field: string; code: ErrorCode; params: ErrorParams } | null {
  const rule = brokenRule(rules, before, after);
  if (rule === null) return null;
  const own = names.get(rule.field);
  const field = own ?? rule.field.replace(/^custom\./, '');
  const column = own === undefined ? rule.field : `custom:${own}`;
  if (rule.message !== null) {
    return { field: column, code: 'customers.rule_broken', params: { field, message: rule.message } };
  }
  const params = { field, pattern: rule.pattern ?? '' };
  const code = rule.kind === 'required' ? 'customers.rule_required' : 'customers.rule_pattern';
  return { field: column, code, params };
}

interface WrittenCustomer {
  /** Null for one that is being made. */
  before: ValidatedFields | null;
  after: ValidatedFields;
  /** Of the company's own fields, those that are written. */
  fields: FieldValues | undefined;
  /** Those that it has; asked for only where a rule is about them. */
  keptFields: () => Promise<FieldValues>;
}

/** @throws CodedError customers.rule_broken, customers.rule_required, customers.rule_pattern */
export async function validateCustomer(
  db: Db,
  fieldRules: FieldRules,
  written: WrittenCustomer,
): Promise<void> {
  const held = await readRulesFor(db, fieldRules);
  const isAboutFields = held.names.size > 0 && written.before !== null;
  const kept = isAboutFields ? await written.keptFields() : {};
  const refusal = refusalByRules(held, written.before && { ...written.before, fields: kept }, {
    ...written.after,
    fields: { ...kept, ...written.fields },
  });
  if (refusal) throw new CodedError(refusal.code, refusal.params);
}
