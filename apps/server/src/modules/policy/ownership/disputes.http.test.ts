import { disputeDetail, handoverResult, holdings } from '@kezi/contract';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { made, orderOf } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';
import { fateOf } from './handover.rules.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { users } = server;
const { administrator, director, manager, member, stranger } = users;

const open = (client: TestClient, customerId: number) =>
  client.post('/disputes', { customerId, grounds: '我先跟进的' });
const ownerOf = (id: number) =>
  server.asSystem(async (db) => {
    const row = await db
      .selectFrom('customer')
      .where('customer_id', '=', id)
      .select('owner_id')
      .executeTakeFirstOrThrow();
    return row.owner_id;
  });

/** A customer that was the member's, who worked on it, and is the manager's now. */
async function lost(): Promise<number> {
  const { customerId } = await made(member);
  const id = customerId as number;
  await member.post(`/customers/${id}/interactions`, { kind: 'visit', summary: '首次拜访' });
  await orderOf(server, id, '2026-03-02', 5_000);
  await manager.post('/transfers', {
    customers: { customerIds: [id] },
    toOwnerId: manager.userId,
    reason: '调整',
  });
  return id;
}

describe('a dispute', () => {
  it('is decided by somebody who is no party to it, on what both have done, and can be taken back', async () => {
    const id = await lost();
    const { status, body } = await open(member, id);
    expect([status, body.status, body.claimantName]).toEqual([201, 'open', 'member']);
    expect((await open(member, id)).body.code).toBe('disputes.open_exists');
    const path = `/disputes/${body.disputeId}`;
    const decision = { decision: 'claimant', reason: '首次拜访和首单都是他', rowVersion: 1 };
    const own = await manager.post(`${path}/decide`, decision);
    expect([own.status, own.body.code]).toEqual([403, 'disputes.decide_forbidden']);
    expect((await member.post(`${path}/decide`, decision)).status).toBe(403);
    expect((await users.other.get(path)).status).toBe(404);
    const seen = disputeDetail.parse((await director.get(path)).body);
    expect(seen).toMatchObject({ canDecide: true, canUndo: false });
    expect(seen.evidence).toMatchObject({
      claimant: { name: 'member', interactions: 1, orders: 1, ordersAmountMinor: 5_000 },
      respondent: { name: 'manager', interactions: 0 },
    });
    expect(seen.evidence?.events.map((event) => [event.kind, event.side])).toContainEqual([
      'interaction',
      'claimant',
    ]);
    const stale = await director.post(`${path}/decide`, { ...decision, rowVersion: 0 });
    expect([stale.status, stale.body.code]).toEqual([409, 'disputes.changed']);
    const decided = await director.post(`${path}/decide`, decision);
    expect(decided.body).toMatchObject({
      status: 'decided',
      decision: 'claimant',
      decidedByName: 'director',
      canUndo: true,
    });
    expect(await ownerOf(id)).toBe(member.userId);
    const { body: history } = await member.get(`/customers/${id}/ownership`);
    expect(history.items[0]).toMatchObject({ manner: 'dispute', reason: '首次拜访和首单都是他' });
    const undone = await director.post(`${path}/undo`);
    expect(undone.body).toMatchObject({ status: 'open', decision: null });
    expect(await ownerOf(id)).toBe(manager.userId);
    await director.post(`${path}/decide`, { decision: 'shared', reason: '一起做', rowVersion: 3 });
    expect((await manager.get(`/customers/${id}/team`)).body.items).toMatchObject([
      { name: 'member', role: 'support' },
    ]);
  });

  it('is for customers that one sees or once had; its withdrawal is for the claimant', async () => {
    const { customerId } = await made(stranger);
    expect((await open(member, customerId as number)).body.code).toBe('customers.not_found');
    expect((await open(stranger, customerId as number)).body.code).toBe('disputes.own_already');
    const { body } = await open(users.other, customerId as number);
    expect((await director.post(`/disputes/${body.disputeId}/withdraw`)).status).toBe(403);
    expect((await users.other.post(`/disputes/${body.disputeId}/withdraw`)).body.status).toBe('withdrawn');
    expect((await users.other.post(`/disputes/${body.disputeId}/withdraw`)).body.code).toBe(
      'disputes.not_open',
    );
    const mine = await member.get<{ items: { status: string }[] }>('/disputes?status=open');
    expect(mine.body.items.every((row) => row.status === 'open')).toBe(true);
  });
});

