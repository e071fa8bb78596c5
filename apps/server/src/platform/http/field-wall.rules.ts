import { isFieldKey, type FieldMode, type RestrictedField, type WallField } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { isDeepStrictEqual } from 'node:util';

export type FieldRules = Readonly<Partial<Record<WallField, FieldMode>>>;

/**
 * Which properties of answers are which field. By name, so that a route that is written tomorrow is behind the wall too: what
 * is called so anywhere in an answer is kept back, whole groups of figures (a distribution, a ranking) with it.
 */
const properties: Readonly<Record<RestrictedField, RegExp>> = {
  ways: /^(?:phones?|mails?|wechat)$/,
  identifiers: /^(?:creditCode|registryNo|identifiers?)$/,
  amounts:
    /^(?!.*[mM]argin).*Minor$|^(?:monetaryValue|(?:usual|recent)Spend|ownLossShare|amounts?|\w+Amount|score)$/,
  margin: /[mM]argin/,
  value:
    /^(?:clv.*|.*Clv|value(?:AtRisk|AnHour|Basis).*|(?:dueNow|inYear)Value|expectedSpend|costToServe|creditLossAmount|deducted|contribution|score|concentration|histogram|top|reasons)$/,
  addresses: /^addresses$/,
};
const fields = Object.keys(properties) as RestrictedField[];

/** Names that anything may have, and that are a figure of the field where a number stands under them. */
const figures: Readonly<Partial<Record<RestrictedField, RegExp>>> = {
  amounts: /^(?:before|now)$/,
  value: /^(?:value|before|now)$/,
};

/** What a query or a filter may not ask for where the field is restricted; the first two are searched for, not bounded. */
const bounds: Readonly<Record<RestrictedField, RegExp>> = {
  ways: /^(?:phone|mail|wechat)(?:Is|Contains|From)$/,
  identifiers: /^(?:creditCode|registryNo)(?:Is|Contains|From)$/,
  amounts: /^(?:amount|monetaryValue|spend|open|received)\w*(?:Min|Max|From|To|Below|Above)$/,
  margin: /^margin\w*(?:Min|Max|From|To|Below|Above)$/,
  value: /^(?:clv|value)\w*(?:Min|Max|From|To|Below|Above)$/,
  addresses: /^addresses$/,
};

export function isRestricted(rules: FieldRules, property: string): boolean {
  return modeOf(rules, property) !== null;
}

function modeOf(rules: FieldRules, property: string): FieldMode | null {
  if (isFieldKey(property)) return rules[property] ?? null;
  const found = fields.find((field) => rules[field] !== undefined && properties[field].test(property));
  return found === undefined ? null : (rules[found] ?? null);
}

function modeOfFigure(rules: FieldRules, property: string): FieldMode | null {
  const found = fields.find((field) => rules[field] !== undefined && figures[field]?.test(property));
  return found === undefined ? null : (rules[found] ?? null);
}

/** The first four characters and the last two: enough to tell one from another on the telephone. */
function maskText(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= 6) return '*'.repeat(characters.length);
  return `${characters.slice(0, 4).join('')}****${characters.slice(-2).join('')}`;
}

/** Groups that say nothing without their figures. */
const wholes = new Set(['score']);

/** Texts keep a part where the mode is `masked`, unless they are masked already; everything else keeps its shape alone. */
function keptOf(value: unknown, mode: FieldMode): unknown {
  if (typeof value === 'string' && mode === 'masked') return value.includes('*') ? value : maskText(value);
  if (Array.isArray(value)) {
    const isText = value.every((one) => typeof one === 'string');
    return isText && mode === 'masked' ? value.map((one) => keptOf(one, mode)) : [];
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, keptOf(part, 'hidden')]));
  }
  return null;
}

/** An answer as somebody may read it from whom fields are kept. */
export function withoutRestricted(answer: unknown, rules: FieldRules): unknown {
  if (Array.isArray(answer)) return answer.map((one) => withoutRestricted(one, rules));
  if (answer === null || typeof answer !== 'object') return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      const mode = modeOf(rules, name) ?? (typeof value === 'number' ? modeOfFigure(rules, name) : null);
      if (mode === null) return [name, withoutRestricted(value, rules)];
      return [name, wholes.has(name) ? null : keptOf(value, mode)];
    }),
  );
}

type Values = Readonly<Record<string, unknown>>;

/** Free fields that somebody was not shown as they are: they stand under names of their own in a group that is replaced whole. */
function freeFieldsKept(rules: FieldRules, given: Values, before: Values, shown: Values): Values {
  const unseen = Object.entries(before).filter(([name, value]) => !isDeepStrictEqual(value, shown[name]));
  return { ...Object.fromEntries(unseen), ...withUnseenKept(rules, given, before, shown) };
}

/**
 * What is written by somebody who does not see all of a record: what comes back as they were shown it stays as it is.
 * @param shown what they read of it
 * @throws CodedError fields.restricted_forbidden where they would write over what the wall keeps from them
 */
export function withUnseenKept<Given extends object>(
  rules: FieldRules,
  given: Given,
  before: object,
  shown: object = withoutRestricted(before, rules) as object,
): Given {
  const [old, read] = [before as Values, shown as Values];
  const written = Object.entries(given).map(([name, value]: [string, unknown]) => {
    if (value === undefined || isDeepStrictEqual(old[name], read[name])) return [name, value];
    if (name === 'custom') {
      return [name, freeFieldsKept(rules, value as Values, old[name] as Values, read[name] as Values)];
    }
    if (isDeepStrictEqual(value, read[name])) return [name, old[name]];
    if (isRestricted(rules, name)) throw new CodedError('fields.restricted_forbidden');
    return [name, value];
  });
  return Object.fromEntries(written) as Given;
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/** What somebody would write over though the wall keeps it from them: none where it is empty, or stays as it is. */
export function unseenAmong(rules: FieldRules, given: object, before: object): string | undefined {
  const [written, old] = [given as Values, before as Values];
  return Object.keys(written).find(
    (name) =>
      isRestricted(rules, name) &&
      !isEmpty(written[name]) &&
      !isEmpty(old[name]) &&
      !isDeepStrictEqual(written[name], old[name]),
  );
}

/** The key that a condition on a field of the company's own begins with. */
const keyOfCondition = /^cf\d+(?=[=^<>@])/;

/** Conditions such as `cf12=VIP`, wherever they stand. */
function isOnRestricted(value: unknown, rules: FieldRules): boolean {
  const key = typeof value === 'string' ? keyOfCondition.exec(value)?.[0] : undefined;
  return key !== undefined && isRestricted(rules, key);
}

/** Whether a query, or a body that carries a filter, asks for an order or bounds by what is kept from the reader. */
export function asksForRestricted(asked: unknown, rules: FieldRules): boolean {
  if (Array.isArray(asked)) return asked.some((one) => asksForRestricted(one, rules));
  if (asked === null || typeof asked !== 'object') return isOnRestricted(asked, rules);
  return Object.entries(asked).some(
    ([name, value]) =>
      fields.some((field) => rules[field] !== undefined && bounds[field].test(name)) ||
      // What somebody does not see they may not write over either.
      (isFieldKey(name) && isRestricted(rules, name)) ||
      (name === 'sort' && typeof value === 'string' && isRestricted(rules, value)) ||
      asksForRestricted(value, rules),
  );
}
