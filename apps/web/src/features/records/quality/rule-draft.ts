import type { CustomField, ValidationRule, ValidationRuleInput } from '@kezi/contract';

/** What the form of a rule holds. */
export interface RuleDraft {
  field: string;
  kind: ValidationRule['kind'];
  pattern: string;
  /** Null: the rule holds for all customers. */
  whenField: string | null;
  whenValues: readonly string[];
  message: string;
  isActive: boolean;
}

export const draftOf = (rule: ValidationRule | null): RuleDraft => ({
  field: rule?.field ?? 'region',
  kind: rule?.kind ?? 'required',
  pattern: rule?.pattern ?? '',
  whenField: rule?.whenField ?? null,
  whenValues: rule?.whenValues ?? [],
  message: rule?.message ?? '',
  isActive: rule?.isActive ?? true,
});

type RuleFault = 'pattern' | 'whenValues';

export function faultsOf(draft: RuleDraft): RuleFault[] {
  return [
    ...(draft.kind === 'pattern' && draft.pattern.trim() === '' ? (['pattern'] as const) : []),
    ...(draft.whenField !== null && draft.whenValues.length === 0 ? (['whenValues'] as const) : []),
  ];
}

export const inputOf = (draft: RuleDraft): ValidationRuleInput => ({
  field: draft.field,
  kind: draft.kind,
  pattern: draft.kind === 'pattern' ? draft.pattern.trim() : null,
  whenField: draft.whenField,
  whenValues: draft.whenField === null ? [] : [...draft.whenValues],
  message: draft.message.trim() || null,
  isActive: draft.isActive,
});

/** What every customer has, and what files bring most often. */
export const usualFields = [
  'name',
  'shortName',
  'legalName',
  'creditCode',
  'registryNo',
  'region',
  'industry',
  'ownerId',
  'parentCustomerId',
  'custom.phone',
  'custom.email',
  'custom.contactName',
  'custom.address',
  'custom.taxNumber',
] as const;

/** Kept as numbers, which nobody writes in a pattern or chooses as a condition. */
const numbered: ReadonlySet<string> = new Set(['ownerId', 'parentCustomerId']);

/** Whether a rule may ask how a field is written, or hold only where it has some value. */
export const isWritten = (field: string, own: readonly CustomField[]): boolean => {
  const kind = own.find(({ key }) => key === field)?.kind;
  return kind !== 'money' && kind !== 'person' && !numbered.has(field);
};
