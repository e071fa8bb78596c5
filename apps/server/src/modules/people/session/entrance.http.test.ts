import { describe, expect, it } from 'vitest';
import type { FastifyRequest } from 'fastify';
import { stepOf, totpCode } from '../../../platform/auth/totp.js';
import { openStream } from '../../../testing/open-stream.js';
import { testPassword, testServer } from '../../../testing/test-server.js';
import { clientOf, signInAs } from '../../../testing/test-users.js';
import { attemptOf, beginAttempt, failAttempt } from './guard-attempts.js';

const server = await testServer();
const { app, users, clock } = server;

const cookiesOf = (headers: { 'set-cookie'?: string | string[] | undefined }) =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const enter = (
  email: string,
  password: string,
  more: { code?: string; cookie?: string; from?: string } = {},
) =>
  users.anonymous.request({
    method: 'POST',
    url: '/auth/sign-in',
    payload: { email, password, ...(more.code === undefined ? {} : { code: more.code }) },
    remoteAddress: more.from ?? '192.0.2.1',
    headers: more.cookie === undefined ? {} : { cookie: more.cookie, origin: 'http://localhost:80' },
  });

/** Wrong attempts without the quarter of a second that each costs. */
async function fail(email: string, times: number, from = '192.0.2.1'): Promise<void> {
  const attempt = attemptOf(server.platform, { ip: from, headers: {} } as FastifyRequest, email);
  for (let count = 0; count < times; count++) {
    await server.asSystem(async (db) => {
      await beginAttempt(db, attempt, clock.now());
      await failAttempt(db, attempt, clock.now());
    });
  }
}

const as = (cookie: string) => clientOf(app, 0, () => Promise.resolve(cookie));

let made = 0;
async function newUser(role = 'member'): Promise<{ id: number; email: string; password: string }> {
  made += 1;
  const email = `person${made}@kezi.example`;
  const password = `seven grey herons ${made}`;
  const { body } = await users.administrator.post('/users', { email, name: `人${made}`, role, password });
  return { id: body.id, email, password };
}

describe('a password', () => {
  it.each([
    ['password2026', 'password.common'],
    ['xiaoming is here', 'password.holds_name'],
    ['qwertyuiop', 'password.pattern'],
    ['13812345678', 'password.digits'],
  ])('like %s is refused wherever one is set', async (password, code) => {
    const person = { email: 'xiaoming@kezi.example', name: '小明', password };
    const added = await users.administrator.post('/users', person);
    expect([added.status, added.body.code]).toEqual([422, code]);
    if (code === 'password.holds_name') return;
    const changed = await users.member.post('/me/password', { current: testPassword, next: password });
    expect([changed.status, changed.body.code]).toEqual([422, code]);
  });
});

