import { lookalikes, poachingRisk } from '@kezi/contract';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { judgeLookalikes } from './judge-lookalikes.js';

const server = await testServer();
const { users } = server;

const day = (ago: number): string =>
  new Date(Date.parse('2026-03-01') - ago * 86_400_000).toISOString().slice(0, 10);

/** Orders so many days ago, of so much. */
async function bought(orders: readonly (readonly [number, number])[]): Promise<number> {
  const { customerId } = await made(users.member);
  for (const [ago, amount] of orders) await orderOf(server, customerId, day(ago), amount * 100);
  return customerId;
}

// Of four half-years, the oldest first. The second fell once and was lost since; the first falls now.
const falling = await bought([
  [700, 100],
  [500, 100],
  [300, 100],
  [0, 40],
]);
const lost = await bought([
  [500, 100],
  [300, 50],
]);
const steady = await bought([
  [500, 100],
  [300, 100],
  [100, 100],
]);

/** As the night does, after the detectors. */
async function findAnew(): Promise<void> {
  await publish(server, day(0), [{ customerId: steady, pAlive: 0.9, spend: 100, clv: 900 }]);
  await users.director.post('/warnings/runs');
  await server.runJobs();
}

describe('poaching risk', () => {
  it('names the signs, and how far they were right half a year ago', async () => {
    await users.member.post(`/customers/${falling}/notes`, {
      kind: 'competitor',
      title: '对手甲',
      notedOn: day(20),
    });
    await users.member.post(`/customers/${steady}/interactions`, {
      kind: 'call',
      summary: '客户说我们报价高，要比价',
      happenedAt: `${day(10)}T02:00:00Z`,
    });
    const before = poachingRisk.parse((await users.member.get('/prospects/poaching')).body);
    expect(before).toEqual({ asOf: null, baseRate: null, backtest: [], items: [] });
    await findAnew();
    const { body } = await users.member.get('/prospects/poaching');
    const found = poachingRisk.parse(body);
    expect(found.items).toMatchObject([
      {
        customerId: falling,
        reasons: [
          { reason: 'spend-falling', detail: 0.6 },
          { reason: 'competitor', detail: '对手甲' },
        ],
      },
      { customerId: steady, reasons: [{ reason: 'price-complaint', detail: day(10) }] },
    ]);
    // Then: three ordered, two of them spend less than half since; of the one whose share fell, all.
    expect(found.baseRate).toBeCloseTo(2 / 3, 9);
    expect(found.backtest[0]).toMatchObject({ sign: 'spend-falling', customers: 1, lost: 1, rate: 1 });
    expect(found.backtest[0]?.lift).toBeCloseTo(1.5, 9);
    expect(lost).toBeGreaterThan(0);
    expect(poachingRisk.parse((await users.stranger.get('/prospects/poaching')).body).items).toEqual([]);
  });
});

describe('both', () => {
  it('are found anew when there is something new, not after every run of the detectors', async () => {
    const runs = async () =>
      server.asSystem(async (db) => {
        const { rows } = await sql<{
          count: number;
        }>`select count(*)::int as count from prospect_run`.execute(db);
        return rows[0]!.count;
      });
    const again = async () => {
      await users.director.post('/warnings/runs');
      await server.runJobs();
      return runs();
    };
    const before = await runs();
    expect(await again()).toBe(before);
    const rival = { kind: 'competitor', title: '对手乙', notedOn: day(3) };
    await users.member.post(`/customers/${steady}/notes`, rival);
    expect(await again()).toBe(before + 1);
    const { body } = await users.member.get('/prospects/poaching');
    const found = poachingRisk.parse(body).items.find(({ customerId }) => customerId === steady);
    expect(found?.reasons).toContainEqual({
      reason: 'competitor',
      detail: '对手乙',
    });
    expect(await again()).toBe(before + 1);
  });
});

describe('customers who look like the best did', () => {
  it('are not made up where there is too little to learn from', async () => {
    const found = lookalikes.parse((await users.director.get('/prospects/lookalikes')).body);
    expect(found).toMatchObject({
      asOf: day(0),
      lack: { reason: 'risen', rose: 1, needed: 30 },
      model: null,
      items: [],
    });
  });

  it('want two years of orders, and say how many days there are', async () => {
    const found = await server.asSystem((db) => judgeLookalikes(db, day(300)));
    expect(found).toEqual({ lack: { reason: 'history', days: 400, needed: 700 }, judged: [] });
  });

  it('are kept with what speaks for them, and where nothing does, without', async () => {
    // Every fifth bought half as much again towards the end of the first year, and several times as much since.
    await server.asSystem((db) =>
      sql`
        with company as (
          insert into customer (customer_no, name, owner_id, team_id)
          select 'L' || n, 'L' || n, ${users.member.userId}, t.team_id
          from generate_series(1, 3000) n, (select team_id from customer where customer_id = ${steady}) t
          returning customer_id, owner_id, team_id, substr(customer_no, 2)::int as n)
        insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor,
          base_amount_minor, line_count, content_hash)
        select 'L' || n || '-' || k, customer_id, ${day(0)}::date - (760 - 90 * k - n % 17), 'CNY', a, a, 1, 'x'
        from company, generate_series(0, 7) k, lateral (
          select (20000 + n * 37 % 9000) * case when n % 5 > 0 or k < 3 then 2 when k < 5 then 3 else 4 + n * 53 % 9 end as a) amount`.execute(
        db,
      ),
    );
    await findAnew();
    const found = lookalikes.parse((await users.director.get('/prospects/lookalikes')).body);
    expect(found.model?.lift).toBeGreaterThan(1);
    const rows = await server.asSystem((db) => db.selectFrom('lookalike').select('because').execute());
    expect(new Set(rows.map(({ because }) => because.length > 0))).toEqual(new Set([true, false]));
  });
});
