import { describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

const view = (name: string, more: Record<string, unknown> = {}) => ({
  page: 'customers',
  name,
  state: { sort: 'clv', filter: { industry: ['制造'] } },
  ...more,
});

async function namesOf(who: keyof typeof users & ('member' | 'manager' | 'administrator' | 'stranger')) {
  const { body } = await users[who].get('/saved-views?page=customers');
  return body.items.map((item: { name: string }) => item.name);
}

it('keeps views for their maker and shows shared ones to everybody', async () => {
  const own = await users.member.post('/saved-views', view('我的'));
  expect(own.status).toBe(201);
  expect(own.body).toMatchObject({ name: '我的', isShared: false, isMine: true, state: view('').state });
  await users.member.post('/saved-views', view('大家的', { isShared: true }));
  await users.member.post('/saved-views', view('别页', { page: 'orders' }));
  expect(await namesOf('member')).toEqual(['大家的', '我的']);
  for (const who of ['manager', 'stranger', 'administrator'] as const)
    expect(await namesOf(who)).toEqual(['大家的']);
  const { body } = await users.stranger.get('/saved-views');
  expect(body.items).toMatchObject([{ name: '大家的', isMine: false }]);
});

describe('a view shared with a department', () => {
  const { teams } = users;
  const read = (userId: number) =>
    server.platform.db.inScope({ userId, scope: 'own', teamIds: [] }, (db) =>
      db.selectFrom('saved_view').where('name', '=', '北方的').select('saved_view_id').execute(),
    );
  const sees = async (who: 'member' | 'manager' | 'administrator' | 'stranger') => {
    const isListed = (await namesOf(who)).includes('北方的');
    // The list narrows; the database alone comes to the same.
    if (who !== 'administrator') expect(await read(users[who].userId)).toHaveLength(isListed ? 1 : 0);
    return isListed;
  };
  const place = (teamId: number | null) =>
    server.asSystem((db) =>
      db.updateTable('app_user').set({ team_id: teamId }).where('id', '=', users.member.userId).execute(),
    );

  it('is seen there and below, by nobody else, and no longer by who has moved away', async () => {
    const { status, body } = await users.manager.post(
      '/saved-views',
      view('北方的', { teamId: teams.north }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({ isShared: false, teamId: teams.north });
    expect(await sees('manager')).toBe(true);
    expect(await sees('member')).toBe(true);
    expect(await sees('stranger')).toBe(false);
    expect(await sees('administrator')).toBe(false);
    await place(teams.south);
    expect(await sees('member')).toBe(false);
    const another = { user_id: users.member.userId, team_id: teams.north1 };
    await server.asSystem((db) => db.insertInto('user_team').values(another).execute());
    expect(await sees('member')).toBe(true);
    await server.asSystem((db) => db.deleteFrom('user_team').execute());
    await place(teams.north1);
    const path = `/saved-views/${body.savedViewId}`;
    await users.manager.patch(path, { teamId: teams.south });
    // Its maker sees it wherever it is shared.
    expect([await sees('member'), await sees('stranger'), await sees('manager')]).toEqual([
      false,
      true,
      true,
    ]);
    await users.manager.delete(path);
  });

  it('is shared with everybody, a department or nobody: never two at once', async () => {
    const { body } = await users.other.post('/saved-views', view('南方的', { teamId: teams.south }));
    const path = `/saved-views/${body.savedViewId}`;
    const shared = async (change: Record<string, unknown>) => {
      const { isShared, teamId } = (await users.other.patch(path, change)).body;
      return [isShared, teamId];
    };
    expect(await shared({ name: '南方' })).toEqual([false, teams.south]);
    expect(await shared({ isShared: true })).toEqual([true, null]);
    expect(await shared({ teamId: teams.north })).toEqual([false, teams.north]);
    expect(await shared({ teamId: null })).toEqual([false, null]);
    expect(await shared({ isShared: true })).toEqual([true, null]);
    expect(await shared({ teamId: null })).toEqual([true, null]);
    expect(await shared({ isShared: false, teamId: teams.north })).toEqual([false, teams.north]);
    expect(await shared({ isShared: false })).toEqual([false, null]);
    expect((await users.other.patch(path, { isShared: true, teamId: teams.north })).status).toBe(400);
    const nowhere = await users.other.patch(path, { teamId: 999_999 });
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'teams.not_found']);
  });

  it('is its maker’s alone when the department is removed', async () => {
    const west = await users.administrator.post('/teams', { name: 'west' });
    const { body } = await users.other.post('/saved-views', view('西方的', { teamId: west.body.id }));
    expect((await users.administrator.delete(`/teams/${west.body.id}`)).status).toBe(204);
    const { items } = (await users.other.get('/saved-views')).body;
    const kept = items.find((one: { savedViewId: number }) => one.savedViewId === body.savedViewId);
    expect(kept).toMatchObject({ isShared: false, teamId: null });
  });
});

it('lets only its maker change or forget a view', async () => {
  const { body } = await users.manager.post('/saved-views', view('北区', { isShared: true }));
  const path = `/saved-views/${body.savedViewId}`;
  for (const somebody of [users.member, users.administrator]) {
    const changed = await somebody.patch(path, { name: '改名' });
    const nobody = await somebody.patch('/saved-views/999999', { name: '改名' });
    expect([changed.status, changed.body.code]).toEqual([404, 'views.not_found']);
    expect({ ...changed.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
    expect((await somebody.delete(path)).status).toBe(404);
  }
  const changed = await users.manager.patch(path, { name: '北区客户', state: {} });
  expect(changed.body).toMatchObject({ name: '北区客户', state: {}, isShared: true });
  expect((await users.manager.patch(path, { isShared: false })).body).toMatchObject({ isShared: false });
  expect((await users.manager.delete(path)).status).toBe(204);
  expect((await users.manager.delete(path)).status).toBe(404);
});

it('takes a name once a page and maker', async () => {
  await users.stranger.post('/saved-views', view('同名'));
  const twin = await users.stranger.post('/saved-views', view('同名'));
  expect([twin.status, twin.body.code]).toEqual([409, 'views.name_exists']);
  const other = await users.stranger.post('/saved-views', view('另一个'));
  const renamed = await users.stranger.patch(`/saved-views/${other.body.savedViewId}`, { name: '同名' });
  expect(renamed.status).toBe(409);
  expect((await users.other.post('/saved-views', view('同名'))).status).toBe(201);
});

it.each([
  { name: '' },
  { name: 'x'.repeat(101) },
  { state: [] },
  { state: { big: 'x'.repeat(20_000) } },
  { state: { nul: 'a\0' } },
])('refuses %j', async (wrong) => {
  expect((await users.member.post('/saved-views', view('错', wrong))).status).toBe(400);
});
