import { ownershipPeriod, transferRow } from '@kezi/contract';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { made, orderOf, wish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { users } = server;

const transfer = (client: TestClient, customers: object, more: object = {}) =>
  client.post('/transfers', {
    customers,
    toOwnerId: users.member.userId,
    reason: '区域调整',
    ...more,
  });

async function history(client: TestClient, customerId: number) {
  const { body } = await client.get<{ items: unknown[] }>(`/customers/${customerId}/ownership`);
  return body.items.map((item) => ownershipPeriod.parse(item));
}

/** Rows of a customer whose owner or team differs from the customer's, over every table that carries both. */
async function strays(customerIds: readonly number[]): Promise<string[]> {
  return server.asSystem(async (db) => {
    const { rows: tables } = await sql<{ name: string }>`
      select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.column_name in ('customer_id', 'owner_id', 'team_id') and c.table_name not like '%_next'
      group by 1 having count(*) = 3`.execute(db);
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await sql`
        select from ${sql.id(name)} child join customer c using (customer_id)
        where c.customer_id = any (${[...customerIds]}::bigint[])
          and (child.owner_id, child.team_id) is distinct from (c.owner_id, c.team_id)`.execute(db);
      if (rows.length > 0) found.push(name);
    }
    return found;
  });
}

/** Many customers of the manager, by SQL: what counts here is that they are many. */
async function many(count: number): Promise<number[]> {
  return server.asSystem(async (db) => {
    const { rows } = await sql<{ customer_id: number }>`
      insert into customer (customer_no, name, owner_id, team_id, region)
      select 'M' || ${String(Math.random())} || n, '批量客户' || n, ${users.manager.userId}, ${users.teams.north}, '批量'
      from generate_series(1, ${count}::int) n returning customer_id`.execute(db);
    return rows.map((row) => row.customer_id);
  });
}

