import { sql, type Kysely } from 'kysely';
import { protect, protectByOwnerAndTeam } from '../platform/db/row-security.js';

/** Who may be won over by others and who may rise, as the last run of the detectors found them; whole at every run. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table prospect_run (
      prospect_run_id bigint generated always as identity primary key,
      as_of date not null,
      -- How the model of the customers who rise did on those held out; null where too few rose.
      model jsonb,
      created_at timestamptz not null default now()
    )`.execute(db);
  await protect(db, 'prospect_run', 'true');
  await sql`revoke insert, update, delete on prospect_run from kezi_scoped`.execute(db);

  await sql`
    create table poaching_sign (
      customer_id bigint primary key,
      owner_id int,
      team_id int,
      -- The signs of today: share of spend lost, day of the complaint, name of the competitor, end of the contract.
      falling float8,
      complained_on date,
      competitor text,
      ending_on date,
      -- Those half a year ago, and what became of them; null for who did not order then.
      past_signs text[],
      is_lost boolean
    )`.execute(db);
  await sql`create index on poaching_sign (num_nonnulls(falling, complained_on, competitor, ending_on))`.execute(
    db,
  );
  await protectByOwnerAndTeam(db, 'poaching_sign');

  await sql`
    create table lookalike (
      customer_id bigint primary key,
      owner_id int,
      team_id int,
      probability float8 not null check (probability between 0 and 1),
      -- Features that speak for the customer most, the strongest first.
      because text[] not null
    )`.execute(db);
  await sql`create index on lookalike (probability desc, customer_id)`.execute(db);
  await protectByOwnerAndTeam(db, 'lookalike');

  await sql`
    create function forget_prospects() returns trigger language plpgsql
      security definer set search_path = public, pg_temp as $$
    begin
      delete from poaching_sign sign using gone where sign.customer_id = gone.customer_id;
      delete from lookalike look using gone where look.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_prospects after delete on customer
    referencing old table as gone for each statement execute function forget_prospects()`.execute(db);
}
