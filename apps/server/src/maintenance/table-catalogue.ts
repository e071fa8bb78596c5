import type { ClientBase } from 'pg';

export interface Table {
  name: string;
  /** Columns that can be written; generated ones work themselves out. */
  columns: string[];
  /** The columns of its primary key, by which its rows are ordered when they are hashed. */
  key: string[];
  identity: string | null;
}

interface Row {
  name: string;
  columns: string[];
  key: string[] | null;
  identity: string | null;
  parents: string[];
}

/**
 * The tables that hold what people entered, parents before children, so that they can be loaded in this order.
 * The list of migrations, the queue's own tables and a register that is being built are not among them: they are made, not
 * restored.
 */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Row>(`
    select c.relname as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      (select array(select a.attname::text from unnest(k.conkey) with ordinality as u(num, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num order by u.place)
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'p') as key,
      (select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '' limit 1) as identity,
      array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely\\_%'
      and c.relname <> 'register_entry_next'
    order by c.relname`);
  const sorted: Table[] = [];
  const left = new Map(rows.map((row) => [row.name, row]));
  while (left.size > 0) {
    const free = [...left.values()].filter((row) => row.parents.every((parent) => !left.has(parent)));
    if (free.length === 0)
      throw new Error(`Tables refer to each other in a circle: ${[...left.keys()].join()}`);
    for (const { name, columns, key, identity } of free) {
      sorted.push({ name, columns, key: key ?? columns, identity });
      left.delete(name);
    }
  }
  return sorted;
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** All rows of a table as text, in an order that is the same in every database. */
export function copyOut(table: Table): string {
  return `copy (select ${quoted(table.columns)} from "${table.name}" order by ${quoted(table.key)}) to stdout`;
}

export function copyIn(table: Table): string {
  return `copy "${table.name}" (${quoted(table.columns)}) from stdin`;
}
