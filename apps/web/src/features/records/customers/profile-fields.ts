import type { CustomerDetail, CustomField } from '@kezi/contract';
import { minorOfTyped, typedOfMinor } from '../../../lib/typed-money.js';
import type { CustomerField, FieldValue } from './save-field.js';

const separators = /[、,，;；]/;

/** Tags as one line, as people write them. */
export const tagsField: CustomerField = {
  read: ({ tags }) => (tags.length === 0 ? null : tags.join('、')),
  write: (_, value) => ({
    tags: String(value ?? '')
      .split(separators)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  }),
};

/** What was typed as a field of the kind keeps it; the server says what is wrong with the rest. */
export function companyValue(
  field: CustomField,
  value: FieldValue,
  currency: string,
): string | number | null {
  if (value === null || typeof value === 'boolean') return null;
  const text = String(value).normalize('NFKC').trim();
  if (text === '') return null;
  if (field.kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text;
  if (field.kind === 'money') return minorOfTyped(text, currency) ?? text;
  if (field.kind === 'person') return Number(text);
  return field.kind === 'date' ? text : String(value);
}

/** A field of the company's own. Amounts are typed in the currency, and kept in its smallest unit. */
export const companyField = (field: CustomField, currency: string): CustomerField => ({
  read: (customer: CustomerDetail) => {
    const value = customer.fields[field.key] ?? null;
    return field.kind === 'money' && typeof value === 'number' ? typedOfMinor(value, currency) : value;
  },
  write: (_, value) => ({ fields: { [field.key]: companyValue(field, value, currency) } }),
});
