import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';

/*
 * Where a customer is spoken of. The list is read from the database's own catalogue at every merge, so that a table that
 * somebody adds goes along without being named here: every column that refers to `customer`, or is called `customer_id` or
 * `..._customer_id`. What is named here are the exceptions.
 */

/** Rows that are made from others and are made again. */
const derived = new Set([
  'customer_token',
  'customer_key',
  'customer_quality',
  'register_entry',
  'register_entry_next',
  'lake_dirty_customer',
  'warning_dirty_customer',
  'warning_look',
  'poaching_sign',
  'lookalike',
]);
/** Rows that speak of one record, not of the company behind it: set aside with it, and back when it comes back. */
const ofOneRecord = new Set(['customer_score', 'customer_churn', 'duplicate_pair']);
/** Columns that name a record that is gone. */
const names = new Set(['customer_alias.former_customer_id']);

/** A rule that no two rows are alike in some columns. */
interface Unique {
  others: string[];
  /** Where the rule holds for some rows only. */
  predicate: string | null;
}

export interface CustomerReference {
  table: string;
  column: string;
  /** Columns of the primary key. */
  key: string[];
  uniques: Unique[];
  /** Other columns of the table that speak of a customer. */
  siblings: string[];
  /** False for tables that are only ever added to: their rows keep the number of the customer they were written for. */
  canChange: boolean;
  isOfOneRecord: boolean;
}

type Row = Omit<CustomerReference, 'isOfOneRecord' | 'siblings'>;

/** Every column that speaks of a customer, but the parent of `customer` itself. */
export async function customerReferences(db: Db): Promise<CustomerReference[]> {
  const { rows } = await sql<Row>`
    select c.relname as "table", a.attname as "column",
      array(select k.attname::text from pg_constraint p
          cross join unnest(p.conkey) with ordinality as u(num, place)
          join pg_attribute k on k.attrelid = c.oid and k.attnum = u.num
        where p.conrelid = c.oid and p.contype = 'p' order by u.place) as key,
      coalesce((select jsonb_agg(jsonb_build_object(
          'others', array(select o.attname::text from unnest(i.indkey::int2[]) as n(num)
            join pg_attribute o on o.attrelid = c.oid and o.attnum = n.num where o.attnum <> a.attnum),
          'predicate', pg_get_expr(i.indpred, i.indrelid)))
        from pg_index i where i.indrelid = c.oid and i.indisunique and i.indexprs is null
          and a.attnum = any (i.indkey::int2[])), '[]'::jsonb) as uniques,
      has_table_privilege('kezi_all', c.oid, 'update') and has_table_privilege('kezi_all', c.oid, 'delete') as "canChange"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'customer'
      and a.atttypid = 'bigint'::regtype
      and (a.attname = 'customer_id' or a.attname like '%\\_customer\\_id' or exists (
        select from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
          and f.confrelid = 'customer'::regclass and f.conkey = array[a.attnum]))
    order by c.relname, a.attname`.execute(db);
  const kept = rows.filter(({ table, column }) => !derived.has(table) && !names.has(`${table}.${column}`));
  return kept.map((row) => ({
    ...row,
    isOfOneRecord: ofOneRecord.has(row.table),
    siblings: kept
      .filter(({ table, column }) => table === row.table && column !== row.column)
      .map(({ column }) => column),
  }));
}
