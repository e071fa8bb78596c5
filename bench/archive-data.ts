import type pg from 'pg';
import { fillRegister, withoutIndexes } from './register-data.js';

/**
 * Rows of a table by a question, made inside the database, without its triggers, foreign keys and indexes: triggers and keys
 * are for what changes later, and indexes are made by sorting afterwards.
 */
async function fill(database: pg.Client, table: string, columns: string, question: string): Promise<void> {
  await database.query(`alter table ${table} disable trigger all`);
  await withoutIndexes(database, table, async () => {
    await database.query(`insert into ${table} (${columns}) ${question}`);
  });
  await database.query(`alter table ${table} enable trigger all`);
  await database.query(`vacuum analyze ${table}`);
}

const own = 'c.customer_id, c.owner_id, c.team_id';

/** What people write down: five contacts a customer, sixteen interactions, a note. */
async function fillRecords(database: pg.Client): Promise<void> {
  await fill(
    database,
    'contact',
    'customer_id, name, phones, is_primary',
    `select c.customer_id, '王小' || (c.customer_id * 5 + n) % 3000,
       array['138' || lpad((c.customer_id * 5 + n)::text, 8, '0')], n = 1
     from customer c, generate_series(1, 5) n order by c.customer_id, n`,
  );
  // In the order in which they happened, as they are written.
  await fill(
    database,
    'interaction',
    'customer_id, kind, happened_at, summary',
    `select c.customer_id, (array['visit', 'call', 'meeting', 'message', 'mail', 'note'])[1 + n % 6],
       timestamptz '2026-11-01' - make_interval(days => (n * 23 + c.customer_id % 23)::int), '谈了第' || n || '次的价格和交期'
     from generate_series(16, 1, -1) n, customer c`,
  );
  await fill(
    database,
    'customer_note',
    'customer_id, kind, title, status, noted_on',
    `select c.customer_id, 'need', '要更短的交期', 'open', date '2026-10-01' from customer c`,
  );
}

/** What comes of orders and of runs: four orders of two lines, a value, keys, quality, profile. */
async function fillFigures(database: pg.Client): Promise<void> {
  await fill(
    database,
    'customer_order',
    `customer_id, order_key, order_no, ordered_on, currency, amount_minor, base_amount_minor,
     line_count, content_hash`,
    `select c.customer_id, 'O' || c.customer_id || '-' || n, 'O' || c.customer_id || '-' || n, date '2026-11-01' - n * 40,
       'CNY', 10000 * n, 10000 * n, 2, ''
     from generate_series(4, 1, -1) n, customer c`,
  );
  await fill(
    database,
    'order_line',
    'order_id, line_no, customer_id, amount_minor, base_amount_minor',
    `select o.order_id, n, o.customer_id, o.amount_minor / 2, o.base_amount_minor / 2
     from customer_order o, generate_series(1, 2) n`,
  );
  await fill(
    database,
    'customer_score',
    `valuation_run_id, customer_id, owner_id, team_id, orders, frequency, recency, age, monetary_value, expected_orders,
     expected_spend, clv, clv_low, clv_high, clv_sd`,
    `select 1, ${own}, 4, 3, 120, 200, 250, 2, 250, 500, 300, 800, 100 from customer c`,
  );
  await fill(
    database,
    'customer_key',
    'customer_id, key, region',
    `select c.customer_id, 'n:' || n || c.name, c.region from customer c, generate_series(1, 3) n`,
  );
  await fill(
    database,
    'customer_quality',
    'customer_id, owner_id, team_id, completeness, freshness, touched_on',
    `select ${own}, 60, 70, date '2026-10-01' from customer c`,
  );
  await fill(
    database,
    'customer_profile',
    'customer_id, owner_id, team_id, size, source',
    `select ${own}, 'small', 'web' from customer c`,
  );
  await fill(
    database,
    'customer_stage',
    'customer_id, owner_id, team_id, stage, reason, entered_on',
    `select ${own}, 'mature', 'on-rhythm', date '2026-06-01' from customer c`,
  );
  // As the triggers of stages would have left it.
  await withoutIndexes(database, 'register_entry', async () => {
    await database.query(`update register_entry set stage = 'mature', stage_rank = stage_rank_of('mature')`);
  });
  await database.query('vacuum analyze register_entry');
  await fill(
    database,
    'ownership_period',
    'customer_id, owner_id, team_id, holder_id, holder_team_id, started_at, manner',
    `select ${own}, c.owner_id, c.team_id, timestamptz '2026-01-01', 'start' from customer c`,
  );
}

/** Customers with everything that a company writes down of them: 20 entries of a timeline each, some 80 rows in all. */
export async function fillArchive(database: pg.Client, count: number): Promise<void> {
  await fillRegister(database, count);
  await fillRecords(database);
  await fillFigures(database);
}

/** Eight words a contact under which it is found. */
export async function fillWords(database: pg.Client): Promise<void> {
  await fill(
    database,
    'contact_token',
    'token, contact_id',
    `select words.word, k.contact_id from contact k cross join lateral unnest(array[
       '王', '小', k.name, 'wang' || right(k.name, 2), 'w' || right(k.name, 2), 'wx' || right(k.name, 3),
       '=' || k.phones[1], '=' || right(k.phones[1], 4)]) as words(word)`,
  );
}
