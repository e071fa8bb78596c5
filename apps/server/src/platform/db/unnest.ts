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

/**
 * A column of rows to be: its type in the database and its values, or these as `arrayText` or `arrayBytes` wrote them, maybe on
 * another thread.
 */
export type Column = { type: ColumnType } & (
  | { values: readonly Value[] }
  | { text: string }
  | { bytes: Uint8Array }
);

/** How PostgreSQL knows a type, and how many bytes its values have. */
const wholeNumbers = { int: { oid: 23, size: 4 }, bigint: { oid: 20, size: 8 } };

/**
 * An array of whole numbers as PostgreSQL sends and takes it: to write and to read ten million digits costs more than to
 * insert the lines that they stand in.
 * @throws RangeError for a number that the type does not hold
 */
export function arrayBytes(type: 'int' | 'bigint', values: readonly (number | null)[]): Uint8Array {
  const { oid, size } = wholeNumbers[type];
  const most = type === 'int' ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  const view = new DataView(new ArrayBuffer(20 + values.length * (4 + size)));
  // One dimension, numbered from 1; an empty array has none.
  [values.length === 0 ? 0 : 1, 1, oid, values.length, 1].forEach((word, at) => view.setInt32(at * 4, word));
  let at = values.length === 0 ? 12 : 20;
  for (const value of values) {
    view.setInt32(at, value === null ? -1 : size);
    at += 4;
    if (value === null) continue;
    if (!Number.isInteger(value) || Math.abs(value) > most) throw new RangeError(`${value} is no ${type}.`);
    if (size === 8) view.setInt32(at, Math.floor(value / 2 ** 32));
    view.setUint32(at + size - 4, value >>> 0);
    at += size;
  }
  return new Uint8Array(view.buffer, 0, at);
}

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

function literal(column: Column): string | Uint8Array {
  if ('text' in column) return column.text;
  if ('bytes' in column) return column.bytes;
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
