import { beforeAll, describe, expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users } = server;
const { administrator, manager, member, other, stranger } = users;

let theirs: number;
let second: number;
beforeAll(async () => {
  theirs = (await made(stranger, { name: '共享的客户' })).customerId;
  second = (await made(stranger, { name: '没共享的客户' })).customerId;
  await stranger.post(`/customers/${theirs}/contacts`, { name: '王五', phones: ['13812345678'] });
});

const namesOf = async (client: TestClient, query = '') =>
  (await client.get(`/customers${query}`)).body.items.map((row: { name: string }) => row.name);
const share = (body: object, client = stranger) => client.post(`/customers/${theirs}/shares`, body);
const reasonOf = async (client: TestClient) =>
  (await stranger.get(`/customers/${theirs}/access`)).body.viewers.find(
    (viewer: { userId: number }) => viewer.userId === client.userId,
  );

describe('a customer shared for reading', () => {
  it('is listed, found, counted and opened by the colleague, and no other one is', async () => {
    expect(await namesOf(member)).toEqual([]);
    expect((await share({ colleagueId: member.userId })).status).toBe(201);
    expect(await namesOf(member)).toEqual(['共享的客户']);
    expect(await namesOf(member, '?sort=name&order=asc')).toEqual(['共享的客户']);
    expect(await namesOf(member, '?q=%E5%85%B1%E4%BA%AB')).toEqual(['共享的客户']);
    expect((await member.get('/customers/count')).body.count).toBe(1);
    expect((await member.get('/contacts')).body.items).toHaveLength(1);
    expect((await member.get(`/customers/${second}`)).status).toBe(404);
    expect(await reasonOf(member)).toMatchObject({ reason: 'share', canEdit: false });
  });

  it('cannot be changed, nor what belongs to it, nor shared on', async () => {
    const { body } = await member.get(`/customers/${theirs}`);
    const change = { rowVersion: body.rowVersion, region: '华东' };
    const answers = [
      await member.patch(`/customers/${theirs}`, change),
      await member.post(`/customers/${theirs}/contacts`, { name: '六' }),
      await member.post(`/customers/${theirs}/interactions`, { kind: 'call', summary: '电话' }),
    ];
    expect(answers.map((answer) => [answer.status, answer.body.code])).toEqual(
      Array.from({ length: 3 }, () => [403, 'customers.shared_read_forbidden']),
    );
    const onward = await share({ colleagueId: other.userId }, member);
    expect([onward.status, onward.body.code]).toEqual([403, 'sharing.forbidden']);
  });

  it('may be changed once it is shared for editing, but not taken', async () => {
    await share({ colleagueId: manager.userId, access: 'edit' });
    const { body } = await manager.get(`/customers/${theirs}`);
    const change = { rowVersion: body.rowVersion, region: '华东' };
    const changed = await manager.patch(`/customers/${theirs}`, change);
    expect([changed.status, changed.body.region]).toEqual([200, '华东']);
    expect((await manager.post(`/customers/${theirs}/contacts`, { name: '七' })).status).toBe(201);
    const taken = await manager.patch(`/customers/${theirs}`, {
      rowVersion: changed.body.rowVersion,
      ownerId: manager.userId,
    });
    expect([taken.status, taken.body.code]).toEqual([403, 'customers.assign_forbidden']);
  });

  it('ends with its last day, and when it is taken back', async () => {
    expect((await share({ colleagueId: member.userId, untilOn: '2026-03-01' })).body.code).toBe(
      'sharing.past',
    );
    await share({ colleagueId: member.userId, untilOn: '2026-03-02' });
    expect(await namesOf(member)).toHaveLength(1);
    server.clock.set('2026-03-02T16:00:01Z');
    expect(await namesOf(member)).toEqual([]);
    server.clock.set('2026-03-02T02:00:00Z');
    const { body } = await stranger.get(`/customers/${theirs}/access`);
    const mine = body.shares.find((one: { userId: number }) => one.userId === member.userId);
    expect((await member.delete(`/shares/${mine.shareId}`)).status).toBe(404);
    expect((await stranger.delete(`/shares/${mine.shareId}`)).status).toBe(204);
    expect(await namesOf(member)).toEqual([]);
  });
});

