import { sql, type Kysely } from 'kysely';
import { protectByOwnerAndTeam } from '../platform/db/row-security.js';

/**
 * Since when and until when a customer stood under which parent. `customer.parent_customer_id` says it for today; this table
 * follows it by triggers, so that whoever moves a customer (a person, an import, its undoing) leaves the same trace.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table group_membership (
      group_membership_id bigint generated always as identity primary key,
      customer_id bigint not null references customer on delete cascade,
      parent_customer_id bigint not null references customer on delete cascade,
      owner_id int,
      team_id int,
      from_on date not null,
      -- The first day on which it no longer holds; null while it does.
      until_on date check (until_on > from_on),
      created_by int default nullif(current_setting('kezi.user_id', true), '')::int,
      created_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create unique index group_membership_present on group_membership (customer_id) where until_on is null`.execute(
    db,
  );
  await sql`create index on group_membership (customer_id, from_on desc)`.execute(db);
  await sql`create index on group_membership (parent_customer_id, from_on desc)`.execute(db);
  await takeOver(db);
  await protectByOwnerAndTeam(db, 'group_membership');
  await followParents(db);
  await coverOrders(db);
}

/** The day that the mover says, else today. */
const today = `coalesce(nullif(current_setting('kezi.effective_on', true), '')::date,
  (now() at time zone coalesce((select time_zone from organisation limit 1), 'Asia/Shanghai'))::date)`;

/** Row-level security is forced on `customer`: it is set aside while its owner reads the parents of now. */
async function takeOver(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer no force row level security`.execute(db);
  await sql`
    insert into group_membership (customer_id, parent_customer_id, owner_id, team_id, from_on, created_by)
    select customer_id, parent_customer_id, owner_id, team_id, created_at::date, null
    from customer where parent_customer_id is not null`.execute(db);
  await sql`alter table customer force row level security`.execute(db);
}

/** What did not last a day was a slip and leaves no trace. */
async function followParents(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function group_membership_insert() returns trigger language plpgsql as $$
       begin
         insert into group_membership (customer_id, parent_customer_id, owner_id, team_id, from_on)
         select customer_id, parent_customer_id, owner_id, team_id, ${today} from now
         where parent_customer_id is not null;
         return null;
       end $$`,
    )
    .execute(db);
  await sql
    .raw(
      `create function group_membership_update() returns trigger language plpgsql as $$
       begin
         if not exists (select from now join before using (customer_id)
             where now.parent_customer_id is distinct from before.parent_customer_id) then
           return null;
         end if;
         delete from group_membership m using now join before using (customer_id)
         where m.customer_id = now.customer_id and m.until_on is null and m.from_on >= ${today}
           and now.parent_customer_id is distinct from before.parent_customer_id;
         update group_membership m set until_on = ${today} from now join before using (customer_id)
         where m.customer_id = now.customer_id and m.until_on is null
           and now.parent_customer_id is distinct from before.parent_customer_id;
         insert into group_membership (customer_id, parent_customer_id, owner_id, team_id, from_on)
         select now.customer_id, now.parent_customer_id, now.owner_id, now.team_id, ${today}
         from now join before using (customer_id)
         where now.parent_customer_id is not null
           and now.parent_customer_id is distinct from before.parent_customer_id;
         return null;
       end $$`,
    )
    .execute(db);
  await sql`
    create trigger group_membership_insert after insert on customer referencing new table as now
      for each statement execute function group_membership_insert()`.execute(db);
  await sql`
    create trigger group_membership_update after update on customer
      referencing old table as before new table as now
      for each statement execute function group_membership_update()`.execute(db);
}

/** Sums over a group read amounts, owner and team in the index: 10,000 subsidiaries need no look at their orders. */
async function coverOrders(db: Kysely<unknown>): Promise<void> {
  await sql`drop index customer_order_customer_id_ordered_on_idx`.execute(db);
  await sql`
    create index customer_order_of_customer on customer_order (customer_id, ordered_on)
    include (base_amount_minor, owner_id, team_id)`.execute(db);
}