describe('wrong attempts', () => {
  it('on one account pause whoever guesses, longer each time, and never the device that its owner uses', async () => {
    const { email, password } = await newUser();
    const device = cookiesOf((await enter(email, password)).headers);
    const guess = (from: string) => enter(email, 'wrong wrong wrong', { from });
    const statuses = [];
    for (let count = 0; count < 11; count++) statuses.push((await guess(`198.51.100.${count}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const refused = await enter(email, password, { from: '203.0.113.9' });
    expect([refused.status, refused.body.code]).toEqual([429, 'session.rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBe(30);
    expect((await enter(email, password, { cookie: device })).status).toBe(204);
    // A right password from the known device ends the pause for everybody.
    expect((await enter(email, password, { from: '203.0.113.9' })).status).toBe(204);
  });

  it('end by themselves: attempts while one waits do not count', async () => {
    const { email, password } = await newUser();
    await fail(email, 10);
    for (let count = 0; count < 30; count++) {
      expect((await enter(email, 'wrong wrong wrong')).status).toBe(429);
    }
    clock.advance(31_000);
    expect((await enter(email, 'wrong wrong wrong', { from: '203.0.113.4' })).status).toBe(401);
    expect((await enter(email, password)).headers['retry-after']).toBe('60');
    clock.advance(61_000);
    expect((await enter(email, password)).status).toBe(204);
  });

  it('wait a quarter of an hour at most, however many there have been', async () => {
    const { email, password } = await newUser();
    await fail(email, 10);
    const pauses = [];
    for (let more = 0; more < 8; more++) {
      const { headers } = await enter(email, password);
      pauses.push(Number(headers['retry-after']));
      clock.advance(Number(headers['retry-after']) * 1000 + 1000);
      await fail(email, 1, `203.0.113.${100 + more}`);
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('a hundred at once are not free', async () => {
    const { email } = await newUser();
    const tries = Array.from({ length: 100 }, (_, i) =>
      fail(email, 1, `203.0.113.${i}`).then(
        () => true,
        () => false,
      ),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(10);
  });

  it('on many accounts pause the address they come from, and an administrator can let a colleague in', async () => {
    const { id, email, password } = await newUser();
    await fail(email, 10, '203.0.113.50');
    expect((await enter(email, password)).status).toBe(429);
    const access = () => users.administrator.get(`/users/${id}/access`);
    expect(new Date((await access()).body.pausedUntil).getTime()).toBe(clock.now().getTime() + 30_000);
    expect((await users.administrator.delete(`/users/${id}/pause`)).status).toBe(204);
    expect((await access()).body.pausedUntil).toBeNull();
    const entered = await enter(email, password);
    expect(entered.status).toBe(204);
    // Whoever mistypes on the device that the account knows is let in again as well.
    const cookie = cookiesOf(entered.headers);
    for (let count = 0; count < 10; count++) await enter(email, 'wrong wrong wrong', { cookie });
    expect((await enter(email, password, { cookie })).status).toBe(429);
    expect((await access()).body.pausedUntil).not.toBeNull();
    await users.administrator.delete(`/users/${id}/pause`);
    expect((await enter(email, password, { cookie })).status).toBe(204);
    for (let nobody = 0; nobody < 50; nobody++) await fail(`nobody${nobody}@x.example`, 1, '203.0.113.77');
    expect((await enter(email, password, { from: '203.0.113.77' })).status).toBe(429);
    expect((await enter(email, password, { from: '203.0.113.78' })).status).toBe(204);
  });
});

describe('a second factor', () => {
  const codeNow = (secret: string) => totpCode(secret, stepOf(clock.now()));

  it('is set up with a code, asked for, good once, and has recovery codes', async () => {
    const { email, password } = await newUser();
    const me = as(await signInAs(app, email, password));
    expect((await me.post('/me/second-factor', { password: 'not mine at all' })).status).toBe(401);
    const begun = await me.post('/me/second-factor', { password });
    expect(begun.body.uri).toContain(`secret=${begun.body.secret}`);
    // Not on before it has been shown to work.
    expect((await enter(email, password)).status).toBe(204);
    expect((await me.post('/me/second-factor/confirm', { code: '000000' })).status).toBe(403);
    const confirmed = await me.post('/me/second-factor/confirm', { code: codeNow(begun.body.secret) });
    expect(confirmed.body.codes).toHaveLength(10);
    expect((await me.get('/me/second-factor')).body).toEqual({
      isOn: true,
      isRequired: false,
      recoveryCodesLeft: 10,
    });
    const asked = await enter(email, password);
    expect([asked.status, asked.body.code, asked.headers['set-cookie']]).toEqual([
      401,
      'session.code_needed',
      undefined,
    ]);
    // The code that confirmed it is used up.
    expect((await enter(email, password, { code: codeNow(begun.body.secret) })).body.code).toBe(
      'session.code_refused',
    );
    clock.advance(30_000);
    const code = codeNow(begun.body.secret);
    expect((await enter(email, password, { code })).status).toBe(204);
    expect((await enter(email, password, { code })).status).toBe(403);
    const [recovery = ''] = confirmed.body.codes as string[];
    // 16 letters and figures of 32: 80 bits.
    expect(recovery.replaceAll('-', '')).toMatch(/^[A-Z2-7]{16}$/);
    expect((await enter(email, password, { code: recovery.toLowerCase() })).status).toBe(204);
    expect((await enter(email, password, { code: recovery })).status).toBe(403);
    expect((await me.get('/me/second-factor')).body.recoveryCodesLeft).toBe(9);
    clock.advance(30_000);
    const off = { password, code: codeNow(begun.body.secret) };
    expect((await me.post('/me/second-factor/off', off)).status).toBe(204);
    expect((await enter(email, password)).status).toBe(204);
  });

  it('keeps its secret sealed, and its codes out of audit and lists', async () => {
    const { id, email, password } = await newUser();
    const me = as(await signInAs(app, email, password));
    const { body } = await me.post('/me/second-factor', { password });
    const { body: given } = await me.post('/me/second-factor/confirm', { code: codeNow(body.secret) });
    const rows = await server.platform.db.login.selectFrom('user_second_factor').selectAll().execute();
    const codes = await server.platform.db.login.selectFrom('user_recovery_code').selectAll().execute();
    const { body: audit } = await users.administrator.get(`/audit?subject=user&subjectId=${id}&limit=200`);
    const { body: access } = await users.administrator.get(`/users/${id}/access`);
    const seen = JSON.stringify([rows, codes, audit, access]);
    expect(seen).not.toContain(body.secret);
    for (const one of given.codes as string[]) expect(seen).not.toContain(one);
    expect(access).toMatchObject({ hasSecondFactor: true, hasPassword: true });
    expect((await users.administrator.delete(`/users/${id}/second-factor`)).status).toBe(204);
    expect((await enter(email, password)).status).toBe(204);
  });

  it('that a role needs opens nothing but its own setting up', async () => {
    const { email, password } = await newUser('manager');
    const me = as(await signInAs(app, email, password));
    expect((await me.get('/customers')).status).toBe(200);
    const rule = await users.administrator.patch('/sign-in-policy', { secondFactorRoles: ['manager'] });
    expect(rule.status).toBe(200);
    const refused = await me.get('/customers');
    expect([refused.status, refused.body.code]).toEqual([403, 'session.second_factor_missing']);
    expect((await me.get('/me')).body).toMatchObject({
      mustEnrol: true,
      permissions: ['me:read', 'me:write'],
    });
    const { body } = await me.post('/me/second-factor', { password });
    await me.post('/me/second-factor/confirm', { code: codeNow(body.secret) });
    expect((await me.get('/customers')).status).toBe(200);
    clock.advance(30_000);
    const off = await me.post('/me/second-factor/off', { password, code: codeNow(body.secret) });
    expect(off.body.code).toBe('session.second_factor_forbidden');
    await users.administrator.patch('/sign-in-policy', { secondFactorRoles: [] });
    for (const who of ['director', 'manager', 'member'] as const) {
      expect((await users[who].patch('/sign-in-policy', { secondFactorRoles: [] })).status).toBe(403);
    }
  });
});

describe('sessions', () => {
  it('are listed with device and place, and end at once when revoked, open streams too', async () => {
    const { email, password } = await newUser();
    const here = as(await signInAs(app, email, password));
    const phone = as(
      cookiesOf(
        (
          await users.anonymous.request({
            method: 'POST',
            url: '/auth/sign-in',
            payload: { email, password },
            remoteAddress: '203.0.113.200',
            headers: { 'user-agent': 'Mozilla/5.0 (iPhone)' },
          })
        ).headers,
      ),
    );
    await phone.request({ url: '/me', method: 'GET', remoteAddress: '203.0.113.201' });
    const { body } = await here.get('/me/sessions');
    expect(body.items).toHaveLength(2);
    const other = body.items.find((one: { isCurrent: boolean }) => !one.isCurrent);
    expect(other).toMatchObject({
      userAgent: 'Mozilla/5.0 (iPhone)',
      openedFrom: '203.0.113.200',
      lastAddress: '203.0.113.201',
    });
    expect(JSON.stringify(body)).not.toContain('token');
    // Nobody ends the session of another.
    expect((await users.member.delete(`/me/sessions/${other.id}`)).status).toBe(404);
    const stream = await openStream(app, phone, '/events');
    expect((await here.delete(`/me/sessions/${other.id}`)).status).toBe(204);
    await stream.whole;
    expect((await phone.get('/me')).status).toBe(401);
    expect((await here.get('/me')).status).toBe(200);
  });

  it('all but this one end in one act, and an administrator ends those of others', async () => {
    const { id, email, password } = await newUser();
    const clients = [];
    for (let count = 0; count < 3; count++) clients.push(as(await signInAs(app, email, password)));
    const [first, second, third] = clients;
    expect((await first?.delete('/me/sessions'))?.status).toBe(204);
    expect([(await second?.get('/me'))?.status, (await third?.get('/me'))?.status]).toEqual([401, 401]);
    expect((await first?.get('/me'))?.status).toBe(200);
    expect((await users.administrator.delete(`/users/${id}/sessions`)).status).toBe(204);
    expect((await first?.get('/me'))?.status).toBe(401);
  });
});

describe('a link', () => {
  const invite = async (email: string) => {
    const { body } = await users.administrator.post('/users', { email, name: '新同事' });
    const link = await users.administrator.post(`/users/${body.id}/link`);
    return { id: body.id as number, link: link.body as { kind: string; token: string } };
  };
  const password = 'four quiet ferries';

  it('invites a person without a password, works once, and signs them in', async () => {
    const { id, link } = await invite('invited@kezi.example');
    expect(link.kind).toBe('invitation');
    // 43 signs of 64: 256 bits.
    expect(link.token).toMatch(/^[\w-]{43}$/);
    expect((await enter('invited@kezi.example', 'anything at all')).status).toBe(401);
    const looked = await users.anonymous.post('/auth/links/look', { token: link.token });
    expect(looked.body).toMatchObject({ email: 'invited@kezi.example', name: '新同事', kind: 'invitation' });
    const weak = await users.anonymous.post('/auth/links/use', {
      token: link.token,
      password: 'password123',
    });
    expect(weak.body.code).toBe('password.common');
    const used = await Promise.all(
      [1, 2, 3].map(() => users.anonymous.post('/auth/links/use', { token: link.token, password })),
    );
    expect(used.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 422, 422]);
    const inside = used.find(({ status }) => status === 204);
    expect((await as(cookiesOf(inside?.headers ?? {})).get('/me')).body.email).toBe('invited@kezi.example');
    const spent = await users.anonymous.post('/auth/links/look', { token: link.token });
    expect([spent.status, spent.body.code]).toEqual([422, 'users.link_used']);
    expect((await enter('invited@kezi.example', password)).status).toBe(204);
    const stored = await server.asSystem((db) => db.selectFrom('user_link').selectAll().execute());
    expect(JSON.stringify(stored)).not.toContain(link.token);
    const { body } = await users.administrator.get(`/audit?subject=user&subjectId=${id}`);
    expect(JSON.stringify(body)).not.toContain(link.token);
  });

  it('resets a forgotten password and ends what was open; a newer one takes the place of an older', async () => {
    const person = await newUser();
    const before = as(await signInAs(app, person.email, person.password));
    const first = (await users.administrator.post(`/users/${person.id}/link`)).body;
    const second = (await users.administrator.post(`/users/${person.id}/link`)).body;
    expect(second.kind).toBe('reset');
    expect((await users.anonymous.post('/auth/links/use', { token: first.token, password })).body.code).toBe(
      'users.link_used',
    );
    expect((await users.anonymous.post('/auth/links/use', { token: second.token, password })).status).toBe(
      204,
    );
    expect((await before.get('/me')).status).toBe(401);
    expect((await enter(person.email, person.password)).status).toBe(401);
    expect((await enter(person.email, password)).status).toBe(204);
  });

  it('to reset runs out in a day, and takes the place of no second factor', async () => {
    const person = await newUser();
    const me = as(await signInAs(app, person.email, person.password));
    const { body } = await me.post('/me/second-factor', { password: person.password });
    await me.post('/me/second-factor/confirm', { code: totpCode(body.secret, stepOf(clock.now())) });
    const reset = async () =>
      (await users.administrator.post(`/users/${person.id}/link`)).body.token as string;
    const late = await reset();
    clock.advance(86_400_000 + 1000);
    expect((await users.anonymous.post('/auth/links/use', { token: late, password })).body.code).toBe(
      'users.link_expired',
    );
    const used = await users.anonymous.post('/auth/links/use', { token: await reset(), password });
    expect([used.status, used.headers['set-cookie']]).toEqual([204, undefined]);
    expect((await enter(person.email, password)).body.code).toBe('session.code_needed');
  });

  it('runs out, ends with the account, and is made by administrators alone', async () => {
    const { id, link } = await invite('late@kezi.example');
    for (const who of ['director', 'manager', 'member'] as const) {
      expect((await users[who].post(`/users/${id}/link`)).status).toBe(403);
    }
    clock.advance(7 * 86_400_000 + 1000);
    const late = await users.anonymous.post('/auth/links/use', { token: link.token, password });
    expect([late.status, late.body.code]).toEqual([422, 'users.link_expired']);
    const never = await users.anonymous.post('/auth/links/look', { token: 'x'.repeat(43) });
    expect([never.status, never.body.code]).toEqual([404, 'users.link_not_found']);
    const fresh = as(await signInAs(app, 'administrator@example.com', testPassword));
    const access = async () => (await fresh.get(`/users/${id}/access`)).body;
    expect(await access()).toMatchObject({ linkUntil: null, linkEndedAt: expect.any(String) });
    const again = (await fresh.post(`/users/${id}/link`)).body;
    expect(await access()).toMatchObject({ linkUntil: again.expiresAt, linkEndedAt: null });
    await fresh.patch(`/users/${id}`, { disabled: true });
    expect((await users.anonymous.post('/auth/links/look', { token: again.token })).status).toBe(404);
    expect((await fresh.post(`/users/${id}/link`)).body.code).toBe('users.link_disabled');
  });
});
