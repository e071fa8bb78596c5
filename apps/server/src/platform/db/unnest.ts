import { sql, type RawBuilder } from 'kysely';

type Value = string | number | bigint | boolean | null;

/** A column of rows to be: its type in the database and its values. */
export interface Column {
  type: 'bigint' | 'int' | 'float8' | 'text' | 'date' | 'numeric' | 'jsonb' | 'boolean';
  values: readonly Value[];
}

const quoted = new Set<Column['type']>(['text', 'jsonb']);

function quote(text: string): string {
  return `"${/["\\]/.test(text) ? text.replace(/["\\]/g, String.raw`\$&`) : text}"`;
}

function literal({ type, values }: Column): string {
  if (!quoted.has(type)) return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
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
