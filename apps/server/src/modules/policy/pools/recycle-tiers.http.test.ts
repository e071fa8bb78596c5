import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { manager, member } = server.users;

/** A customer whom nobody has spoken to for a year, of a tier or of none. */
async function idle(tierId: number | null): Promise<number> {
  const { customerId } = await made(member);
  await server.asSystem(async (db) => {
    await sql`update customer set created_at = '2025-01-01' where customer_id = ${customerId}`.execute(db);
    await sql`update register_entry set tier_id = ${tierId}::int where customer_id = ${customerId}`.execute(
      db,
    );
  });
  return customerId as number;
}

it('a rule narrowed to tiers shows, warns and takes these alone', async () => {
  const [gold, plain] = await server.asSystem(async (db) => {
    const { rows } = await sql<{ id: number }>`
      with made as (insert into tier_set (name) values ('两级') returning tier_set_id)
      insert into tier (tier_set_id, rank, name, badge)
      select tier_set_id, n, '等级' || n, 'star' from made, generate_series(1, 2) n returning tier_id as id`.execute(
      db,
    );
    return rows.map(({ id }) => id);
  });
  const [golden, plainOne, ungraded] = [await idle(gold ?? 0), await idle(plain ?? 0), await idle(null)];
  const { body: pool } = await manager.post('/pools', {
    teamId: server.users.teams.north,
    protectDays: 0,
  });
  const { body: rule } = await manager.post(`/pools/${pool.poolId}/rules`, {
    name: '低等级一年没跟进',
    daysWithoutContact: 365,
    tierIds: [plain],
    warnDays: 0,
  });
  const path = `/recycle-rules/${rule.recycleRuleId}`;
  expect((await manager.get(`${path}/simulation`)).body).toMatchObject({ looksAt: 3, dueNow: 1 });
  expect((await manager.post(`${path}/switch`, { isOn: true, rowVersion: 1 })).body).toMatchObject({
    isOn: true,
  });
  for (const day of ['2026-03-02', '2026-03-03']) {
    server.clock.set(`${day}T02:00:00Z`);
    await manager.post(`/pools/${pool.poolId}/recycle`);
    await server.runJobs();
  }
  const owners = await server.asSystem((db) =>
    db
      .selectFrom('customer')
      .where('customer_id', 'in', [golden, plainOne, ungraded])
      .select('owner_id')
      .orderBy('customer_id')
      .execute(),
  );
  expect(owners.map((row) => row.owner_id)).toEqual([member.userId, null, member.userId]);
});
