import { poolCustomer, poolRow, recycleNotice, ruleSimulation } from '@kezi/contract';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { randomFrom } from '../../../testing/register-rows.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { users } = server;
const { manager, member, stranger, director } = users;

/** A second person of team north-1 who sees his own customers only. */
const colleague = await (async () => {
  const { body } = await users.administrator.post('/users', {
    email: 'colleague@example.com',
    name: 'colleague',
    role: 'member',
    teamId: users.teams.north1,
    password: 'correct horse battery',
  });
  return body.id as number;
})();

const pool = poolRow.parse(
  (await manager.post('/pools', { teamId: users.teams.north, coolDownDays: 30, protectDays: 0 })).body,
);

/** A customer of a member whose record is old: rules look at days. */
async function old(client: TestClient, createdOn = '2025-01-01', more: object = {}): Promise<number> {
  const { customerId } = await made(client, more as Record<string, unknown>);
  await server.asSystem((db) =>
    sql`update customer set created_at = ${createdOn}::date where customer_id = ${customerId}`.execute(db),
  );
  return customerId as number;
}

const release = (client: TestClient, id: number) =>
  client.post(`/customers/${id}/release`, { reason: '不再采购' });
const claim = (client: TestClient, id: number) => client.post(`/customers/${id}/claim`);
const seen = async (client: TestClient) =>
  (await client.get<{ items: unknown[] }>(`/pools/${pool.poolId}/customers`)).body.items.map((item) =>
    poolCustomer.parse(item),
  );
const ownerOf = (id: number) =>
  server.asSystem(async (db) => {
    const row = await db
      .selectFrom('customer')
      .where('customer_id', '=', id)
      .select(['owner_id', 'team_id'])
      .executeTakeFirstOrThrow();
    return row.owner_id;
  });

/** A customer that somebody else has given back, so that everybody may claim it at once. */
async function waiting(): Promise<number> {
  const { customerId } = await made(manager, { ownerId: manager.userId });
  expect((await release(manager, customerId as number)).status).toBe(204);
  return customerId as number;
}

async function setTerms(terms: object): Promise<void> {
  const { body } = await manager.get<{ items: { poolId: number; rowVersion: number }[] }>('/pools');
  const rowVersion = body.items.find((one) => one.poolId === pool.poolId)?.rowVersion;
  expect((await manager.patch(`/pools/${pool.poolId}`, { ...terms, rowVersion })).status).toBe(200);
}

