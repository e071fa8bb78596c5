import { describe, expect, it } from 'vitest';
import { clientOf, signInAs } from '../../../testing/test-users.js';
import { testPassword, testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { app, users } = server;

describe('signing in', () => {
  it('says who somebody is and what they may do', async () => {
    const { status, body } = await users.manager.get('/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      email: 'manager@example.com',
      role: 'manager',
      scope: 'team_and_below',
      teamId: users.teams.north,
      settings: { timeZone: 'Asia/Shanghai', baseCurrency: 'CNY' },
    });
    expect(body.permissions).toContain('customers:assign');
    expect(body.permissions).not.toContain('users:write');
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await users.anonymous.post('/auth/sign-in', {
      email: 'member@example.com',
      password: 'no',
    });
    const unknown = await users.anonymous.post('/auth/sign-in', { email: 'x@example.com', password: 'no' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'session.wrong_password']);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it('takes as long over an unknown address as over a wrong password', async () => {
    const tookFor = async (email: string) => {
      const took = [];
      for (let time = 0; time < 3; time++) {
        const begun = performance.now();
        await users.anonymous.post('/auth/sign-in', { email, password: 'no' });
        took.push(performance.now() - begun);
      }
      return Math.min(...took);
    };
    const wrong = await tookFor('director@example.com');
    const unknown = await tookFor('nobody-there@example.com');
    // The hash is nearly all of it: without one an answer takes a fiftieth.
    expect(unknown).toBeGreaterThan(wrong / 3);
    expect(unknown).toBeLessThan(wrong * 3);
  });

  it('is for seven days of silence', async () => {
    const server = await testServer({ clock: new Date().toISOString() });
    const { member } = server.users;
    expect((await member.get('/me')).status).toBe(200);
    server.clock.advance(7 * 86_400_000 - 60_000);
    expect((await member.get('/me')).status).toBe(200);
    server.clock.advance(120_000);
    expect((await member.get('/me')).status).toBe(401);
  });

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await users.anonymous.post('/auth/sign-in', {
      email: 'member@example.com',
      password: testPassword,
    });
    const [cookie = ''] = [answer.headers['set-cookie'] ?? []].flat();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    // A session that somebody else has put into the browser is not gone on with.
    const again = await users.anonymous.post(
      '/auth/sign-in',
      { email: 'member@example.com', password: testPassword },
      { cookie: cookie.split(';')[0] ?? '', origin: 'http://localhost:80' },
    );
    const [renewed = ''] = [again.headers['set-cookie'] ?? []].flat();
    expect(again.status).toBe(204);
    expect(renewed.split(';')[0]).not.toBe(cookie.split(';')[0]);
  });

  it('stops guessing after ten attempts on one account', async () => {
    const attempt = () =>
      users.anonymous.post('/auth/sign-in', { email: 'guessed@example.com', password: 'no' });
    const codes = [];
    for (let count = 0; count < 11; count++) codes.push((await attempt()).status);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(codes[10]).toBe(429);
  });

  it('ends the session at sign-out', async () => {
    const cookie = await signInAs(app, 'stranger@example.com', testPassword);
    const client = clientOf(app, users.stranger.userId, () => Promise.resolve(cookie));
    expect((await client.get('/me')).status).toBe(200);
    expect((await client.post('/auth/sign-out')).status).toBe(204);
    expect((await client.get('/me')).status).toBe(401);
  });

  it('lets nobody in without a session', async () => {
    const { status, body } = await users.anonymous.get('/me', { 'accept-language': 'en' });
    expect([status, body.code, body.detail]).toEqual([401, 'app.unauthenticated', 'Please sign in.']);
  });
});

describe('behind https', () => {
  it('gives no cookie that a browser would send over http', async () => {
    const secure = await testServer({ publicUrl: 'https://kezi.example' });
    const enter = (server: typeof secure) =>
      server.users.anonymous.post('/auth/sign-in', { email: 'member@example.com', password: testPassword });
    const cookiesOf = async (server: typeof secure) => [(await enter(server)).headers['set-cookie']].flat();
    const [cookies, ofPlain] = [await cookiesOf(secure), await cookiesOf(server)];
    // The session, and the device that is known from now on.
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; Secure(?:;|$)/);
    // Over plain http, on loopback, a browser would keep none of these.
    for (const cookie of ofPlain) expect(cookie).not.toMatch(/; Secure/);
    const strictOf = async (one: typeof secure) =>
      (await one.users.anonymous.get('/me')).headers['strict-transport-security'];
    expect([await strictOf(secure), await strictOf(server)]).toEqual([
      expect.stringContaining('max-age=31536000'),
      undefined,
    ]);
  });
});

describe('a request from another site', () => {
  it.each(['https://evil.example', 'null', 'http://localhost:81'])('is refused from %s', async (origin) => {
    const { status, body } = await users.administrator.post('/teams', { name: 'evil' }, { origin });
    expect([status, body.code]).toEqual([403, 'app.origin_refused']);
    const teams = await users.administrator.get('/teams');
    expect(JSON.stringify(teams.body)).not.toContain('evil');
  });

  it('is refused with a cookie and no origin at all', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/teams',
      headers: { cookie: await users.administrator.cookie() },
      payload: { name: 'silent' },
    });
    expect(answer.statusCode).toBe(403);
  });
});

describe('the first administrator', () => {
  it('is not made a second time', async () => {
    const { status, body } = await users.anonymous.post('/setup', {
      email: 'second@example.com',
      name: 'Second',
      password: 'a long password',
      organisationName: 'Kezi',
    });
    expect([status, body.code]).toEqual([409, 'setup.already_exists']);
    expect((await users.anonymous.get('/setup')).body).toEqual({ needed: false, codeNeeded: false });
  });

  it('is made from this machine without a code, and from elsewhere only with it', async () => {
    await server.asSystem((db) => db.updateTable('app_user').set({ role: 'director' }).execute());
    const wish = {
      email: 'first@example.com',
      name: '首位管理员',
      password: 'a long password',
      organisationName: '客资示例公司',
    };
    const from = (remoteAddress: string, body: object, headers = {}) =>
      users.anonymous.request({ method: 'POST', url: '/setup', payload: body, remoteAddress, headers });
    expect((await from('192.0.2.7', wish)).body.code).toBe('setup.code_refused');
    expect((await from('192.0.2.7', { ...wish, code: 'AAAAAAAAAA' })).body.code).toBe('setup.code_refused');
    const rebound = await from('127.0.0.1', wish, { host: 'evil.example' });
    expect(rebound.body.code).toBe('setup.code_refused');
    const proxied = await from('127.0.0.1', wish, { 'x-forwarded-for': '192.0.2.7' });
    expect(proxied.body.code).toBe('setup.code_refused');
    const made = await from('192.0.2.7', { ...wish, code: server.platform.setupCode });
    expect(made.status).toBe(204);
    const cookie = await signInAs(app, wish.email, wish.password);
    const { body } = await clientOf(app, 0, () => Promise.resolve(cookie)).get('/me');
    expect(body).toMatchObject({ role: 'administrator', settings: { organisationName: '客资示例公司' } });
  });
});
