import { customFieldPrefix, definedFieldPrefix, type TierFeature } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { escapeLiteral } from 'pg';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted, type FieldRules } from '../../../platform/http/field-wall.rules.js';

/** A table that indicators are read from: one row a customer. `:asOf` and `:run` are filled in. */
interface Source {
  sql: string;
  /** Other tables that it reads, registered like it: each is worked out once, for all that read it. */
  reads?: readonly string[];
}

/** An indicator of the catalogue. */
export interface FeatureDefinition extends Pick<TierFeature, 'key' | 'unit' | 'missing' | 'direction'> {
  source: string;
  /** Of a row of its source, or of the customer `c`; null where it is not known. */
  sql: string;
  /** The property by which the wall of fields knows it; its key when left out. */
  property?: string;
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

const noNumber = { 'zh-CN': '没有填写，或者不是数字', 'en-US': 'Not filled in, or not a number' };

/** A number, or text that is one. */
function customField(name: string): FeatureDefinition {
  const field = escapeLiteral(name);
  const text = `(c.custom ->> ${field})`;
  return {
    key: `${customFieldPrefix}${name}`,
    source: 'customer',
    sql: `case when ${text} ~ '^\\s*-?\\d{1,15}(\\.\\d{1,10})?\\s*$' then ${text}::float8 end`,
    unit: 'rate',
    missing: 'worst',
    direction: 'more',
    names: { 'zh-CN': name, 'en-US': name },
    nullMeans: noNumber,
  };
}

/** A field that the administrator has defined; amounts are kept in minor units. Null for what is no number of a field. */
function definedField(id: string, known?: OwnField): FeatureDefinition | undefined {
  if (!/^\d{1,9}$/.test(id)) return undefined;
  return {
    key: `${definedFieldPrefix}${id}`,
    source: `field_${id}`,
    sql: `field_${id}.number_value`,
    unit: known?.kind === 'money' ? 'money-minor' : 'rate',
    missing: 'worst',
    direction: 'more',
    property: `cf${id}`,
    names: { 'zh-CN': known?.name ?? `#${id}`, 'en-US': known?.nameEn ?? known?.name ?? `#${id}` },
    nullMeans: noNumber,
  };
}

interface OwnField {
  key: string;
  name: string;
  nameEn: string | null;
  kind: string;
}

/** Fields with numbers that the administrator has defined, also those no longer asked for: old policies name them. */
export async function ownNumberFields(db: Db): Promise<(OwnField & { isRetired: boolean })[]> {
  const rows = await db
    .selectFrom('custom_field')
    .where('kind', 'in', ['number', 'money'])
    .select(['custom_field_id as id', 'name', 'name_en as nameEn', 'kind', 'is_retired as isRetired'])
    .orderBy('position')
    .orderBy('custom_field_id')
    .execute();
  return rows.map(({ id, ...row }) => ({ ...row, key: `${definedFieldPrefix}${id}` }));
}

/**
 * Undefined for a key that nobody registered.
 * @param own what is known of the fields that the administrator has defined: their names and units
 */
export function findFeature(key: string, own: readonly OwnField[] = []): FeatureDefinition | undefined {
  if (key.startsWith(customFieldPrefix) && key.length > customFieldPrefix.length) {
    return customField(key.slice(customFieldPrefix.length));
  }
  if (key.startsWith(definedFieldPrefix)) {
    return definedField(
      key.slice(definedFieldPrefix.length),
      own.find((field) => field.key === key),
    );
  }
  return features.get(key);
}

export function featureName(key: string, language: Language, own: readonly OwnField[] = []): string {
  return findFeature(key, own)?.names[language] ?? key;
}

/** Whether what an indicator measures is kept from the reader. */
export function isFeatureKept(key: string, rules: FieldRules): boolean {
  return isRestricted(rules, findFeature(key)?.property ?? key);
}

export function listFeatures(
  customFields: readonly string[],
  own: readonly OwnField[],
  language: Language,
): TierFeature[] {
  const all = [
    ...features.values(),
    ...own.flatMap(({ key }) => findFeature(key, own) ?? []),
    ...customFields.map(customField),
  ];
  return all.map(({ key, unit, missing, direction, names, nullMeans }) => ({
    key,
    unit,
    missing,
    direction,
    name: names[language],
    nullMeans: nullMeans[language],
  }));
}

/** Rows of a field that the administrator has defined are a table like any other. */
function sourceOf(name: string): Source {
  const id = /^field_(\d{1,9})$/.exec(name)?.[1];
  if (id === undefined) return sources.get(name) ?? { sql: '' };
  return {
    sql: `select customer_id, number_value from customer_field_value where custom_field_id = ${id}`,
  };
}

/** The tables with those that they read, each after what it reads. */
function withWhatTheyRead(names: readonly string[]): string[] {
  const found = new Set<string>();
  for (const name of names) {
    for (const read of withWhatTheyRead(sourceOf(name).reads ?? [])) found.add(read);
    found.add(name);
  }
  return [...found];
}

/** Indicators by the query that reads them: those on tables that others read too have one together, all else the first. */
export function groupsOf(keys: readonly string[]): string[][] {
  const groups = new Map<string, string[]>([['', []]]);
  for (const key of new Set(keys)) {
    const reads = sourceOf(findFeature(key)?.source ?? '').reads ?? [];
    const group = reads.join(' ');
    groups.set(group, [...(groups.get(group) ?? []), key]);
  }
  return [...groups.values()];
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
  const ctes = withWhatTheyRead(used).map((name) => `${name} as materialized (${fill(sourceOf(name).sql)})`);
  return {
    with: ctes.length === 0 ? '' : `with ${ctes.join(', ')}`,
    joins: used.map((name) => `left join ${name} on ${name}.customer_id = c.customer_id`).join(' '),
    columns: definitions.map(({ sql }) => `(${fill(sql)})::float8`),
  };
}
