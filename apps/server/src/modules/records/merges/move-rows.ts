import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { CustomerReference } from './customer-references.js';

type Json = Record<string, unknown>;

/** What a merge did to the rows of one table, enough to take it back. */
export interface MovedRows {
  table: string;
  column: string;
  /** Primary keys of the rows that were re-pointed, each as an object. */
  keys: Json[];
  /** Rows that would have stood twice, or speak of the record alone, as they were. */
  aside: Json[];
}

function keyOf({ key }: CustomerReference): RawBuilder<unknown> {
  const parts = key.flatMap((column) => [sql.lit(column), sql`m.${sql.id(column)}`]);
  return sql`jsonb_build_object(${sql.join(parts)})`;
}

/** Takes rows `m` of the merged customer out of the table and keeps them. */
async function setAside(
  db: Db,
  { table, column }: CustomerReference,
  mergedId: number,
  condition: RawBuilder<unknown>,
): Promise<Json[]> {
  const { rows } = await sql<{ row: Json }>`
    delete from ${sql.id(table)} m where m.${sql.id(column)} = ${mergedId}::bigint and ${condition}
    returning to_jsonb(m) as row`.execute(db);
  return rows.map(({ row }) => row);
}

/** Rows that stand for the remaining customer already, by one of the table's rules that no two are alike. */
function isThere(reference: CustomerReference, remainingId: number, mergedId: number): RawBuilder<unknown>[] {
  const { table, column } = reference;
  return reference.uniques.map(({ others, predicate }) => {
    const holds = sql.raw(predicate ?? 'true');
    const alike = others.map((other) => sql`t.${sql.id(other)} = m.${sql.id(other)}`);
    return sql`m.ctid in (select ctid from ${sql.id(table)} where ${sql.id(column)} = ${mergedId}::bigint and ${holds})
      and exists (select from (
          select * from ${sql.id(table)} where ${sql.id(column)} = ${remainingId}::bigint and ${holds}) t
        where ${alike.length === 0 ? sql`true` : sql.join(alike, sql` and `)})`;
  });
}

/** Re-points the rows of one reference from the merged customer to the one that remains. `db` sees all. */
export async function moveRows(
  db: Db,
  reference: CustomerReference,
  remainingId: number,
  mergedId: number,
): Promise<MovedRows> {
  const { table, column, siblings } = reference;
  const aside: Json[] = [];
  if (reference.isOfOneRecord) aside.push(...(await setAside(db, reference, mergedId, sql`true`)));
  else {
    // A row that speaks of both would speak of one customer twice.
    for (const sibling of siblings) {
      const isOfBoth = sql`m.${sql.id(sibling)} in (${remainingId}::bigint, ${mergedId}::bigint)`;
      aside.push(...(await setAside(db, reference, mergedId, isOfBoth)));
    }
    for (const condition of isThere(reference, remainingId, mergedId)) {
      aside.push(...(await setAside(db, reference, mergedId, condition)));
    }
  }
  const { rows } = await sql<{ key: Json }>`
    update ${sql.id(table)} m set ${sql.id(column)} = ${remainingId}::bigint
    where m.${sql.id(column)} = ${mergedId}::bigint returning ${keyOf(withNewKey(reference))} as key`.execute(
    db,
  );
  return { table, column, keys: rows.map(({ key }) => key), aside };
}

/** A key is found again by the columns that do not change with the move; the column itself is looked for besides. */
function withNewKey(reference: CustomerReference): CustomerReference {
  return { ...reference, key: reference.key.filter((column) => column !== reference.column) };
}

/**
 * Gives the rows back that are still where the merge put them, and puts back what was set aside, unless something stands
 * in its place now. `db` sees all.
 * @returns how many went back
 */
export async function moveBack(
  db: Db,
  moved: MovedRows,
  remainingId: number,
  mergedId: number,
): Promise<number> {
  const { table, column, keys, aside } = moved;
  let back = 0;
  const columns = Object.keys(keys[0] ?? {});
  if (keys.length > 0) {
    const same = columns.map((name) => sql`m.${sql.id(name)} = k.${sql.id(name)}`);
    const result = await sql`
      update ${sql.id(table)} m set ${sql.id(column)} = ${mergedId}::bigint
      from jsonb_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(keys)}::jsonb) k
      where m.${sql.id(column)} = ${remainingId}::bigint
        and ${same.length === 0 ? sql`true` : sql.join(same, sql` and `)}`.execute(db);
    back += Number(result.numAffectedRows ?? 0);
  }
  if (aside.length > 0) {
    const result = await sql`
      insert into ${sql.id(table)} overriding system value
      select * from jsonb_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(aside)}::jsonb)
      on conflict do nothing`.execute(db);
    back += Number(result.numAffectedRows ?? 0);
  }
  return back;
}
