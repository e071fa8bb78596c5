/** What the cells of a field look like. */
export type FieldContent = 'id' | 'text' | 'date' | 'money' | 'decimal' | 'currency';

/** A field that a column may be: its headers in real exports, the usual ones first. Case, blanks and brackets do not count. */
export interface FieldDefinition {
  name: string;
  content: FieldContent;
  required: boolean;
  zh: readonly string[];
  en: readonly string[];
}

/** A list of names out of one text, separated by commas. */
export function names(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}
