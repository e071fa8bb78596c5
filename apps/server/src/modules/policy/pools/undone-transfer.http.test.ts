import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { manager, member } = server.users;

const { body: pool } = await manager.post('/pools', {
  teamId: server.users.teams.north,
  protectDays: 30,
  coolDownDays: 30,
});

async function moveAndUndo(customerIds: number[], toOwnerId: number): Promise<void> {
  const { body: moved } = await manager.post('/transfers', {
    customers: { customerIds },
    toOwnerId,
    reason: '分错了',
  });
  expect((await manager.post(`/transfers/${moved.transferId}/undo`)).status).toBe(200);
}

it('a transfer out of a pool that was undone leaves it as it was, and cools nobody down', async () => {
  const { customerId } = await made(manager, { ownerId: manager.userId });
  await manager.post(`/customers/${customerId}/release`, { reason: '不再采购' });
  await moveAndUndo([customerId], member.userId);
  const { items } = (await member.get(`/pools/${pool.poolId}/customers`)).body;
  expect(items).toMatchObject([
    { customerId, manner: 'release', reason: '不再采购', formerOwnerName: 'manager', claimableOn: null },
  ]);
  expect((await member.post(`/customers/${customerId}/claim`)).status).toBe(200);
});

it('a transfer that was undone protects an idle customer no longer than before, as often as it is done', async () => {
  const { customerId } = await made(member);
  await server.asSystem((db) =>
    sql`update customer set created_at = '2025-01-01' where customer_id = ${customerId}`.execute(db),
  );
  const { body: rule } = await manager.post(`/pools/${pool.poolId}/rules`, {
    name: '一年没跟进',
    daysWithoutContact: 365,
  });
  const dueNow = async () =>
    (await manager.get(`/recycle-rules/${rule.recycleRuleId}/simulation`)).body.dueNow;
  expect(await dueNow()).toBe(1);
  await moveAndUndo([customerId], manager.userId);
  await moveAndUndo([customerId], manager.userId);
  expect(await dueNow()).toBe(1);
  await manager.post('/transfers', {
    customers: { customerIds: [customerId] },
    toOwnerId: manager.userId,
    reason: '换人',
  });
  expect(await dueNow()).toBe(0);
});
