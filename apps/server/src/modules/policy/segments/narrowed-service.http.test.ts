import type {
  Capacity,
  Entitlement,
  EntitlementList,
  Segment,
  ServiceClockList,
  TierSet,
} from '@kezi/contract';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director } = server.users;

it('a segment narrows what tiers are promised, what is waited for and what waits for approval', async () => {
  await server.asSystem((db) =>
    sql`
      insert into customer (customer_no, name, region)
      select 'C' || n, '客户' || n, case when n % 3 = 0 then '上海' end from generate_series(1, 12) n`.execute(
      db,
    ),
  );
  const item = { field: 'region', is: 'in', values: ['上海'] };
  const { segmentId } = (
    await director.post<Segment>('/segments', {
      name: '上海的服务',
      rule: { match: 'all', not: false, items: [item] },
    })
  ).body;
  const names = ['金', '银'].map((name) => ({ name, badge: 'circle' }));
  const set = (await director.post<TierSet>('/tiers/sets', { name: '服务等级', tiers: names })).body;
  const [gold, silver] = set.tiers as [TierSet['tiers'][number], TierSet['tiers'][number]];
  await server.asSystem((db) => sql`update register_entry set tier_id = ${silver.tierId}`.execute(db));
  const promises = [{ tierId: silver.tierId, quantity: 2 }];
  await director.post('/entitlements', { kind: 'training', name: '培训', unitHours: 1, promises });
  const response = { kind: 'response', name: '答复', promises };
  const { entitlementId } = (await director.post<Entitlement>('/entitlements', response)).body;
  await server.asSystem(async (db) => {
    await sql`
      insert into service_clock (customer_id, source, source_id, asked_at, response_entitlement_id, response_hours, respond_by)
      select customer_id, 'need', customer_id, '2026-02-27T02:00:00Z', ${entitlementId}, 2, '2026-02-27T04:00:00Z'
      from customer`.execute(db);
    await sql`
      insert into tier_decision (kind, customer_id, from_tier_id, to_tier_id, status, reason, expires_on)
      select 'override', customer_id, ${silver.tierId}, ${gold.tierId}, 'waiting', '战略', '2026-12-31'
      from customer`.execute(db);
  });
  const figures = async (query: string) => {
    const { items } = (await director.get<EntitlementList>(`/entitlements?${query}`)).body;
    const clocks = (await director.get<ServiceClockList>(`/entitlements/clocks?${query}`)).body;
    const loads = (await director.get<Capacity>(`/entitlements/capacity?${query}`)).body.items;
    return {
      promised: items.find(({ name }) => name === '培训')?.promised,
      breached: items.find(({ name }) => name === '答复')?.breached,
      clocks: [clocks.items.length, clocks.total],
      hours: loads.reduce((sum, { promisedHours }) => sum + promisedHours, 0),
      decisions: (await director.get(`/tiers/decisions?${query}`)).body.items.length,
    };
  };
  const of = (customers: number) => ({
    promised: 2 * customers,
    breached: customers,
    clocks: [customers, { running: customers, late: customers }],
    hours: 2 * customers,
    decisions: customers,
  });
  expect(await figures('')).toEqual(of(12));
  expect(await figures(`segmentId=${segmentId}`)).toEqual(of(4));
});
