import { describe, expect, it } from 'vitest';
import { clientOf, signInAs } from '../../../testing/test-users.js';
import { testPassword, testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { app, users } = server;

const namesSeenBy = async (who: 'administrator' | 'director' | 'manager' | 'member' | 'other') => {
  const { body } = await users[who].get('/users?limit=100');
  return body.items.map((user: { name: string }) => user.name).sort();
};

const wish = (email: string, more = {}) => ({ email, name: '王小明', password: 'a long password', ...more });

describe('who sees whom', () => {
  it('an administrator and a director see all', async () => {
    const all = ['administrator', 'director', 'manager', 'member', 'other', 'stranger'];
    expect(await namesSeenBy('administrator')).toEqual(all);
    expect(await namesSeenBy('director')).toEqual(all);
  });

  it('a manager sees the team and below, a member only themselves', async () => {
    expect(await namesSeenBy('manager')).toEqual(['manager', 'member']);
    expect(await namesSeenBy('other')).toEqual(['other', 'stranger']);
    expect(await namesSeenBy('member')).toEqual(['member']);
  });

  it('somebody of another team looks like somebody who does not exist', async () => {
    const theirs = await users.manager.get(`/users/${users.stranger.userId}`);
    const nobody = await users.manager.get('/users/999999');
    expect([theirs.status, theirs.body.code]).toEqual([404, 'users.not_found']);
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
  });

  it('pages hold everybody once', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await users.administrator.get(`/users?limit=2${cursor}`);
      seen.push(...body.items.map((user: { name: string }) => user.name));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(['administrator', 'director', 'manager', 'member', 'other', 'stranger']);
    expect((await users.administrator.get('/users?cursor=bm8')).body.code).toBe('app.cursor_invalid');
  });

  it('search takes the signs of a pattern as they are', async () => {
    expect((await users.administrator.get('/users?search=%25')).body.items).toEqual([]);
    expect((await users.administrator.get('/users?search=strang')).body.items).toHaveLength(1);
  });
});

describe('a new user', () => {
  it('may sign in, has the scope of the role, and stands in the audit', async () => {
    const made = await users.administrator.post(
      '/users',
      wish('Wang@Example.com', { role: 'manager', teamId: users.teams.south }),
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ email: 'wang@example.com', role: 'manager', scope: 'team_and_below' });
    const cookie = await signInAs(app, 'wang@example.com', 'a long password');
    const kept = await server.platform.db.login
      .selectFrom('user_account')
      .select('password')
      .where('user_id', '=', made.body.id)
      .executeTakeFirstOrThrow();
    // Salt and hash, as platform/auth/password-hash.test.ts has them.
    expect(kept.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    expect((await clientOf(app, 0, () => Promise.resolve(cookie)).get('/me')).body.name).toBe('王小明');
    const { body } = await users.administrator.get(`/audit?subject=user&subjectId=${made.body.id}`);
    expect(body.items.map((entry: { action: string }) => entry.action)).toEqual([
      'session.opened',
      'user.created',
    ]);
    expect(body.items[1]).toMatchObject({ userId: users.administrator.userId, userName: 'administrator' });
    expect(JSON.stringify(body)).not.toContain('a long password');
  });

  it('needs an address of their own and a team that exists', async () => {
    const twice = await users.administrator.post('/users', wish('member@example.com'));
    expect([twice.status, twice.body.code]).toEqual([409, 'users.email_exists']);
    const lost = await users.administrator.post('/users', wish('lost@example.com', { teamId: 999_999 }));
    expect([lost.status, lost.body.code]).toEqual([422, 'users.team_unknown']);
    expect((await users.administrator.get('/users?search=lost')).body.items).toEqual([]);
  });
});

