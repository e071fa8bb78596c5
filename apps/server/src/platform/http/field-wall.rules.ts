import { isFieldKey, type FieldMode, type RestrictedField, type WallField } from '@kezi/contract';

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
