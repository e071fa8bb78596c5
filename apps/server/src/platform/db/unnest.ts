import { sql, type RawBuilder } from 'kysely';

type Value = string | number | bigint | boolean | null;

type ColumnType =
  | 'bigint'
  | 'int'
  | 'float8'
  | 'text'
  | 'date'
  | 'numeric'
  | 'jsonb'
  | 'boolean'
  | 'timestamptz';

/** A column of rows to be: its type in the database and its values, or these as `arrayText` wrote them on another thread. */
export type Column = { type: ColumnType } & ({ values: readonly Value[] } | { text: string });

const quoted = new Set<ColumnType>(['text', 'jsonb']);

function quote(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, String.raw`\$&`) : text}"`;
}

/** An array as PostgreSQL writes it, of values that need no quotes: numbers, days. */
export function arrayText(values: readonly Value[]): string {
  // Most columns have no gaps, and to join numbers as they are takes a third of the time.
  const told = values.includes(null) ? values.map((value) => value ?? 'NULL') : values;
  return `{${told.join(',')}}`;
}

function literal(column: Column): string {
  if ('text' in column) return column.text;
  const { type, values } = column;
  if (!quoted.has(type)) return arrayText(values);
  return `{${values.map((value) => (value === null ? 'NULL' : quote(String(value)))).join(',')}}`;
}

/**
 * Rows out of columns: `from ${unnest('line', { order_id: { type: 'bigint', values } })}`. One parameter a column, however
 * many rows there are; a million rows go in at about the speed of COPY, which row-level security does not allow. Every
 * column is unnested for itself in a select list: PostgreSQL hands such rows on one by one, those of one `unnest` with many
 * arrays it puts aside first, and inserting lines of ten columns took a third more of its time.
 */
export function unnest(alias: string, columns: Readonly<Record<string, Column>>): RawBuilder<unknown> {
  const arrays = Object.entries(columns).map(
    ([name, column]) => sql`unnest(${literal(column)}::${sql.raw(column.type)}[]) as ${sql.id(name)}`,
  );
  return sql`(select ${sql.join(arrays)}) as ${sql.id(alias)}`;
}
