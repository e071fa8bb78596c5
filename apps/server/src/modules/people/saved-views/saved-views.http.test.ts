import { expect, it } from 'vitest';
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