describe('a transfer', () => {
  it('moves a customer with everything of it, and says in its history from when until when, why and by whom', async () => {
    const { customerId } = await made(users.manager);
    await orderOf(server, customerId, '2026-02-01', 100);
    await users.manager.post(`/customers/${customerId}/contacts`, { name: '王小明' });
    await users.manager.post(`/customers/${customerId}/interactions`, { kind: 'call', summary: '聊了续约' });
    expect(await history(users.manager, customerId)).toMatchObject([
      { holderName: 'manager', manner: 'start', startedAt: '2026-03-02T02:00:00.000Z', endedAt: null },
    ]);
    server.clock.set('2026-03-05T02:00:00Z');
    const { status, body } = await transfer(users.manager, { customerIds: [customerId] });
    expect(status).toBe(201);
    expect(transferRow.parse(body)).toMatchObject({
      status: 'done',
      wanted: 1,
      moved: 1,
      jobId: null,
      toOwnerName: 'member',
      toTeamName: 'north-1',
      createdByName: 'manager',
      canUndo: true,
    });
    expect(await strays([customerId])).toEqual([]);
    expect(await history(users.member, customerId)).toMatchObject([
      {
        holderName: 'member',
        holderTeamName: 'north-1',
        manner: 'transfer',
        reason: '区域调整',
        startedAt: '2026-03-05T02:00:00.000Z',
        endedAt: null,
      },
      { manner: 'start', startedAt: '2026-03-02T02:00:00.000Z', endedAt: '2026-03-05T02:00:00.000Z' },
    ]);
    const { body: line } = await users.manager.get(`/customers/${customerId}/timeline?kind=owner`);
    expect(line.items).toMatchObject([
      {
        owner: {
          ownerBefore: 'manager',
          ownerAfter: 'member',
          by: 'manager',
          manner: 'transfer',
          reason: '区域调整',
        },
      },
    ]);
    server.clock.set('2026-03-02T02:00:00Z');
  });

  it('tells those that were there already from those that may not be given, and these not from none', async () => {
    const mine = (await made(users.manager)).customerId as number;
    const there = (await made(users.member)).customerId as number;
    const hidden = (await made(users.stranger)).customerId as number;
    const customerIds = [mine, there, hidden, 9_999_999, mine];
    const { body } = await transfer(users.manager, { customerIds });
    expect(body).toMatchObject({ moved: 1, alreadyThere: 1, notToGive: 2 });
    const nothing = await transfer(users.manager, { customerIds: [mine, hidden] });
    expect(nothing.body).toMatchObject({
      code: 'ownership.nothing_to_move',
      params: { alreadyThere: 1, notToGive: 1 },
    });
  });

  it('can be taken back, but not what changed hands since, and not after 30 days', async () => {
    const one = (await made(users.manager)).customerId as number;
    const two = (await made(users.manager)).customerId as number;
    const { body } = await transfer(users.manager, { customerIds: [one, two] });
    await transfer(users.manager, { customerIds: [two] }, { toOwnerId: users.manager.userId });
    await transfer(users.manager, { customerIds: [two] });
    const undone = await users.manager.post(`/transfers/${body.transferId}/undo`);
    expect(undone.body).toMatchObject({ status: 'undone', moved: 1, canUndo: false });
    expect((await history(users.manager, one))[0]).toMatchObject({ holderName: 'manager', manner: 'undo' });
    expect((await history(users.manager, two))[0]).toMatchObject({ holderName: 'member' });
    expect(await strays([one, two])).toEqual([]);
    const again = await users.manager.post(`/transfers/${body.transferId}/undo`);
    expect([again.status, again.body.code]).toEqual([422, 'ownership.transfer_not_undoable']);
    const late = (await transfer(users.manager, { customerIds: [one] })).body.transferId as number;
    server.clock.set('2026-04-02T02:00:00Z');
    expect((await users.manager.post(`/transfers/${late}/undo`)).body.code).toBe(
      'ownership.transfer_not_undoable',
    );
    server.clock.set('2026-03-02T02:00:00Z');
  });

  it('stays within what the one who makes it sees, on both ends', async () => {
    const theirs = (await made(users.stranger)).customerId as number;
    const unseen = await transfer(users.manager, { customerIds: [theirs] });
    expect([unseen.status, unseen.body.code]).toEqual([422, 'ownership.nothing_to_move']);
    const own = (await made(users.manager)).customerId as number;
    for (const [toOwnerId, code] of [
      [users.stranger.userId, 'customers.owner_unknown'],
      [99_999, 'customers.owner_unknown'],
      [null, 'ownership.team_missing'],
    ] as const) {
      const { body } = await transfer(users.manager, { customerIds: [own] }, { toOwnerId });
      expect(['customers.assign_forbidden', code]).toContain(body.code);
    }
    expect((await transfer(users.member, { customerIds: [own] })).status).toBe(403);
    expect((await transfer(users.director, { customerIds: [own, theirs] })).body.moved).toBe(2);
    expect((await transfer(users.manager, { customerIds: [own] }, { reason: ' ' })).status).toBe(400);
    const foreign = await users.other.get('/transfers');
    expect(foreign.body.items).toEqual([]);
  });

  it('has its effect once for one key', async () => {
    const { customerId } = await made(users.manager);
    const send = () =>
      users.manager.post(
        '/transfers',
        { customers: { customerIds: [customerId] }, toOwnerId: users.member.userId, reason: 'x' },
        { 'idempotency-key': 'transfer-1' },
      );
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ body }) => body.transferId)).size).toBe(1);
    expect(await history(users.manager, customerId as number)).toHaveLength(2);
  });

  it('of many is a job over a filter of the register, without those left out; taking it back is one, too', async () => {
    const ids = await many(2_500);
    const [kept] = ids;
    const { body } = await transfer(users.manager, { filter: { region: ['批量'] }, except: [kept] });
    expect(body).toMatchObject({ status: 'queued', wanted: 2_499, moved: 0 });
    await server.runJobs();
    const row = (await users.manager.get(`/transfers/${body.transferId}`)).body;
    expect(row).toMatchObject({ status: 'done', moved: 2_499 });
    expect((await users.manager.get(`/jobs/${row.jobId}`)).body).toMatchObject({
      status: 'done',
      progress: { done: 2_499, total: 2_499 },
    });
    expect(await strays(ids)).toEqual([]);
    expect((await users.member.get('/customers/count?region=批量')).body.count).toBe(2_499);
    const undoing = await users.manager.post(`/transfers/${body.transferId}/undo`);
    expect(undoing.body.status).toBe('undoing');
    await server.runJobs();
    expect((await users.manager.get(`/transfers/${body.transferId}`)).body).toMatchObject({
      status: 'undone',
      moved: 0,
    });
    expect((await users.member.get('/customers/count?region=批量')).body.count).toBe(0);
    expect(await strays(ids)).toEqual([]);
  });

  it('that is cancelled leaves every customer whole with one owner or the other', async () => {
    const ids = await many(300);
    const { body } = await transfer(users.manager, { customerIds: ids });
    await users.manager.post(`/jobs/${body.jobId}/cancel`);
    await server.runJobs();
    expect((await users.manager.get(`/jobs/${body.jobId}`)).body.status).toBe('cancelled');
    expect(await strays(ids)).toEqual([]);
  });

  it('writes the history whatever way a customer changes hands', async () => {
    const { customerId, rowVersion } = await made(users.manager);
    await users.manager.patch(`/customers/${customerId}`, { ownerId: users.member.userId, rowVersion });
    expect((await history(users.manager, customerId as number))[0]).toMatchObject({
      holderName: 'member',
      manner: 'edit',
      byName: 'manager',
    });
    await users.manager.post('/customers', wish());
  });
});

