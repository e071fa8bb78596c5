import type { EntitlementList, ServiceClockList, TierSet } from '@kezi/contract';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { askDemoQuestions } from './demo-clocks.js';

// Monday, 16:00 in Shanghai.
const server = await testServer({ clock: '2026-03-02T08:00:00Z' });
const { director, member } = server.users;
const customers = 12;

const hear = () =>
  server.asSystem((db) =>
    askDemoQuestions.hear({ tierRunId: 1, previousRunId: null }, server.platform, db, {
      eventId: 1,
      recordedAt: '2026-03-02T08:00:00Z',
    }),
  );
const clocks = async () =>
  (await director.get<ServiceClockList>('/entitlements/clocks?state=all&limit=200')).body;
const counted = async (kind: string) => {
  const { items } = (await director.get<EntitlementList>('/entitlements')).body;
  const { used, breached } = items.find((item) => item.kind === kind)!;
  return { used, breached };
};

it('asks of the made-up company what is answered in time for the most part, once, and nothing of a real one', async () => {
  const set = await director.post<TierSet>('/tiers/sets', {
    name: '两级',
    tiers: [
      { name: '金牌', badge: 'medal' },
      { name: '其他', badge: 'circle' },
    ],
  });
  const tierId = set.body.tiers[0]!.tierId;
  for (const [kind, quantity] of [
    ['response', 2],
    ['solution', 24],
  ] as const)
    await director.post('/entitlements', { kind, name: kind, promises: [{ tierId, quantity }] });
  for (let i = 0; i < customers; i++) {
    const { customerId } = await made(member);
    await member.post(`/customers/${customerId}/notes`, {
      kind: 'need',
      title: '小包装',
      notedOn: '2026-01-05',
    });
  }
  await server.asSystem((db) =>
    sql`update register_entry set tier_id = ${tierId}, tier_rank = 1`.execute(db),
  );
  await hear();
  expect((await clocks()).items).toEqual([]);

  await server.asSystem((db) =>
    sql`insert into job (kind, params, status, created_by)
      values ('imports.demo', '{}', 'done', (select id from app_user where role = 'administrator' limit 1))`.execute(
      db,
    ),
  );
  await hear();
  const [response, solution] = [await counted('response'), await counted('solution')];
  for (const { used, breached } of [response, solution]) {
    expect(breached).toBeGreaterThan(0);
    expect(used).toBeGreaterThan(2 * breached);
  }
  const { items, total } = await clocks();
  expect(items.length).toBeGreaterThan(2.5 * customers);
  expect(total.running).toBeGreaterThan(0);
  for (const { askedAt, respondedAt, solvedAt } of items)
    expect([askedAt, respondedAt ?? askedAt, solvedAt ?? '9'].toSorted()).toEqual([
      askedAt,
      respondedAt ?? askedAt,
      solvedAt ?? '9',
    ]);

  // What is told of the needs afterwards, and the same told again, changes nothing.
  await server.runJobs();
  await hear();
  expect(await clocks()).toEqual({ items, total });
});
