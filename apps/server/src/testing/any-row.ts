import { sql } from 'kysely';
import type { Db } from '../platform/db/scoped-db.js';

interface Column {
  name: string;
  type: string;
  /** The first value that a check allows, where it names them. */
  first: string | null;
  /** What a foreign key leads to. */
  parent: string | null;
}

/** The columns of a table that must be written, and those of whose row it is. */
async function columnsToWrite(db: Db, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select a.attname as name, t.typname as type,
      (select (regexp_match(pg_get_constraintdef(c.oid), '[''"]([a-z_-]+)''::text'))[1] from pg_constraint c
        where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]
          and pg_get_constraintdef(c.oid) like '%ANY%' limit 1) as first,
      (select c.confrelid::regclass::text from pg_constraint c
        where c.conrelid = a.attrelid and c.contype = 'f' and c.conkey = array[a.attnum] limit 1) as parent
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = ''
      and (a.attnotnull and not a.atthasdef
        or a.attname in ('customer_id', 'owner_id', 'team_id', 'created_by', 'user_id'))
    order by a.attnum`.execute(db);
  return rows;
}

function valueOf({ name, type, first }: Column, text: string, serial: number): unknown {
  if (first !== null) return first;
  switch (type) {
    case 'text':
      return /sha256|hash/.test(name) ? String(serial).padStart(64, '0') : `${text} ${serial}`;
    case 'jsonb':
      return '{}';
    case 'bool':
      return false;
    case 'date':
      return '2026-02-01';
    case 'timestamptz':
      return '2026-02-01T00:00:00Z';
    case 'int8':
      // The number of a record, perhaps one that may stand there once only.
      return 5 + serial;
    default:
      if (type === '_text') return '{one,two}';
      return type.startsWith('_') ? '{}' : 5 + (serial % 300);
  }
}

/** Whether rows of a table are somebody's: what is the company's is named by nobody's canary. */
async function belongsToCustomer(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_attribute where attrelid = ${table}::regclass and attname = 'owner_id'`.execute(db);
  return rows.length > 0;
}

/**
 * A row of any table: what it must have is made up, whose it is comes from `known`; rows that it leads to are made first.
 * @returns its id
 */
export async function insertAnyRow(
  db: Db,
  table: string,
  known: Readonly<Record<string, unknown>>,
  text: string,
  serial: number,
): Promise<number> {
  const values: Record<string, unknown> = {};
  for (const column of await columnsToWrite(db, table)) {
    const { name, parent } = column;
    if (name in known) values[name] = known[name];
    else if (parent === 'app_user') values[name] = known['created_by'];
    else if (parent !== null && parent !== table)
      values[name] = await insertAnyRow(
        db,
        parent,
        known,
        (await belongsToCustomer(db, parent)) ? text : 'common',
        serial,
      );
    else values[name] = valueOf(column, text, serial);
  }
  const names = Object.keys(values).map((name) => sql.id(name));
  const { rows } = await sql<Record<string, number>>`
    insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(Object.values(values))}) returning *`.execute(
    db,
  );
  const { rows: keys } = await sql<{ name: string }>`
    select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = ${table}::regclass and i.indisprimary`.execute(db);
  return Number(rows[0]?.[keys[0]?.name ?? '']);
}

/** Sets a row aside, as deleting does. */
export async function setAside(db: Db, table: string, id: number): Promise<void> {
  const { rows: keys } = await sql<{ name: string }>`
    select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = ${table}::regclass and i.indisprimary`.execute(db);
  await sql`update ${sql.table(table)} set deleted_at = now() where ${sql.id(keys[0]?.name ?? '')} = ${id}`.execute(
    db,
  );
}