describe('a deputy', () => {
  const absence = { fromOn: '2026-03-02', toOn: '2026-03-09', note: '年假' };

  it('sees and changes what the absent see, on the days given', async () => {
    expect(await namesOf(member)).toEqual([]);
    const appointed = await stranger.post('/me/deputies', { ...absence, colleagueId: member.userId });
    expect([appointed.status, appointed.body.state]).toEqual([201, 'now']);
    expect(await namesOf(member, '?sort=name')).toHaveLength(2);
    expect(await reasonOf(member)).toMatchObject({ reason: 'deputy', by: 'stranger', canEdit: true });
    const { body } = await member.get(`/customers/${second}`);
    const change = { rowVersion: body.rowVersion, region: '华南' };
    expect((await member.patch(`/customers/${second}`, change)).status).toBe(200);
  });

  it('of a deputy gets nothing further', async () => {
    const own = (await made(member, { name: '成员自己的' })).customerId;
    // As one that was appointed before such a thing was refused.
    const chained = { user_id: member.userId, deputy_id: manager.userId, from_on: '2026-03-02' };
    await server.asSystem((db) =>
      db
        .insertInto('user_deputy')
        .values({ ...chained, to_on: '2026-03-09' })
        .execute(),
    );
    expect((await manager.get(`/customers/${own}`)).status).toBe(200);
    expect((await manager.get(`/customers/${second}`)).status).toBe(404);
    await server.asSystem((db) =>
      db.deleteFrom('user_deputy').where('deputy_id', '=', manager.userId).execute(),
    );
  });

  it('is refused where there would be a deputy of a deputy, or the same one twice', async () => {
    const later = { fromOn: '2026-03-09', toOn: '2026-03-20' };
    const appoint = async (who: TestClient, colleague: TestClient, days: object = later) => {
      const answer = await who.post('/me/deputies', { ...days, colleagueId: colleague.userId });
      return [answer.status, answer.body.code ?? answer.body.state, answer.body.params?.name];
    };
    expect(await appoint(member, manager)).toEqual([422, 'deputies.stands_in', 'stranger']);
    expect(await appoint(member, stranger)).toEqual([422, 'deputies.colleague_absent', 'stranger']);
    expect(await appoint(other, stranger)).toEqual([422, 'deputies.colleague_absent', 'stranger']);
    expect(await appoint(stranger, member)).toEqual([409, 'deputies.exists', 'member']);
    const ill = await administrator.post(`/users/${member.userId}/deputies`, {
      ...later,
      colleagueId: manager.userId,
    });
    expect(ill.body.code).toBe('deputies.stands_in');
    const after = { fromOn: '2026-03-10', toOn: '2026-03-20' };
    expect(await appoint(member, manager, after)).toEqual([201, 'coming', undefined]);
    const { body } = await member.get('/me/deputies');
    expect(body.items.map((one: { colleagueId: number }) => one.colleagueId)).toEqual([
      manager.userId,
      member.userId,
    ]);
    await member.delete(`/deputies/${body.items[0].deputyId}`);
  });

  it('has it no longer when it is ended or over, and nobody but the absent and the administrator ends it', async () => {
    const { body } = await stranger.get('/me/deputies');
    const path = `/deputies/${body.items[0].deputyId}`;
    expect((await member.delete(path)).status).toBe(404);
    server.clock.set('2026-03-09T16:00:01Z');
    expect(await namesOf(member)).toEqual(['成员自己的']);
    server.clock.set('2026-03-02T02:00:00Z');
    expect((await administrator.delete(path)).status).toBe(204);
    expect(await namesOf(member)).toEqual(['成员自己的']);
  });

  it('is refused where it makes no sense', async () => {
    const codes = [
      await stranger.post('/me/deputies', { ...absence, colleagueId: stranger.userId }),
      await stranger.post('/me/deputies', { ...absence, colleagueId: 999_999 }),
      await stranger.post('/me/deputies', { ...absence, toOn: '2026-03-01', colleagueId: member.userId }),
      await stranger.post('/me/deputies', {
        fromOn: '2026-02-01',
        toOn: '2026-03-01',
        colleagueId: member.userId,
      }),
    ].map((answer) => answer.body.code);
    expect(codes).toEqual(['deputies.self', 'deputies.colleague_unknown', 'deputies.order', 'deputies.past']);
  });
});

describe('departments', () => {
  const { teams } = users;
  const place = (client: TestClient, wanted: object) =>
    administrator.patch(`/users/${client.userId}/placement`, wanted);

  it('may be several: somebody sees the customers of each of them', async () => {
    const placed = await place(manager, { teamIds: [teams.south] });
    expect([placed.status, placed.body.customers]).toEqual([200, 3]);
    expect((await manager.get(`/customers/${second}`)).status).toBe(200);
    expect((await manager.get('/users')).body.items.length).toBeGreaterThan(3);
    await place(manager, { teamIds: [] });
    expect((await manager.get(`/customers/${second}`)).status).toBe(404);
  });

  it('may be chosen, with those below or without', async () => {
    await place(other, { scope: 'chosen', chosen: [{ teamId: teams.north, withBelow: false }] });
    expect(await namesOf(other)).toEqual([]);
    await place(other, { chosen: [{ teamId: teams.north }] });
    expect(await namesOf(other)).toEqual(['成员自己的']);
    expect((await place(other, { chosen: [] })).body.code).toBe('placement.chosen_empty');
  });

  it('moved while people work are seen by the next request from where they now are', async () => {
    await administrator.patch(`/teams/${teams.north1}`, { parentId: teams.south });
    expect(await namesOf(other)).toEqual([]);
    await administrator.patch(`/teams/${teams.north1}`, { parentId: teams.north });
    expect(await namesOf(other)).toEqual(['成员自己的']);
  });
});
