import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

/** How many customers the last run looked at for falling spend; null: everybody. */
async function looked(): Promise<number | null> {
  await server.runJobs();
  const { rows } = await server.asSystem((db) =>
    sql<{ looked: number | null }>`
      select (counts -> 'spend-fall' ->> 'looked')::int as looked from warning_run order by warning_run_id desc limit 1`.execute(
      db,
    ),
  );
  return rows[0]!.looked;
}

async function byDay(): Promise<number | null> {
  expect((await users.director.post('/warnings/runs')).status).toBe(202);
  return looked();
}

async function byNight(): Promise<number | null> {
  await server.asSystem((db) => emitEvent(db, 'night.began', {}));
  return looked();
}

it('leaves the pass over everybody at the end of a week to the night, but not that of two weeks', async () => {
  const { customerId } = await made(users.member);
  const orderOn = async (day: string) => {
    server.clock.set(`${day}T02:00:00Z`);
    await orderOf(server, customerId, day, 100_00);
    await server.asSystem((db) =>
      db.insertInto('lake_dirty_customer').values({ customer_id: customerId }).execute(),
    );
  };
  // A Saturday.
  await orderOn('2026-03-07');
  await publish(server, '2026-03-07', [{ customerId, pAlive: 0.9, spend: 100, clv: 900 }]);
  await users.director.patch('/detectors/spend-fall', { isOn: true, confirmed: true, rowVersion: 0 });
  expect(await byDay()).toBeNull();
  await orderOn('2026-03-08');
  expect(await byDay()).toBe(1);
  expect(await byNight()).toBeNull();
  expect(await byDay()).toBe(0);
  await orderOn('2026-03-15');
  expect(await byDay()).toBe(1);
  await orderOn('2026-03-22');
  expect(await byDay()).toBeNull();
});
