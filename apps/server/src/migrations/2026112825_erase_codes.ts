import { sql, type Kysely } from 'kysely';

/**
 * A column that takes certain codes alone (a currency, a status) holds no word of a person: where a mask is no such code, it
 * stays. A mask is as long as the word and leaves JSON what it is, so that no check of a free text is in its way. A field 'CNY' of a customer was looked for in the currency of their contracts, and they could not be erased.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function erase_words(of_customer bigint, words text[]) returns int language plpgsql
      security definer set search_path = public, pg_temp as $$
    declare
      place record;
      word text;
      -- As they stand in the text of JSON.
      escaped text[] := array(select trim(both '"' from to_jsonb(one)::text) from unnest(words) one);
      changed int;
      total int := 0;
    begin
      for place in
        select c.table_name as tab, c.column_name as col, c.data_type as kind
        from information_schema.columns c
        join information_schema.columns k using (table_schema, table_name)
        join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and k.column_name = 'customer_id' and t.table_type = 'BASE TABLE'
          and c.data_type in ('text', 'jsonb') and c.is_generated = 'NEVER'
          and c.table_name not in ('customer', 'customer_token', 'customer_key', 'register_entry', 'contact_token',
            'customer_order', 'customer_score')
      loop
        begin
          execute format(
            'update %1$I set %2$I = mask_words(%2$I::text, $1)::%3$s
              where customer_id = $2 and exists (select from unnest($1) word where strpos(%2$I::text, word) > 0)',
            place.tab, place.col, place.kind)
            using case when place.kind = 'text' then words else escaped end, of_customer;
          get diagnostics changed = row_count;
          total := total + changed;
        exception when check_violation or foreign_key_violation then null;
        end;
      end loop;
      foreach word in array words loop
        delete from idempotency_key where strpos(body, word) > 0;
        update job set result = null where strpos(result::text, word) > 0;
      end loop;
      return total;
    end $$`.execute(db);
}