describe('the team of a customer', () => {
  it('has roles; a second writer is told of the first; it goes along when the customer changes hands', async () => {
    const { customerId } = await made(users.manager);
    const path = `/customers/${customerId}/team`;
    const added = await users.manager.put(`${path}/${users.member.userId}`, {
      role: 'support',
      note: '售后对接',
    });
    expect(added.body.items).toMatchObject([
      {
        userId: users.member.userId,
        name: 'member',
        teamName: 'north-1',
        role: 'support',
        note: '售后对接',
        rowVersion: 1,
      },
    ]);
    const late = await users.manager.put(`${path}/${users.member.userId}`, { role: 'service' });
    expect([late.status, late.body.code]).toEqual([409, 'ownership.member_changed']);
    const changed = await users.manager.put(`${path}/${users.member.userId}`, {
      role: 'lead',
      rowVersion: 1,
    });
    expect(changed.body.items).toMatchObject([{ role: 'lead', note: null, rowVersion: 2 }]);
    const nobody = await users.manager.put(`${path}/999999`, { role: 'lead' });
    expect([nobody.status, nobody.body.code]).toEqual([422, 'ownership.member_unknown']);
    expect((await users.other.get(path)).status).toBe(404);
    await transfer(users.manager, { customerIds: [customerId] });
    expect(await strays([customerId as number])).toEqual([]);
    expect((await users.member.get(path)).body.items).toHaveLength(1);
    expect((await users.member.delete(`${path}/${users.member.userId}`)).body.items).toEqual([]);
    expect((await users.member.delete(`${path}/${users.member.userId}`)).body.code).toBe(
      'ownership.member_not_found',
    );
  });

  it('sees the customer, and changes it where the membership says so; it lets nobody else in', async () => {
    const { customerId } = await made(users.manager);
    const at = `/customers/${customerId}`;
    const guest = users.stranger;
    const place = `${at}/team/${guest.userId}`;
    const seen = async () =>
      (await guest.get('/customers?limit=200')).body.items.some(
        (row: { customerId: number }) => row.customerId === customerId,
      );
    expect([(await guest.get(at)).status, await seen()]).toEqual([404, false]);
    expect((await users.manager.put(place, { role: 'service', access: 'read' })).status).toBe(200);
    const found = await guest.get(at);
    expect([found.status, await seen()]).toEqual([200, true]);
    expect((await guest.get(`${at}/timeline`)).status).toBe(200);
    const refused = await guest.patch(at, { rowVersion: found.body.rowVersion, region: '华东' });
    expect(refused.body.code).toBe('customers.shared_read_forbidden');
    const { viewers } = (await users.manager.get(`${at}/access`)).body;
    expect(viewers).toContainEqual(
      expect.objectContaining({ userId: guest.userId, reason: 'member', canEdit: false }),
    );
    const open = await users.manager.put(place, { role: 'lead', access: 'edit', rowVersion: 1 });
    expect(open.body).toMatchObject({ mayChange: true, items: [{ role: 'lead', access: 'edit' }] });
    const changed = await guest.patch(at, { rowVersion: found.body.rowVersion, region: '华东' });
    expect(changed.status).toBe(200);
    expect((await guest.get(`${at}/team`)).body.mayChange).toBe(false);
    for (const answer of [
      await guest.put(`${at}/team/${users.other.userId}`, { role: 'support' }),
      await guest.delete(place),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([403, 'sharing.forbidden']);
    }
    expect((await users.manager.delete(place)).status).toBe(200);
    expect([(await guest.get(at)).status, await seen()]).toEqual([404, false]);
  });
});
