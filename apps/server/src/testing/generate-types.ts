import type { Pool } from 'pg';

const scalars: Readonly<Record<string, string>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'string',
  bool: 'boolean',
  text: 'string',
  citext: 'string',
  varchar: 'string',
  bpchar: 'string',
  uuid: 'string',
  date: 'string',
  timestamptz: 'string',
  bytea: 'Buffer',
};

interface Column {
  table_name: string;
  column_name: string;
  udt_name: string;
  nullable: boolean;
  defaulted: boolean;
  always: boolean;
}

/** bigint may be written as bigint, moments as Date: what comes out is always the first type. */
function typeOf(column: Column): string {
  const isArray = column.udt_name.startsWith('_');
  const base = isArray ? column.udt_name.slice(1) : column.udt_name;
  const suffix = column.nullable ? ' | null' : '';
  if (base === 'jsonb' || base === 'json') {
    const read = `Json${suffix}`;
    return column.defaulted
      ? `ColumnType<${read}, unknown, unknown>`
      : `ColumnType<${read}, unknown, unknown>`;
  }
  const scalar = scalars[base];
  if (scalar === undefined)
    throw new Error(`No TypeScript type for ${base} of ${column.table_name}.${column.column_name}`);
  const read = `${scalar}${isArray ? '[]' : ''}${suffix}`;
  if (column.always) return `GeneratedAlways<${read}>`;
  if (base === 'timestamptz' || base === 'date' || base === 'int8') {
    const wider = `${read} | ${base === 'int8' ? 'bigint' : 'Date'}`;
    const insert = column.defaulted || column.nullable ? `${wider} | undefined` : wider;
    return `ColumnType<${read}, ${insert}, ${wider}>`;
  }
  return column.defaulted ? `Generated<${read}>` : read;
}

/** The table types of the database as it is after all migrations; `database.generated.ts` holds the result. */
export async function generateTypes(pool: Pool): Promise<string> {
  const { rows } = await pool.query<Column>(`
    select c.table_name, c.column_name, c.udt_name, c.is_nullable = 'YES' as nullable,
      c.column_default is not null or c.is_identity = 'YES' or c.is_generated = 'ALWAYS' as defaulted,
      coalesce(c.identity_generation = 'ALWAYS', false) or c.is_generated = 'ALWAYS' as always
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name not like 'kysely\\_%'
    order by c.table_name, c.ordinal_position`);
  const tables = new Map<string, Column[]>();
  for (const row of rows) tables.set(row.table_name, [...(tables.get(row.table_name) ?? []), row]);
  const lines = [
    '// Made from the migrations by `npm run schema -w @kezi/server`. A test fails when it is stale.',
    `import type { ColumnType, Generated, GeneratedAlways } from 'kysely';`,
    '',
    'export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };',
    '',
    'export interface DB {',
  ];
  for (const [table, columns] of tables) {
    lines.push(`  ${table}: {`);
    for (const column of columns) lines.push(`    ${column.column_name}: ${typeOf(column)};`);
    lines.push('  };');
  }
  lines.push('}', '');
  return lines.join('\n');
}