/** Columns that name a person: those that refer to the table of users, and those called so. */
async function personColumns() {
  return server.asSystem(async (db) => {
    const { rows } = await sql<{ table: string; column: string }>`
      select cl.relname as table, a.attname as column
      from pg_class cl join pg_attribute a on a.attrelid = cl.oid
      where cl.relnamespace = 'public'::regnamespace and cl.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attidentity = ''
        and cl.relname <> 'app_user'
        and (exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = cl.oid
            and k.confrelid = 'app_user'::regclass and a.attnum = any (k.conkey))
          or (format_type(a.atttypid, null) in ('integer', 'integer[]')
            and a.attname ~ '(^|_)(user|owner|holder|claimant|respondent|assignee|deputy|approver|reviewer)_ids?$|_by$|^owner_before$'))
      order by 1, 2`.execute(db);
    return rows;
  });
}

describe('a handover', () => {
  it('knows what becomes of every column that names a person', async () => {
    const undecided = (await personColumns()).filter(({ table, column }) => fateOf(table, column) === null);
    expect(undecided).toEqual([]);
  });

  it('leaves nothing behind that is to be carried, moved or ended, and ends the account', async () => {
    const leaver = stranger;
    const customers = [];
    for (let n = 0; n < 3; n++) customers.push((await made(leaver)).customerId as number);
    const [first = 0] = customers;
    await leaver.post(`/customers/${first}/interactions`, {
      kind: 'call',
      summary: '约了报价',
      nextStep: '报价',
      nextStepOn: '2026-03-10',
    });
    await leaver.post(`/customers/${first}/contacts`, { name: '王小明' });
    await orderOf(server, first, '2026-03-01', 100);
    for (const client of [leaver, users.other])
      await client.post('/saved-views', { page: 'customers', name: '我的', state: {} });
    const theirs = (await made(users.other)).customerId as number;
    await users.other.put(`/customers/${theirs}/team/${leaver.userId}`, { role: 'service' });
    await administrator.post('/pools', { teamId: users.teams.north, memberIds: [leaver.userId] });
    await open(users.other, first);
    const path = `/users/${leaver.userId}`;
    expect(holdings.parse((await director.get(`${path}/holdings`)).body)).toMatchObject({
      customers: 4,
      savedViews: 1,
      customerTeams: 1,
      pools: 1,
      disputes: 1,
      disabled: false,
    });
    expect((await manager.get(`${path}/holdings`)).status).toBe(403);
    const send = { toUserId: users.other.userId, reason: '离职', disable: true };
    expect((await director.post(`${path}/handover`, send)).status).toBe(403);
    expect(
      (await administrator.post(`${path}/handover`, { ...send, toUserId: leaver.userId })).body.code,
    ).toBe('ownership.handover_self');
    const done = await administrator.post(`${path}/handover`, send);
    expect(handoverResult.parse(done.body)).toMatchObject({ handed: { customers: 4 }, jobId: null });
    for (const { table, column } of await personColumns()) {
      const fate = fateOf(table, column);
      if (fate !== 'carried' && fate !== 'moved' && fate !== 'ended') continue;
      const still = await server.asSystem(async (db) => {
        const isHis =
          column === 'user_ids'
            ? sql`${leaver.userId}::int = any (${sql.id(column)}) and next_step_on >= '2026-03-02'`
            : sql`${sql.id(column)} = ${leaver.userId}`;
        const isOpen = table === 'ownership_dispute' ? sql`status = 'open'` : sql`true`;
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from ${sql.id(table)} where ${isHis} and ${isOpen}`.execute(db);
        return rows[0]?.n;
      });
      expect([table, column, still]).toEqual([table, column, 0]);
    }
    expect((await leaver.get('/me')).status).toBe(401);
    const left = await administrator.get(`${path}/holdings`);
    expect(left.body).toMatchObject({
      customers: 0,
      nextSteps: 0,
      savedViews: 0,
      disputes: 0,
      keys: 0,
      disabled: true,
    });
    const views = await users.other.get<{ items: { name: string; isMine: boolean }[] }>('/saved-views');
    expect(views.body.items.filter((view) => view.isMine)).toHaveLength(2);
    const late = await administrator.post('/transfers', {
      customers: { customerIds: [theirs] },
      toOwnerId: leaver.userId,
      reason: 'x',
    });
    expect(late.body.code).toBe('customers.owner_left');
  });
});
