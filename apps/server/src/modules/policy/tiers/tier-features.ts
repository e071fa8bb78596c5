import type { TierFeature } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { escapeLiteral } from 'pg';

/** A table that indicators are read from: one row a customer. `:asOf` and `:run` are filled in. */
interface Source {
  sql: string;
}

/** An indicator of the catalogue. */
export interface FeatureDefinition extends Pick<TierFeature, 'key' | 'unit' | 'missing' | 'direction'> {
  source: string;
  /** Of a row of its source, or of the customer `c`; null where it is not known. */
  sql: string;
  names: Readonly<Record<Language, string>>;
  nullMeans: Readonly<Record<Language, string>>;
}

const sources = new Map<string, Source>();
const features = new Map<string, FeatureDefinition>();

/** A later slice brings its own tables and indicators in the same form, at start. */
export function registerTierFeatures(
  added: Readonly<Record<string, Source>>,
  definitions: readonly FeatureDefinition[],
): void {
  for (const [name, source] of Object.entries(added)) sources.set(name, source);
  for (const definition of definitions) features.set(definition.key, definition);
}

const customPrefix = 'custom:';

/** A number, or text that is one. */
function customField(name: string): FeatureDefinition {
  const field = escapeLiteral(name);
  const text = `(c.custom ->> ${field})`;
  return {
    key: `${customPrefix}${name}`,
    source: 'customer',
    sql: `case when ${text} ~ '^\\s*-?\\d{1,15}(\\.\\d{1,10})?\\s*$' then ${text}::float8 end`,
    unit: 'rate',
    missing: 'worst',
    direction: 'more',
    names: { 'zh-CN': name, 'en-US': name },
    nullMeans: { 'zh-CN': '没有填写，或者不是数字', 'en-US': 'Not filled in, or not a number' },
  };
}

/** Undefined for a key that nobody registered. */
export function findFeature(key: string): FeatureDefinition | undefined {
  if (key.startsWith(customPrefix) && key.length > customPrefix.length) {
    return customField(key.slice(customPrefix.length));
  }
  return features.get(key);
}

export function isKnownFeature(key: string): boolean {
  return findFeature(key) !== undefined;
}

export function featureName(key: string, language: Language): string {
  return findFeature(key)?.names[language] ?? key;
}

export function listFeatures(customFields: readonly string[], language: Language): TierFeature[] {
  const all = [...features.values(), ...customFields.map(customField)];
  return all.map(({ key, unit, missing, direction, names, nullMeans }) => ({
    key,
    unit,
    missing,
    direction,
    name: names[language],
    nullMeans: nullMeans[language],
  }));
}

interface IndicatorQuery {
  /** The day the indicators are true for. */
  asOf: string;
  valuationRunId: number | null;
  features: readonly string[];
}

/** `with` and `from` of a query that has the sources of the features, and an expression for each feature. */
export function indicatorSql({ asOf, valuationRunId, features: keys }: IndicatorQuery) {
  const definitions = keys.map((key) => {
    const definition = findFeature(key);
    if (!definition) throw new Error(`No feature ${key}.`);
    return definition;
  });
  const used = [...new Set(definitions.map(({ source }) => source))].filter((name) => name !== 'customer');
  const fill = (text: string) =>
    text
      .replaceAll(':asOf', `date ${escapeLiteral(asOf)}`)
      .replaceAll(':run', `${valuationRunId ?? 'null'}::bigint`);
  const ctes = used.map((name) => `${name} as materialized (${fill(sources.get(name)?.sql ?? '')})`);
  return {
    with: ctes.length === 0 ? '' : `with ${ctes.join(', ')}`,
    joins: used.map((name) => `left join ${name} on ${name}.customer_id = c.customer_id`).join(' '),
    columns: definitions.map(({ sql }) => `(${fill(sql)})::float8`),
  };
}