describe('a pool', () => {
  it('shows people of the department what waits there, though their scope is their own customers', async () => {
    const id = await waiting();
    expect((await member.get(`/customers/${id}`)).status).toBe(404);
    expect((await seen(member)).find((row) => row.customerId === id)).toMatchObject({
      manner: 'release',
      reason: '不再采购',
      formerOwnerName: 'manager',
      claimableOn: null,
    });
    expect((await stranger.get('/pools')).body.items).toEqual([]);
    const unseen = await stranger.get(`/pools/${pool.poolId}/customers`);
    expect([unseen.status, unseen.body.code]).toEqual([404, 'pools.not_found']);
    expect((await claim(stranger, id)).body.code).toBe('pools.customer_not_found');
    expect((await claim(stranger, 99_999_999)).body.code).toBe('pools.customer_not_found');
  });

  it('gives a customer to one of two who claim it at once, and tells the other who was quicker', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await waiting();
      const answers = await Promise.all([claim(member, id), claim(director, id), claim(member, id)]);
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
      // The director is of no department: he may give the customer to somebody, but not claim it.
      expect(
        answers.map((answer) => String(answer.body.code ?? '')).toSorted((a, b) => (a < b ? -1 : 1)),
      ).toEqual(['', 'pools.customer_not_found', 'pools.own_already']);
      expect(await ownerOf(id)).toBe(member.userId);
    }
    // The manager has just given it back himself: his claim takes that back, if it is first.
    for (const [first, quick, slow] of [
      ['member', member, manager],
      ['manager', manager, member],
    ] as const) {
      const id = await waiting();
      expect((await claim(quick, id)).status).toBe(200);
      const late = await claim(slow, id);
      expect([late.status, late.body.code, late.body.params.by]).toEqual([
        409,
        'pools.taken_conflict',
        first,
      ]);
      expect(late.body.detail).toContain(first);
    }
  });

  it('holds a cap of claims a day against claims sent at once; the next day begins anew', async () => {
    const ids = [];
    for (let n = 0; n < 6; n++) ids.push(await waiting());
    const { body } = await member.get<{ items: { claimedToday: number }[] }>('/pools');
    const before = body.items[0]?.claimedToday ?? 0;
    await setTerms({ claimsPerDay: before + 3 });
    const answers = await Promise.all(ids.map((id) => claim(member, id)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(3);
    expect(new Set(answers.map((answer) => answer.body.code))).toEqual(
      new Set([undefined, 'pools.claims_used_up']),
    );
    server.clock.set('2026-03-03T02:00:00Z');
    const left = ids.find((_, n) => answers[n]?.status !== 200);
    expect((await claim(member, left ?? 0)).status).toBe(200);
    server.clock.set('2026-03-02T02:00:00Z');
    await setTerms({ claimsPerDay: null });
  });

  it('holds a cap of customers held against claims sent at once', async () => {
    const { body } = await member.get<{ items: { holding: number }[] }>('/pools');
    const holding = body.items[0]?.holding ?? 0;
    await setTerms({ holdingCap: holding + 2 });
    const ids = [];
    for (let n = 0; n < 4; n++) ids.push(await waiting());
    const answers = await Promise.all(ids.map((id) => claim(member, id)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(2);
    expect(answers.find((answer) => answer.status !== 200)?.body).toMatchObject({
      code: 'pools.holding_too_many',
      params: { limit: holding + 2, holding: holding + 2 },
    });
    await setTerms({ holdingCap: null });
  });

  it('cools down for who lost a customer, but lets a slip be taken back', async () => {
    const { customerId } = await made(member);
    expect((await release(member, customerId)).status).toBe(204);
    expect((await claim(member, customerId)).status).toBe(200);
    await release(member, customerId);
    server.clock.set('2026-03-02T04:00:00Z');
    const early = await claim(member, customerId);
    expect([early.status, early.body.code, early.body.params]).toEqual([
      422,
      'pools.cooling_down',
      { on: '2026-04-01', days: 30 },
    ]);
    expect((await seen(member)).find((row) => row.customerId === customerId)?.claimableOn).toBe('2026-04-01');
    server.clock.set('2026-04-01T02:00:00Z');
    expect((await claim(member, customerId)).status).toBe(200);
    server.clock.set('2026-03-02T02:00:00Z');
  });

  it('is opened, changed and written over by those who see the department only', async () => {
    expect((await manager.post('/pools', { teamId: users.teams.north })).body.code).toBe('pools.exists');
    expect((await manager.post('/pools', { teamId: users.teams.south })).body.code).toBe('pools.not_found');
    expect((await member.post('/pools', { teamId: users.teams.north1 })).status).toBe(403);
    const stale = await manager.patch(`/pools/${pool.poolId}`, { coolDownDays: 1, rowVersion: 0 });
    expect([stale.status, stale.body.code]).toEqual([409, 'pools.changed']);
    const foreign = await users.other.patch(`/pools/${pool.poolId}`, { coolDownDays: 1, rowVersion: 1 });
    expect(foreign.status).toBe(404);
    await setTerms({ memberIds: [stranger.userId] }).catch(() => undefined);
  });
});

interface Past {
  beganOn: string;
  orders: readonly string[];
  contacts: readonly string[];
}

const dayNumber = (day: string) => Date.parse(day) / 86_400_000;

/** Every morning of the past year looked at by itself: the first on which the rule would have taken the customer. */
function replayRule(
  past: Past,
  rule: { daysWithoutContact: number | null; daysWithoutOrder: number | null; protectDays: number },
  today: string,
): string | null {
  const began = dayNumber(past.beganOn);
  const isIdle = (days: readonly string[], limit: number | null, morning: number) => {
    if (limit === null) return true;
    const before = [began, ...days.map(dayNumber)].filter((day) => day < morning);
    return before.length > 0 && morning - Math.max(...before) >= limit;
  };
  for (let morning = dayNumber(today) - 365; morning <= dayNumber(today); morning++) {
    if (morning < began + rule.protectDays) continue;
    const taken =
      isIdle(past.contacts, rule.daysWithoutContact, morning) &&
      isIdle(past.orders, rule.daysWithoutOrder, morning);
    if (taken) return new Date(morning * 86_400_000).toISOString().slice(0, 10);
  }
  return null;
}

const rulePath = `/pools/${pool.poolId}/rules`;

describe('a rule', () => {
  it('needs a condition of time, is changed only while it is off, and is read by those it is for', async () => {
    expect((await manager.post(rulePath, { name: '低价值', clvBelow: 100 })).body.code).toBe(
      'pools.rule_empty',
    );
    const { body } = await manager.post(rulePath, { name: '半年没下单', daysWithoutOrder: 180, clvBelow: 1 });
    expect(body).toMatchObject({ isOn: false, warnDays: 7, warned: 0 });
    expect((await manager.post(rulePath, { name: '半年没下单', daysWithoutOrder: 1 })).body.code).toBe(
      'pools.rule_exists',
    );
    expect((await member.get(rulePath)).body.items).toHaveLength(1);
    expect((await member.post(rulePath, { name: 'x', daysWithoutOrder: 1 })).status).toBe(403);
    const path = `/recycle-rules/${body.recycleRuleId}`;
    const unknown = await manager.patch(path, { tierIds: [999], rowVersion: 1 });
    expect([unknown.status, unknown.body.code]).toEqual([422, 'pools.tier_unknown']);
    expect((await users.other.patch(path, { warnDays: 1, rowVersion: 1 })).body.code).toBe(
      'pools.rule_not_found',
    );
    expect((await manager.patch(path, { daysWithoutOrder: null, rowVersion: 1 })).body.code).toBe(
      'pools.rule_empty',
    );
    expect((await manager.delete(path)).status).toBe(204);
  });

  it('that takes everything says so and is switched on only with the number typed; it warns first, then takes', async () => {
    server.clock.set('2026-03-02T02:00:00Z');
    const quiet = await old(member);
    const active = await old(member);
    await orderOf(server, active, '2026-02-20', 100);
    await publish(server, '2026-02-28', [{ customerId: quiet, pAlive: 0.2, spend: 10, clv: 500 }]);
    // Everybody else of the department is new by an order of yesterday.
    await server.asSystem((db) =>
      sql`insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor,
            base_amount_minor, line_count, content_hash)
          select 'new ' || customer_id, customer_id, '2026-03-01', 'CNY', 1, 1, 1, 'x' from customer
          where customer_id <> all (${[quiet, active]}::bigint[]) and owner_id is not null`.execute(db),
    );
    const { body: rule } = await manager.post(rulePath, {
      name: '一天没下单',
      daysWithoutOrder: 1,
      warnDays: 7,
    });
    const path = `/recycle-rules/${rule.recycleRuleId}`;
    server.clock.set('2026-03-05T02:00:00Z');
    const simulation = ruleSimulation.parse((await manager.get(`${path}/simulation`)).body);
    // A rule of another department is one that never was.
    const foreign = await users.other.get(`${path}/simulation`);
    expect([foreign.status, foreign.body.code]).toEqual([404, 'pools.rule_not_found']);
    expect(simulation.needsCount).toBe(true);
    expect(simulation.dueNow * 2).toBeGreaterThan(simulation.looksAt);
    const refused = await manager.post(`${path}/switch`, { isOn: true, rowVersion: 1 });
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([
      422,
      'pools.rule_takes_most',
      { count: simulation.dueNow, total: simulation.looksAt },
    ]);
    server.clock.set('2026-03-02T02:00:00Z');
    await manager.patch(path, { daysWithoutOrder: 90, rowVersion: 1 });
    const narrow = ruleSimulation.parse((await manager.get(`${path}/simulation`)).body);
    expect(narrow).toMatchObject({ dueNow: 1, dueNowValue: 500, needsCount: false });
    expect(narrow.owners).toContainEqual(
      expect.objectContaining({ name: 'member', dueNow: 1, inYear: 2, value: 500 }),
    );
    expect((await manager.post(`${path}/switch`, { isOn: true, rowVersion: 2 })).body.isOn).toBe(true);
    expect((await manager.patch(path, { warnDays: 0, rowVersion: 3 })).body.code).toBe('pools.rule_is_on');

    expect((await manager.post(`/pools/${pool.poolId}/recycle`)).status).toBe(202);
    await server.runJobs();
    expect(await ownerOf(quiet)).toBe(member.userId);
    const notices = (await member.get<{ items: unknown[] }>('/pools/notices')).body.items.map((item) =>
      recycleNotice.parse(item),
    );
    expect(notices).toMatchObject([
      { customerId: quiet, dueOn: '2026-03-09', warnedOn: '2026-03-02', ruleName: '一天没下单' },
    ]);
    expect((await stranger.get('/pools/notices')).body.items).toEqual([]);

    server.clock.set('2026-03-08T02:00:00Z');
    await manager.post(`/pools/${pool.poolId}/recycle`);
    await server.runJobs();
    expect(await ownerOf(quiet)).toBe(member.userId);
    server.clock.set('2026-03-09T02:00:00Z');
    await manager.post(`/pools/${pool.poolId}/recycle`);
    await server.runJobs();
    expect(await ownerOf(quiet)).toBeNull();
    expect(await ownerOf(active)).toBe(member.userId);
    expect((await seen(member)).find((row) => row.customerId === quiet)).toMatchObject({
      manner: 'recycle',
      reason: '一天没下单',
      formerOwnerName: 'member',
      claimableOn: '2026-04-08',
    });
    server.clock.set('2026-03-02T02:00:00Z');
    await manager.post(`${path}/switch`, { isOn: false, rowVersion: 3 });
  });

  it('takes its warning back when the owner has done something, and when it is switched off', async () => {
    const id = await old(member);
    const { body: rule } = await manager.post(rulePath, { name: '一年没跟进', daysWithoutContact: 365 });
    const path = `/recycle-rules/${rule.recycleRuleId}`;
    await manager.post(`${path}/switch`, { isOn: true, rowVersion: 1, count: 1 });
    const night = async () => {
      await manager.post(`/pools/${pool.poolId}/recycle`);
      await server.runJobs();
      return (await member.get<{ items: { customerId: number }[] }>('/pools/notices')).body.items.map(
        (row) => row.customerId,
      );
    };
    expect(await night()).toContain(id);
    await member.post(`/customers/${id}/interactions`, { kind: 'call', summary: '还在用' });
    expect(await night()).not.toContain(id);
    const other = await old(member);
    expect(await night()).toContain(other);
    // A new owner begins anew.
    await manager.post('/transfers', {
      customers: { customerIds: [other] },
      toOwnerId: colleague,
      reason: '换人',
    });
    expect(await night()).not.toContain(other);
    const third = await old(member);
    expect(await night()).toContain(third);
    const { body: on } = await manager.get<{ items: { recycleRuleId: number; rowVersion: number }[] }>(
      rulePath,
    );
    const rowVersion = on.items.find((one) => one.recycleRuleId === rule.recycleRuleId)?.rowVersion;
    await manager.post(`${path}/switch`, { isOn: false, rowVersion });
    expect((await member.get('/pools/notices')).body.items).toEqual([]);
  });

  it('is simulated as a plain replay of every morning of the year would have it', async () => {
    const random = randomFrom(20_260_302);
    const today = '2026-03-02';
    const dayBack = (most: number) =>
      new Date(Date.parse(today) - Math.floor(random() * most) * 86_400_000).toISOString().slice(0, 10);
    const south = (await users.other.post('/pools', { teamId: users.teams.south, protectDays: 20 })).body;
    const customers = [];
    for (let n = 0; n < 25; n++) {
      const beganOn = dayBack(700);
      const id = await old(stranger, beganOn);
      const orders = Array.from({ length: Math.floor(random() * 5) }, () => dayBack(600)).filter(
        (on) => on >= beganOn,
      );
      const contacts = Array.from({ length: Math.floor(random() * 5) }, () => dayBack(600)).filter(
        (on) => on >= beganOn,
      );
      for (const on of orders) await orderOf(server, id, on, 100);
      for (const on of contacts) {
        await stranger.post(`/customers/${id}/interactions`, {
          kind: 'call',
          summary: 'x',
          happenedAt: `${on}T01:00:00Z`,
        });
      }
      customers.push({ beganOn, orders, contacts });
    }
    for (const terms of [
      { daysWithoutContact: 60 },
      { daysWithoutOrder: 90 },
      { daysWithoutContact: 45, daysWithoutOrder: 120 },
    ]) {
      const { body: rule } = await users.other.post(`/pools/${south.poolId}/rules`, {
        name: JSON.stringify(terms),
        ...terms,
      });
      const { body } = await users.other.get(`/recycle-rules/${rule.recycleRuleId}/simulation`);
      const simulation = ruleSimulation.parse(body);
      const taken = customers
        .map((customer) =>
          replayRule(
            customer,
            { daysWithoutContact: null, daysWithoutOrder: null, protectDays: 20, ...terms },
            today,
          ),
        )
        .filter((on) => on !== null);
      expect(simulation.inYear).toBe(taken.length);
      const months = new Map<string, number>();
      for (const on of taken) months.set(on.slice(0, 7), (months.get(on.slice(0, 7)) ?? 0) + 1);
      expect(
        simulation.months.filter((month) => month.customers > 0).map(({ month, customers: n }) => [month, n]),
      ).toEqual([...months].sort(([a], [b]) => (a < b ? -1 : 1)));
      expect(simulation.looksAt).toBe(25);
    }
  });
});
