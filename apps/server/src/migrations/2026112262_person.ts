import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** What a contact has agreed to, and how their data is taken out of everything kept of their customer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table contact add column erased_at timestamptz`.execute(db);
  await sql`
    create table contact_consent (
      contact_consent_id bigint generated always as identity primary key,
      contact_id bigint not null references contact,
      customer_id bigint not null references customer,
      owner_id int,
      team_id int,
      purpose text not null check (purpose in ('contract', 'service', 'marketing', 'research')),
      -- The ground on which it is done: PIPL article 13, GDPR article 6.
      basis text not null check (basis in ('consent', 'contract', 'legal', 'legitimate')),
      given_on date not null,
      withdrawn_on date check (withdrawn_on >= given_on),
      -- How it was given: a form, a mail, a call.
      source text check (length(source) <= 500),
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index on contact_consent (contact_id)`.execute(db);
  await sql`create index on contact_consent (customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'contact_consent');
  await createErasing(db);
}

/**
 * Names, numbers and addresses of a person are masked wherever text is kept of their customer, in whatever table it stands,
 * those of later migrations included. Masks are as long as what they cover, so that no limit is passed. The books are not
 * touched: of customers and their orders nothing is changed.
 */
async function createErasing(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function mask_words(body text, words text[]) returns text language plpgsql immutable as $$
    declare
      word text;
    begin
      foreach word in array words loop
        body := replace(body, word, repeat('*', length(word)));
      end loop;
      return body;
    end $$`.execute(db);
  await sql`
    create function erase_words(of_customer bigint, words text[]) returns int language plpgsql
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
        execute format(
          'update %1$I set %2$I = mask_words(%2$I::text, $1)::%3$s
            where customer_id = $2 and exists (select from unnest($1) word where strpos(%2$I::text, word) > 0)',
          place.tab, place.col, place.kind)
          using case when place.kind = 'text' then words else escaped end, of_customer;
        get diagnostics changed = row_count;
        total := total + changed;
      end loop;
      foreach word in array words loop
        delete from idempotency_key where strpos(body, word) > 0;
        update job set result = null where strpos(result::text, word) > 0;
      end loop;
      return total;
    end $$`.execute(db);
  await sql`revoke all on function erase_words(bigint, text[]) from public`.execute(db);
  await sql`grant execute on function erase_words(bigint, text[]) to kezi_all`.execute(db);
}
