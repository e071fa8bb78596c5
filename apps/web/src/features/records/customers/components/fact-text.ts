import type { FieldValue } from '../save-field.js';

/** One of the values that a fact may have. */
export interface FactOption {
  value: string | number;
  label: string;
}

/** What was typed, as the kind of value that stood there before: a number stays a number where it can. */
export function valueOf(typed: string, before: FieldValue): FieldValue {
  const text = typed.trim();
  if (text === '') return null;
  if (typeof before === 'number' && Number.isFinite(Number(text.normalize('NFKC'))))
    return Number(text.normalize('NFKC'));
  return text;
}

/** Whether the wall has left a part of it: over what one does not see one does not write. */
export const isMasked = (value: FieldValue) => typeof value === 'string' && /\*{3}/.test(value);

/** A value as it stands in an input. */
export const textOf = (value: FieldValue) => (value === null ? '' : String(value));
