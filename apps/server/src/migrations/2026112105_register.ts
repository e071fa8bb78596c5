import { sql, type Kysely } from 'kysely';
import { protect } from '../platform/db/row-security.js';

/**
 * What the register needs to answer in bounded time with a million customers (bench/register.bench.ts). Figures are medians
 * with 1 million customers and 26 million tokens on two cores.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await orderCustomers(db);
  await orderTokens(db);
  await createReference(db);
}

/**
 * Value and id run in the same direction, so that a place among ties is found by one comparison of both
 * (`(clv, customer_id) < (..)`), forwards and backwards: page 10,000 takes as long as the first. The leads are the lanes of
 * find-customers.ts; without them the first page of one team of a hundred takes 13 ms instead of 1, a rare segment 225.
 */
async function orderCustomers(db: Kysely<unknown>): Promise<void> {
  for (const lead of ['', 'owner_id_', 'team_id_', 'industry_', 'region_', 'rfm_segment_']) {
    await sql.raw(`drop index customer_${lead}clv_customer_id_idx`).execute(db);
  }
  // What people filter by stands behind, where a walk tests it inside the index: two filters for ten teams of a hundred took
  // 72 ms with a look at every customer, and take 6 to 25 without. An index of 40 MB becomes one of 77.
  const filters = ['rfm_segment', 'region', 'industry'];
  for (const lead of [null, 'owner_id', 'team_id', ...filters]) {
    const name = `customer_by_${lead === null ? '' : `${lead}_`}clv`;
    const before = lead === null ? '' : `${lead}, `;
    const behind = filters.filter((column) => column !== lead).join(', ');
    await sql
      .raw(`create index ${name} on customer (${before}clv desc nulls last, customer_id desc, ${behind})`)
      .execute(db);
  }
  // A page by any other column sorted a million rows: 340 ms, by name (in the order of pinyin) 1,000 ms. Each index is 30 MB.
  const others = [
    'name collate "zh-Hans-x-icu"',
    'p_alive',
    'expected_orders',
    'orders',
    'monetary_value',
    'last_order_on',
    'next_order_on',
  ];
  for (const value of others) {
    await sql.raw(`create index on customer (${value} desc nulls last, customer_id desc)`).execute(db);
  }
}

async function orderTokens(db: Kysely<unknown>): Promise<void> {
  await sql`alter table customer_token drop constraint customer_token_pkey`.execute(db);
  await sql`drop index customer_token_customer_id_idx`.execute(db);
  // Byte by byte whatever the database's language: `begins with` is a range of the index then.
  await sql`alter table customer_token alter column token type text collate "C"`.execute(db);
  // The tokens of one customer, looked up row by row on a walk.
  await sql`alter table customer_token add primary key (customer_id, token)`.execute(db);
  // The customers of one token, by team. Owner and customer stand in the index, because the policy asks for the one and the
  // register for the other: without them it reads the table for every row (a frequent token took 2.2 s for a scoped user).
  await sql`create index on customer_token (token, team_id, owner_id, customer_id)`.execute(db);
  // Enough places to know the frequent bigrams by name; the rest is then known to be rare.
  await sql`alter table customer_token alter column token set statistics 1000`.execute(db);
  // A foreign key asks once a row whether the customer is there, 26 times a customer, which doubles the time of an import.
  // Tokens are written with their customer, and this takes them away with it, a statement at a time.
  await sql`alter table customer_token drop constraint customer_token_customer_id_fkey`.execute(db);
  await sql`
    create function forget_customer_tokens() returns trigger language plpgsql as $$
    begin
      delete from customer_token t using gone where t.customer_id = gone.customer_id;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger forget_tokens after delete on customer referencing old table as gone
      for each statement execute function forget_customer_tokens()`.execute(db);
}

/** The middle customer of a run, against whom a value is explained: worked out once, for a sort of a million takes seconds. */
async function createReference(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table customer_score_reference (
      valuation_run_id bigint primary key references valuation_run on delete cascade,
      survival float8 not null,
      order_rate float8 not null,
      spend float8 not null
    )`.execute(db);
  await protect(db, 'customer_score_reference', 'true');
  await sql`revoke insert, update, delete on customer_score_reference from kezi_scoped`.execute(db);
}
