import type { TierDefinition } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../platform/db/scoped-db.js';
import type { TestServer } from './test-server.js';

/** 200 customers, the n-th with n orders of 100 n yuan in the last year; the first ten are the member's. */
export async function fillGraded(server: TestServer): Promise<void> {
  const { member, teams } = server.users;
  await server.asSystem(async (db) => {
    await sql`
      insert into customer (customer_no, name, owner_id, team_id, custom)
      select 'C' || n, '客户' || n, case when n <= 10 then ${member.userId}::int end,
        case when n <= 10 then ${teams.north1}::int end,
        jsonb_build_object('评分', n % 10, '备注', 'x')
      from generate_series(1, 200) n`.execute(db);
    await addOrders(db, 'a', 'n', 'n');
  });
}

/** So many orders of each customer within the last year; `count` and `amount` are SQL of its number `n`. */
export async function addOrders(db: Db, key: string, count: string, amount: string): Promise<void> {
  await sql`
    insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor,
      base_amount_minor, line_count, content_hash)
    select ${key} || c.customer_id || '-' || k, c.customer_id, date '2026-03-01' - (k % 300)::int,
      'CNY', ${sql.raw(amount)} * 10000, ${sql.raw(amount)} * 10000, 1, 'h'
    from (select *, substr(customer_no, 2)::int as n from customer) c, generate_series(1, ${sql.raw(count)}) k`.execute(
    db,
  );
}

/** Spend and orders, the best twentieth and the fifth after it. */
export const gradedBy = (more: Partial<TierDefinition> = {}) => ({
  axes: [
    {
      key: 'value',
      name: '价值',
      weight: 100,
      indicators: [
        { feature: 'spend12m', weight: 60 },
        { feature: 'orders12m', weight: 40 },
      ],
    },
  ],
  cut: 'quantile',
  cuts: [0.05, 0.2],
  ...more,
});

/** How many customers the register shows in each tier, by its name. */
export async function tierCounts(server: TestServer): Promise<Record<string, number>> {
  const { rows } = await server.asSystem((db) =>
    sql<{ name: string | null; count: number }>`
      select tier.name, count(*) as count from register_entry left join tier using (tier_id) group by 1 order by 1`.execute(
      db,
    ),
  );
  return Object.fromEntries(rows.map((row) => [String(row.name), row.count]));
}

/** @returns the id that a customer goes by */
export async function customerIdOf(server: TestServer, no: string): Promise<number> {
  const { customer_id } = await server.asSystem((db) =>
    db.selectFrom('customer').where('customer_no', '=', no).select('customer_id').executeTakeFirstOrThrow(),
  );
  return customer_id;
}
