import type { CustomField } from '@kezi/contract';
import { day } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

type Value = string | number | null;

const isWhole = (value: Value): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/**
 * A value as a field of this kind keeps it. A choice that is no longer offered stays where it was chosen.
 * @throws CodedError custom_fields.value_wrong, custom_fields.choice_unknown
 */
export function normalValue(field: CustomField, value: Value, before: Value): Value {
  if (value === null) return null;
  const wrong = () => new CodedError('custom_fields.value_wrong', { field: field.name });
  switch (field.kind) {
    case 'text':
      return String(value);
    case 'choice': {
      const chosen = String(value);
      if (field.choices.includes(chosen) || chosen === before) return chosen;
      throw new CodedError('custom_fields.choice_unknown', {
        field: field.name,
        choices: field.choices.join('、'),
      });
    }
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw wrong();
    case 'money':
      if (isWhole(value)) return value;
      throw wrong();
    case 'date':
      if (typeof value === 'string' && day.safeParse(value).success) return value;
      throw wrong();
    case 'person':
      break;
  }
  if (isWhole(value) && value > 0 && value <= 2_147_483_647) return value;
  throw wrong();
}
