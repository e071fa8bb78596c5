import type {
  Capacity,
  ContractRow,
  CustomerEntitlements,
  Entitlement,
  EntitlementList,
  EntitlementUses,
  ReceivableRow,
  TierSet,
} from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director, manager, member, stranger } = server.users;

let top: number;
let customerId: number;

beforeAll(async () => {
  const set = await director.post<TierSet>('/tiers/sets', {
    name: '两级',
    tiers: [
      { name: '金牌', badge: 'medal' },
      { name: '其他', badge: 'circle' },
    ],
  });
  top = set.body.tiers[0]!.tierId;
  for (let i = 0; i < 3; i++) {
    const ownerId = i === 0 ? member.userId : null;
    const customer = await made(director, { ownerId, teamId: i === 0 ? server.users.teams.north1 : null });
    if (i === 0) customerId = customer.customerId;
  }
  await server.asSystem((db) => sql`update register_entry set tier_id = ${top}, tier_rank = 1`.execute(db));
});

describe('entitlements', () => {
  let meeting: Entitlement;

  it('say what a tier is promised and what that costs a year', async () => {
    const input = {
      kind: 'meeting',
      name: '季度拜访',
      unitCostMinor: 50_000,
      unitHours: 3,
      promises: [{ tierId: top, quantity: 4 }],
    };
    expect((await manager.post('/entitlements', input)).status).toBe(403);
    meeting = (await director.post<Entitlement>('/entitlements', input)).body;
    expect(meeting).toMatchObject({ promised: 12, used: 0, costMinor: 600_000, hours: 36 });
    expect((await director.post('/entitlements', input)).body.code).toBe('entitlements.name_exists');
    const limit = {
      kind: 'manager',
      name: '专属经理',
      unitHours: 10,
      promises: [{ tierId: top, quantity: 2 }],
    };
    expect((await director.post<Entitlement>('/entitlements', limit)).body).toMatchObject({
      promised: 0,
      hours: 30,
    });
    const wrong = await director.post('/entitlements', {
      ...limit,
      name: 'x',
      promises: [{ tierId: 9999, quantity: 1 }],
    });
    expect(wrong.body.code).toBe('entitlements.tier_unknown');
  });

  it('are used and broken by customer, seen by those who see the customer', async () => {
    const use = { entitlementId: meeting.entitlementId, quantity: 1 };
    expect((await stranger.post(`/customers/${customerId}/entitlements`, use)).status).toBe(404);
    await member.post(`/customers/${customerId}/entitlements`, { ...use, usedOn: '2026-02-01' });
    await member.post(`/customers/${customerId}/entitlements`, { ...use, isBreach: true });
    const late = await member.post(`/customers/${customerId}/entitlements`, { ...use, usedOn: '2026-03-03' });
    expect(late.body.code).toBe('entitlements.future');
    const own = await member.get<CustomerEntitlements>(`/customers/${customerId}/entitlements`);
    expect(own.body.items[0]).toMatchObject({ quantity: 4, used: 1, breached: 1, lastUsedOn: '2026-02-01' });
    const seen = async (client: typeof member) =>
      (await client.get<EntitlementList>('/entitlements')).body.items.find(
        (each) => each.name === '季度拜访',
      )!;
    expect(await seen(member)).toMatchObject({ promised: 4, used: 1 });
    expect(await seen(director)).toMatchObject({ promised: 12, used: 1, breached: 1 });
    expect(await seen(stranger)).toMatchObject({ promised: 0, used: 0, breached: 0 });
    expect((await director.delete(`/entitlements/${meeting.entitlementId}`)).body.code).toBe(
      'entitlements.used',
    );
  });

  it('are taken back where they were written down by mistake, by who sees the customer', async () => {
    const path = `/customers/${customerId}/entitlements/uses`;
    const items = async () => (await member.get<EntitlementUses>(path)).body.items;
    const slip = (await items()).find((use) => use.isBreach);
    expect(slip).toMatchObject({ name: '季度拜访', usedOn: '2026-03-02', quantity: 1 });
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.delete(`/entitlements/uses/${slip!.entitlementUseId}`)).body.code).toBe(
      'entitlements.use_unknown',
    );
    expect((await member.delete(`/entitlements/uses/${slip!.entitlementUseId}`)).status).toBe(204);
    expect((await items()).map((use) => use.isBreach)).toEqual([false]);
    const own = await member.get<CustomerEntitlements>(`/customers/${customerId}/entitlements`);
    expect(own.body.items[0]).toMatchObject({ used: 1, breached: 0 });
  });

  it('say by when a customer pays for whom neither a day nor a contract does', async () => {
    const owed = { title: '尾款', amountMinor: 100 };
    const path = `/customers/${customerId}/receivables`;
    expect((await member.post(path, owed)).body.code).toBe('payments.due_missing');
    const terms = { kind: 'payment-terms', name: '账期', promises: [{ tierId: top, quantity: 45 }] };
    await director.post<Entitlement>('/entitlements', terms);
    expect((await member.post<ReceivableRow>(path, owed)).body.dueOn).toBe('2026-04-16');
    const contract = { contractNo: 'K1', title: '框架', startsOn: '2026-01-01', paymentDays: 10 };
    const { body } = await member.post<ContractRow>(`/customers/${customerId}/contracts`, contract);
    const under = { ...owed, contractId: body.contractId };
    expect((await member.post<ReceivableRow>(path, under)).body.dueOn).toBe('2026-03-12');
  });

  it('show promised hours and the limit of customers by manager', async () => {
    const { items } = (await director.get<Capacity>('/entitlements/capacity')).body;
    expect(items.find((item) => item.ownerId === member.userId)).toMatchObject({
      customers: 1,
      promisedHours: 22,
      managerShare: 0.5,
    });
    expect(items.find((item) => item.ownerId === null)!.customers).toBe(2);
  });

  it('are held against hours of one’s own, which one person changes after another', async () => {
    const path = `/entitlements/capacity/${member.userId}`;
    const hours = async () =>
      (await manager.get<Capacity>('/entitlements/capacity')).body.items.find(
        (item) => item.ownerId === member.userId,
      )!;
    expect(await hours()).toMatchObject({ ownHours: null, rowVersion: 0 });
    expect((await manager.patch(path, { hours: 800, rowVersion: 0 })).status).toBe(403);
    expect((await director.patch(path, { hours: 800, rowVersion: 0 })).status).toBe(204);
    expect(await hours()).toMatchObject({ ownHours: 800, rowVersion: 1 });
    expect((await director.patch(path, { hours: 900, rowVersion: 0 })).body.code).toBe(
      'entitlements.hours_changed',
    );
    expect((await director.patch(path, { hours: 0, rowVersion: 1 })).status).toBe(400);
    expect((await director.patch(path, { hours: null, rowVersion: 1 })).status).toBe(204);
    expect(
      (await director.patch('/entitlements/capacity/99999', { hours: 9, rowVersion: 0 })).body.code,
    ).toBe('entitlements.user_unknown');
    expect((await hours()).ownHours).toBeNull();
  });

  it('are changed by one at a time', async () => {
    const path = `/entitlements/${meeting.entitlementId}`;
    const changed = await director.patch<Entitlement>(path, {
      rowVersion: meeting.rowVersion,
      promises: [{ tierId: top, quantity: 2 }],
    });
    expect(changed.body).toMatchObject({ promised: 6, name: '季度拜访' });
    expect((await director.patch(path, { rowVersion: meeting.rowVersion, name: 'x' })).body.code).toBe(
      'entitlements.changed',
    );
  });
});
