import { sql, type Kysely } from 'kysely';
import { protectByRecord } from '../platform/db/row-security.js';

/** What made a customer that changes hands dear: 40 words of its contacts written anew, indexes, and triggers that compared every row with every other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await freeContactTokens(db);
  await leaveRoom(db);
  await compareOnce(db);
}

/**
 * A contact has eight words under which it is found, so a customer has forty, each in three indexes: a third of what a change
 * of hands cost. They are looked at together with their contact, so that they need not carry whose they are.
 */
async function freeContactTokens(db: Kysely<unknown>): Promise<void> {
  for (const policy of ['all_rows', 'scoped_read', 'scoped_insert', 'scoped_update', 'scoped_delete']) {
    await sql`drop policy ${sql.id(policy)} on contact_token`.execute(db);
  }
  // Indexes go with their columns.
  await sql`alter table contact_token drop column owner_id, drop column team_id, drop column customer_id`.execute(
    db,
  );
  await sql`create index contact_token_by_token on contact_token (token, contact_id desc)`.execute(db);
  await protectByRecord(db, 'contact_token', { table: 'contact', key: 'contact_id' });
  // The contact is gone when its words go, so nobody's own right would find them.
  await sql`
    create or replace function forget_contact_tokens() returns trigger language plpgsql
      security definer set search_path = public, pg_temp as $$
    begin
      delete from contact_token t using gone where t.contact_id = gone.contact_id;
      return null;
    end $$`.execute(db);
  await sql`revoke all on function forget_contact_tokens() from public`.execute(db);
}

/**
 * Owner and team stand in no index of these tables. With room left on a page a new version of a row stays on it, and no index
 * is written: a quarter of the cost.
 */
async function leaveRoom(db: Kysely<unknown>): Promise<void> {
  const tables = [
    'interaction',
    'order_line',
    'customer_key',
    'customer_score',
    'customer_churn',
    'customer_stage',
    'tier_result',
    'contract',
    'receivable',
    'payment',
    'customer_note',
  ];
  for (const table of tables) await sql`alter table ${sql.id(table)} set (fillfactor = 90)`.execute(db);
}

/**
 * Whether any row differs was asked with `exists`, which the planner answers by comparing every row before with every row
 * after until one is found: where none is, a statement over n customers took n * n steps. A count joins them by number.
 */
async function compareOnce(db: Kysely<unknown>): Promise<void> {
  const ask = async (name: string, difference: string) => {
    const { rows } = await sql<{ body: string }>`
      select prosrc as body from pg_proc where proname = ${name}`.execute(db);
    const asked = `if not exists (select from now join before using (customer_id)
             where ${difference}) then`;
    const body = rows[0]?.body ?? '';
    if (!body.includes(asked)) throw new Error(`${name} is not the function that was expected`);
    const better = body.replace(
      asked,
      `if (select count(*) from now join before using (customer_id)
             where ${difference}) = 0 then`,
    );
    await sql
      .raw(`create or replace function ${name}() returns trigger language plpgsql as $$${better}$$`)
      .execute(db);
  };
  await ask('group_membership_update', 'now.parent_customer_id is distinct from before.parent_customer_id');
  await ask(
    'keep_ownership',
    '(now.owner_id, now.team_id) is distinct from (before.owner_id, before.team_id)',
  );
}