describe('a change', () => {
  it('of the scope holds at the next request', async () => {
    expect(await namesSeenBy('member')).toEqual(['member']);
    await users.administrator.patch(`/users/${users.member.userId}`, { scope: 'team' });
    await users.administrator.patch(`/users/${users.stranger.userId}`, { teamId: users.teams.north1 });
    expect(await namesSeenBy('member')).toEqual(['member', 'stranger']);
    await users.administrator.patch(`/users/${users.stranger.userId}`, { teamId: users.teams.south });
  });

  it('over a change that the writer has not seen is refused', async () => {
    const { headers } = await users.administrator.get(`/users/${users.member.userId}`);
    const seen = { 'if-match': String(headers.etag) };
    const path = `/users/${users.member.userId}`;
    expect((await users.administrator.patch(path, { name: 'first' }, seen)).status).toBe(200);
    const second = await users.administrator.patch(path, { name: 'second' }, seen);
    expect([second.status, second.body.code]).toEqual([409, 'users.changed']);
  });

  it('never takes away the last administrator', async () => {
    for (const change of [{ disabled: true }, { role: 'member' }]) {
      const { status, body } = await users.administrator.patch(
        `/users/${users.administrator.userId}`,
        change,
      );
      expect([status, body.code]).toEqual([422, 'users.last_administrator']);
    }
  });

  it('leaves administrators the sight of everything, by whichever way and whoever asks', async () => {
    const { userId } = users.administrator;
    const promoted = { role: 'administrator', scope: 'own' };
    const answers = [
      await users.administrator.patch(`/users/${userId}`, { scope: 'own' }),
      await users.administrator.patch(`/users/${userId}/placement`, { scope: 'team' }),
      await users.administrator.patch(`/users/${users.director.userId}`, promoted),
      await users.administrator.post('/users', wish('narrow@example.com', promoted)),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      answers.map(() => [422, 'users.administrator_scope']),
    );
    const unchosen = { scope: 'chosen' };
    const nowhere = await users.administrator.patch(`/users/${users.member.userId}`, unchosen);
    expect([nowhere.status, nowhere.body.code]).toEqual([422, 'placement.chosen_empty']);
    const placed = await users.administrator.patch(`/users/${userId}/placement`, {
      teamId: users.teams.north,
    });
    expect([placed.status, placed.body.scope]).toEqual([200, 'all']);
    expect((await users.administrator.put('/wall', { fields: [], limits: [] })).status).toBe(200);
  });

  it('two administrators who demote each other at once leave one', async () => {
    await users.administrator.patch(`/users/${users.director.userId}`, { role: 'administrator' });
    const [first, second] = await Promise.all([
      users.administrator.patch(`/users/${users.director.userId}`, { role: 'member' }),
      users.director.patch(`/users/${users.administrator.userId}`, { role: 'member' }),
    ]);
    expect([first.status, second.status].filter((status) => status === 200)).toHaveLength(1);
    await server.asSystem((db) =>
      db
        .updateTable('app_user')
        .set({ role: 'administrator', scope: 'all' })
        .where('id', '=', users.administrator.userId)
        .execute(),
    );
  });
});

describe('a disabled user', () => {
  it('loses session and keys at once and cannot sign in', async () => {
    const key = await users.other.post('/keys', { name: 'reader', scopes: ['customers:read'] });
    const bearer = { authorization: `Bearer ${key.body.key}` };
    expect((await users.other.get('/me')).status).toBe(200);
    expect((await users.anonymous.get('/jobs', bearer)).status).toBe(403);
    await users.administrator.patch(`/users/${users.other.userId}`, { disabled: true });
    expect((await users.other.get('/me')).status).toBe(401);
    expect((await users.anonymous.get('/jobs', bearer)).status).toBe(401);
    const attempt = await users.anonymous.post('/auth/sign-in', {
      email: 'other@example.com',
      password: testPassword,
    });
    expect([attempt.status, attempt.body.code]).toEqual([401, 'session.wrong_password']);
    expect(attempt.headers['set-cookie']).toBeUndefined();
  });
});

describe('oneself', () => {
  it('everybody changes their own name and colours, and nobody their own role', async () => {
    const change = (wish: object) => users.stranger.patch('/me/preferences', wish);
    expect((await change({ theme: 'dark' })).status).toBe(204);
    const greedy = await change({ theme: 'light', role: 'administrator' });
    expect([greedy.status, greedy.body.code]).toEqual([400, 'app.input_unknown']);
    expect((await users.stranger.get('/me')).body).toMatchObject({ theme: 'dark', role: 'member' });
  });

  it('changes the password with the old one, and signs in again', async () => {
    const change = (current: string) =>
      users.stranger.post('/me/password', { current, next: 'another long one' });
    const wrong = await change('not this one');
    expect([wrong.status, wrong.body.code]).toEqual([401, 'users.wrong_password']);
    expect((await change(testPassword)).status).toBe(204);
    expect((await users.stranger.get('/me')).status).toBe(401);
    await signInAs(app, 'stranger@example.com', 'another long one');
    await expect(signInAs(app, 'stranger@example.com', testPassword)).rejects.toThrow('wrong_password');
  });
});
