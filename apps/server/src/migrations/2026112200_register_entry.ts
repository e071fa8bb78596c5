import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/**
 * The register's own table: one row a customer with what it lists, filters and sorts by. Who and where the customer is
 * follows `customer` by triggers; the figures come with a published run, for which the whole table is built aside and put
 * in place (next-register.ts). On `customer` itself a run of a million wrote into thirteen indexes row by row for eight
 * minutes, and whoever edited a customer waited for its end.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createEntry(db);
  await takeOver(db);
  await orderEntries(db);
  await protectByOwnerAndTeam(db, 'register_entry');
  await followCustomers(db);
  await buildAside(db);
}

const followed =
  'customer_id, customer_no, name, short_name, parent_customer_id, owner_id, team_id, region, industry';

const figures = [
  'score_run_id',
  'orders',
  'last_order_on',
  'monetary_value',
  'p_alive',
  'expected_orders',
  'clv',
  'clv_low',
  'clv_high',
  'next_order_on',
  'rfm_segment',
];

async function createEntry(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table register_entry (
      customer_id bigint primary key,
      customer_no text not null,
      name text not null,
      short_name text,
      parent_customer_id bigint,
      owner_id int,
      team_id int,
      region text,
      industry text,
      -- Null without a value in the run that is shown.
      score_run_id bigint,
      orders int,
      last_order_on date,
      monetary_value float8,
      p_alive float8,
      expected_orders float8,
      clv float8,
      clv_low float8,
      clv_high float8,
      next_order_on date,
      rfm_segment text
    )`.execute(db);
}

/** Row-level security is forced on `customer`: it is set aside while its owner moves the rows. */
async function takeOver(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer no force row level security`.execute(db);
  await sql
    .raw(
      `insert into register_entry (${followed}, ${figures.join(', ')})
       select ${followed}, ${figures.join(', ')} from customer`,
    )
    .execute(db);
  // The indexes go with their columns.
  await sql
    .raw(`alter table customer ${figures.map((name) => `drop column ${name}`).join(', ')}`)
    .execute(db);
  await sql`drop index if exists customer_name_customer_id_idx`.execute(db);
  await sql`alter table customer force row level security`.execute(db);
}

/**
 * Value and id run in the same direction, so that a place among ties is found by one comparison of both, forwards and
 * backwards; what people filter by stands behind, where a walk tests it inside the index. The leads are the lanes of
 * find-customers.ts. Each index by value is 77 MB at a million, the others 30.
 */
async function orderEntries(db: Kysely<unknown>): Promise<void> {
  const filters = ['rfm_segment', 'region', 'industry'];
  for (const lead of [null, 'owner_id', 'team_id', ...filters]) {
    const name = `register_entry_by_${lead === null ? '' : `${lead}_`}clv`;
    const before = lead === null ? '' : `${lead}, `;
    const behind = filters.filter((column) => column !== lead).join(', ');
    await sql
      .raw(
        `create index ${name} on register_entry (${before}clv desc nulls last, customer_id desc, ${behind})`,
      )
      .execute(db);
  }
  const others = ['p_alive', 'expected_orders', 'orders', 'monetary_value', 'last_order_on', 'next_order_on'];
  for (const value of others) {
    await sql
      .raw(
        `create index register_entry_by_${value} on register_entry (${value} desc nulls last, customer_id desc)`,
      )
      .execute(db);
  }
  // In the order of pinyin.
  await sql`create index register_entry_by_name
    on register_entry (name collate "zh-Hans-x-icu" desc nulls last, customer_id desc)`.execute(db);
  await sql`create index register_entry_by_parent
    on register_entry (parent_customer_id) where parent_customer_id is not null`.execute(db);
}

/** With the rights of whoever changes the customer: an entry is seen and written by those who see and write the customer. */
async function followCustomers(db: Kysely<unknown>): Promise<void> {
  const names = followed.split(', ');
  const ofNow = names.map((name) => `now.${name}`).join(', ');
  const ofBefore = names.map((name) => `before.${name}`).join(', ');
  const follow = async (event: string, tables: string, body: string) => {
    await sql
      .raw(
        `create function register_${event}() returns trigger language plpgsql as $$
         begin
           ${body};
           return null;
         end $$`,
      )
      .execute(db);
    await sql
      .raw(
        `create trigger register_${event} after ${event} on customer referencing ${tables}
         for each statement execute function register_${event}()`,
      )
      .execute(db);
  };
  await follow(
    'insert',
    'new table as now',
    `insert into register_entry (${followed}) select ${followed} from now`,
  );
  await follow(
    'update',
    'old table as before new table as now',
    `update register_entry entry set (${followed}) = (${ofNow})
     from now join before using (customer_id)
     where entry.customer_id = now.customer_id and (${ofNow}) is distinct from (${ofBefore})`,
  );
  await follow(
    'delete',
    'old table as gone',
    'delete from register_entry entry using gone where entry.customer_id = gone.customer_id',
  );
}

const dropNext = 'begin drop table if exists register_entry_next; end';

const beginNext = `declare
  rule pg_policies;
  allowed record;
begin
  perform drop_next_register();
  create table register_entry_next (like register_entry including defaults including constraints);
  alter table register_entry_next enable row level security;
  alter table register_entry_next force row level security;
  for rule in select * from pg_policies where schemaname = 'public' and tablename = 'register_entry' loop
    execute format('create policy %I on register_entry_next for %s to %s using (%s) with check (%s)',
      rule.policyname, rule.cmd, array_to_string(rule.roles, ', '), rule.qual, rule.with_check);
  end loop;
  for allowed in
    select grantee, privilege_type from information_schema.role_table_grants
    where table_schema = 'public' and table_name = 'register_entry' and grantee in ('kezi_all', 'kezi_scoped')
  loop
    execute format('grant %s on register_entry_next to %I', allowed.privilege_type, allowed.grantee);
  end loop;
end`;

/** Index by index, so that a run may be cancelled between two; the last one is followed by statistics. */
const indexNext = `declare
  missing record;
begin
  select now.indexname as name, now.indexdef as definition into missing
  from pg_indexes now
  where now.schemaname = 'public' and now.tablename = 'register_entry' and not exists (
    select from pg_indexes made
    where made.schemaname = 'public' and made.indexname = now.indexname || '_next')
  order by now.indexname limit 1;
  if missing is null then
    analyze register_entry_next;
    return false;
  end if;
  execute replace(replace(missing.definition, ' INDEX ' || missing.name || ' ON ', ' INDEX ' || missing.name || '_next ON '),
    ' ON public.register_entry ', ' ON public.register_entry_next ');
  return true;
end`;

const placeNext = `declare
  made record;
begin
  drop table register_entry;
  alter table register_entry_next rename to register_entry;
  alter table register_entry add primary key using index register_entry_pkey_next;
  for made in
    select indexname as name from pg_indexes
    where schemaname = 'public' and tablename = 'register_entry' and indexname like '%\\_next'
  loop
    execute format('alter index %I rename to %I', made.name, left(made.name, -5));
  end loop;
end`;

/**
 * Making tables is the owner's right, so these four run with it. They make, index, place and drop the one table and can do
 * nothing else; rows are read and written by the caller under the policies. The next table is made like the present one,
 * whatever columns, indexes and policies later migrations give it.
 */
async function buildAside(db: Kysely<unknown>): Promise<void> {
  const define = async (signature: string, result: string, body: string) => {
    await sql
      .raw(
        `create function ${signature} returns ${result} language plpgsql security definer
         set search_path = public, pg_temp set maintenance_work_mem = '256MB' as $$ ${body} $$`,
      )
      .execute(db);
    await sql.raw(`revoke all on function ${signature} from public`).execute(db);
    await sql.raw(`grant execute on function ${signature} to kezi_all`).execute(db);
  };
  await define('drop_next_register()', 'void', dropNext);
  await define('begin_next_register()', 'void', beginNext);
  await define('index_next_register()', 'boolean', indexNext);
  await define('place_next_register()', 'void', placeNext);
}
