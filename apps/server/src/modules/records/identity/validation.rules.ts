import { isFieldKey, type ValidationRule } from '@kezi/contract';

/** A customer as rules look at it: fields by name, free fields in `custom`, those of the company's own by key in `fields`. */
export type ValidatedFields = Readonly<Record<string, unknown>>;

type Rule = Pick<
  ValidationRule,
  'field' | 'kind' | 'pattern' | 'whenField' | 'whenValues' | 'message' | 'isActive'
>;

function valueOf(fields: ValidatedFields, field: string): unknown {
  const within = (part: 'custom' | 'fields', name: string) =>
    (fields[part] as Record<string, unknown> | undefined)?.[name];
  if (isFieldKey(field)) return within('fields', field);
  return field.startsWith('custom.') ? within('custom', field.slice('custom.'.length)) : fields[field];
}

/** Text, number or nothing, as it would be written. */
function textOf(fields: ValidatedFields, field: string): string {
  const value = valueOf(fields, field);
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

function isSign(sign: string, pattern: string): boolean {
  if (pattern === '#') return /^\p{Nd}$/u.test(sign);
  if (pattern === '@') return /^\p{L}$/u.test(sign);
  return pattern === '?' || pattern === sign;
}

/**
 * Whether a text fits a pattern: # a digit, @ a letter, ? any one sign, * any number of them. Goes through text and pattern
 * side by side and comes back to the last * where they part: no pattern takes longer than their lengths multiplied.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const signs = Array.from(text);
  const wanted = Array.from(pattern);
  let [i, j, star, from] = [0, 0, -1, 0];
  while (i < signs.length) {
    if (wanted[j] === '*') [star, from, j] = [j, i, j + 1];
    else if (j < wanted.length && isSign(signs[i] ?? '', wanted[j] ?? '')) [i, j] = [i + 1, j + 1];
    else if (star >= 0) [from, i, j] = [from + 1, from + 1, star + 1];
    else return false;
  }
  while (wanted[j] === '*') j++;
  return j === wanted.length;
}

function isBroken(rule: Rule, fields: ValidatedFields): boolean {
  if (!rule.isActive) return false;
  if (rule.whenField !== null && !rule.whenValues.includes(textOf(fields, rule.whenField))) return false;
  const text = textOf(fields, rule.field);
  if (rule.kind === 'required') return text === '';
  // What is not there is for a rule of the other kind to ask for.
  return text !== '' && !fitsPattern(text, rule.pattern ?? '*');
}

/**
 * The first rule that a customer breaks. A change is only held to rules whose field or condition it touches: who corrects a
 * telephone number is not asked for an industry that was missing before.
 */
export function brokenRule<Kept extends Rule>(
  rules: readonly Kept[],
  before: ValidatedFields | null,
  after: ValidatedFields,
): Kept | null {
  const isTouched = ({ field, whenField }: Rule) =>
    before === null ||
    [field, whenField].some((name) => name !== null && textOf(before, name) !== textOf(after, name));
  return rules.find((rule) => isBroken(rule, after) && isTouched(rule)) ?? null;
}
