import { readFieldCondition, type CustomerFilter, type FieldCondition } from '@kezi/contract';
import { divisionsWithin, industryWithin } from '@kezi/contract/codes';
import { sql, type RawBuilder, type SqlBool } from 'kysely';

/*
 * What stands beside the customer, in tables of its own: the profile, tags, fields of the company's own. A walk along the
 * register looks each of them up for the customer it stands on ('probe'); where all that fit are gathered, the database may
 * begin with them ('member').
 */
type Manner = 'probe' | 'member';
type Condition = RawBuilder<SqlBool>;

/** `where` are conditions on a row `s` of a table with `customer_id`. */
function inTable(table: string, where: readonly Condition[], manner: Manner): Condition {
  const from = sql`${sql.id(table)} s where ${sql.join(where, sql` and `)}`;
  // A scalar sub-select is never turned into a join, so the walk along the sort index stays a walk.
  return manner === 'probe'
    ? sql`(select true from ${from} and s.customer_id = c.customer_id limit 1)`
    : sql`c.customer_id in (select s.customer_id from ${from})`;
}

const anyOf = (column: RawBuilder<unknown>, values: readonly string[]): Condition =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${[...values]}::text[])`;

function profileConditions(filter: CustomerFilter): Condition[] {
  const columns: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['size', filter.size],
    ['stage', filter.salesStage],
    ['source', filter.source],
    ['industry_code', filter.industryCode?.flatMap(industryWithin)],
    ['country_code', filter.countryCode],
    ['division_code', filter.divisionCode?.flatMap(divisionsWithin)],
  ];
  return columns.flatMap(([column, values]) =>
    values === undefined || values.length === 0 ? [] : [anyOf(sql`s.${sql.id(column)}`, values)],
  );
}

/** Sorts after every text that begins with another, under a comparison byte by byte. */
const afterAll = '\u{10FFFF}';
/** What the index of texts holds of one. */
const indexedText = 100;

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);

function boundOf({ operator, value }: FieldCondition): Condition {
  const way = sql.raw(operator);
  return isDay(value)
    ? sql`s.date_value ${way} ${value}::date`
    : sql`s.number_value ${way} ${Number(value)}::float8`;
}

/** Conditions on a row `s` of `customer_field_value`: any of the texts, people or beginnings, and within the bounds. */
function valueConditions(conditions: readonly FieldCondition[]): Condition[] {
  const values = (operator: FieldCondition['operator']) =>
    conditions.filter((one) => one.operator === operator).map(({ value }) => value);
  const texts = values('=');
  const beginnings = values('^').map((text) => text.slice(0, indexedText));
  const people = values('@');
  const either: Condition[] = [];
  if (texts.length > 0) {
    const begun = texts.map((text) => Array.from(text).slice(0, indexedText).join(''));
    either.push(
      sql`${anyOf(sql`left(s.text_value, ${sql.lit(indexedText)})`, begun)} and ${anyOf(sql`s.text_value`, texts)}`,
    );
  }
  for (const text of beginnings) {
    either.push(
      sql`left(s.text_value, ${sql.lit(indexedText)}) >= ${text} and left(s.text_value, ${sql.lit(indexedText)}) < ${text + afterAll}`,
    );
  }
  if (people.length > 0) either.push(sql`s.person_id = any(${people.map(Number)}::int[])`);
  const bounds = conditions.filter(({ operator }) => operator === '>=' || operator === '<=').map(boundOf);
  return either.length === 0 ? bounds : [sql`(${sql.join(either, sql` or `)})`, ...bounds];
}

function fieldConditions(filter: CustomerFilter, manner: Manner): Condition[] {
  const byKey = new Map<string, FieldCondition[]>();
  for (const written of filter.field ?? []) {
    const read = readFieldCondition(written);
    if (read) byKey.set(read.key, [...(byKey.get(read.key) ?? []), read]);
  }
  return [...byKey].map(([key, conditions]) => {
    const isField = sql<SqlBool>`s.custom_field_id = ${Number(key.slice(2))}::int`;
    return inTable('customer_field_value', [isField, ...valueConditions(conditions)], manner);
  });
}

/** What profile, tags and own fields say of a row `c` of the register. */
export function sideConditions(filter: CustomerFilter, manner: Manner): Condition[] {
  const profile = profileConditions(filter);
  const tags = filter.tag ?? [];
  return [
    ...(profile.length === 0 ? [] : [inTable('customer_profile', profile, manner)]),
    ...(tags.length === 0 ? [] : [inTable('customer_tag', [anyOf(sql`s.tag`, tags)], manner)]),
    ...fieldConditions(filter, manner),
  ];
}
