import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import { clientOf } from '../../../testing/test-users.js';

const server = await testServer();
const { app, users, clock } = server;

const clientId = 'kezi';
const clientSecret = 'a shared secret of the two, long enough for HS256';
const keys = await generateKeyPair('ES256');
const strangersKeys = await generateKeyPair('ES256');

/** A provider of OpenID Connect as small as can be: what it signs is what a test wants it to say. */
const said: { issuer: string; idToken: (nonce: string) => Promise<string>; verifiers: string[] } = {
  issuer: '',
  idToken: () => Promise.resolve(''),
  verifiers: [],
};
let challenge = '';

async function answer(url: string, body: string): Promise<unknown> {
  const { issuer } = said;
  if (url === '/.well-known/openid-configuration') {
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    };
  }
  if (url === '/keys') return { keys: [{ ...(await exportJWK(keys.publicKey)), alg: 'ES256' }] };
  const sent = new URLSearchParams(body);
  said.verifiers.push(sent.get('code_verifier') ?? '');
  return { id_token: await said.idToken(sent.get('code') ?? '') };
}

let provider: Server;
let told = '';
beforeAll(async () => {
  provider = createServer((request, response) => {
    void text(request).then(async (body) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(await answer(request.url ?? '', body)));
    });
  });
  await new Promise<void>((done) => {
    provider.listen(0, '127.0.0.1', done);
  });
  const address = provider.address();
  said.issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const set = await users.administrator.patch('/sign-in-policy', {
    ssoIssuer: said.issuer,
    ssoClientId: clientId,
    ssoClientSecret: clientSecret,
    ssoLabel: '企业账号',
  });
  told = `${set.status} ${JSON.stringify(set.body)}`;
});
afterAll(() => new Promise((done) => provider.close(done)));

type Claims = Record<string, unknown>;
const nowSeconds = () => Math.floor(clock.now().getTime() / 1000);
const claimsOf = (nonce: string, more: Claims = {}): Claims => ({
  iss: said.issuer,
  aud: clientId,
  sub: 'u-1',
  email: 'manager@example.com',
  email_verified: true,
  iat: nowSeconds(),
  exp: nowSeconds() + 300,
  nonce,
  ...more,
});
const signed = (claims: Claims, key = keys.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(key);

/** A browser that goes to the provider and comes back; the provider hands the nonce on as the code. */
async function journey(
  idToken: (nonce: string) => Promise<string>,
  change: { state?: string; cookie?: string; more?: Record<string, string> } = {},
) {
  said.idToken = idToken;
  const begun = await users.anonymous.get('/auth/sso?to=/customers');
  expect(begun.status).toBe(303);
  const there = new URL(String(begun.headers.location));
  challenge = there.searchParams.get('code_challenge') ?? '';
  expect(there.searchParams.get('code_challenge_method')).toBe('S256');
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? '';
  const state = change.state ?? there.searchParams.get('state') ?? '';
  const query = new URLSearchParams({
    code: there.searchParams.get('nonce') ?? '',
    state,
    ...change.more,
  });
  const back = await users.anonymous.get(`/auth/sso/callback?${query.toString()}`, {
    cookie: change.cookie ?? cookie,
  });
  const cookies = [back.headers['set-cookie'] ?? []]
    .flat()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { location: String(back.headers.location), cookies };
}

describe('single sign-on', () => {
  it('is offered by name, and lets in whom the provider knows by a verified address', async () => {
    expect(told).toContain('200 ');
    expect(told).not.toContain(clientSecret);
    expect((await users.anonymous.get('/auth/ways')).body).toEqual({ sso: { label: '企业账号' } });
    const { location, cookies } = await journey((nonce) => signed(claimsOf(nonce)));
    expect(location).toBe('/customers');
    const me = clientOf(app, 0, () => Promise.resolve(cookies));
    expect((await me.get('/me')).body.email).toBe('manager@example.com');
    expect((await me.get('/me/sessions')).body.items[0].openedBy).toBe('sso');
    // The verifier that was sent belongs to the challenge.
    const { createHash } = await import('node:crypto');
    expect(
      createHash('sha256')
        .update(said.verifiers.at(-1) ?? '')
        .digest('base64url'),
    ).toBe(challenge);
    // Known from now on by the provider's own number, whatever address it says.
    const again = await journey((nonce) => signed(claimsOf(nonce, { email: 'else@x.example' })));
    expect(again.location).toBe('/customers');
  });

  it('keeps what must come back sealed, from scripts and for ten minutes', async () => {
    said.idToken = (nonce) => signed(claimsOf(nonce));
    const begun = await users.anonymous.get('/auth/sso?to=/customers');
    const there = new URL(String(begun.headers.location));
    const [state = '', nonce = ''] = ['state', 'nonce'].map((name) => there.searchParams.get(name) ?? '');
    const cookie = String(begun.headers['set-cookie']);
    expect(cookie).toMatch(/; Max-Age=600; HttpOnly; SameSite=Lax/);
    const kept = Buffer.from(/kezi\.sso=([\w-]+)/.exec(cookie)?.[1] ?? '', 'base64url').toString('latin1');
    for (const secret of [state, nonce]) expect(cookie + kept).not.toContain(secret);
    clock.advance(600_001);
    const query = new URLSearchParams({ code: nonce, state });
    const late = await users.anonymous.get(`/auth/sso/callback?${query.toString()}`, {
      cookie: cookie.split(';')[0] ?? '',
    });
    expect(late.headers.location).toMatch(/^\/sign-in\?refused=session\.sso_refused/);
  });

  it('leaves the second factor to the provider, where a role needs one, and takes what else it adds', async () => {
    const rule = (roles: string[]) =>
      users.administrator.patch('/sign-in-policy', { secondFactorRoles: roles });
    expect((await rule(['manager'])).status).toBe(200);
    const { cookies } = await journey((nonce) => signed(claimsOf(nonce)), {
      more: { session_state: 'x', iss: said.issuer },
    });
    const me = await clientOf(app, 0, () => Promise.resolve(cookies)).get('/me');
    expect([me.status, me.body.mustEnrol]).toEqual([200, false]);
    await rule([]);
  });

  it.each<[string, (nonce: string) => Promise<string>, { state?: string; cookie?: string }?]>([
    ['a token of another key', (nonce) => signed(claimsOf(nonce), strangersKeys.privateKey)],
    ['a token without signature', (nonce) => Promise.resolve(new UnsecuredJWT(claimsOf(nonce)).encode())],
    [
      'a token signed with our own secret',
      (nonce) =>
        new SignJWT(claimsOf(nonce)).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(clientSecret)),
    ],
    ['a token for somebody else', (nonce) => signed(claimsOf(nonce, { aud: 'another' }))],
    ['a token of another issuer', (nonce) => signed(claimsOf(nonce, { iss: 'https://evil.example' }))],
    ['a token that has run out', (nonce) => signed(claimsOf(nonce, { exp: nowSeconds() - 120 }))],
    ['a token of another journey', () => signed(claimsOf('another nonce'))],
    ['no token', () => Promise.resolve('not.a.token')],
    ['another state', (nonce) => signed(claimsOf(nonce)), { state: 'x' }],
    ['no cookie', (nonce) => signed(claimsOf(nonce)), { cookie: 'a=b' }],
    [
      'an address that nobody has verified',
      (nonce) => signed(claimsOf(nonce, { sub: 'u-2', email_verified: false })),
    ],
    ['an address that nobody has', (nonce) => signed(claimsOf(nonce, { sub: 'u-3', email: 'x@x.example' }))],
  ])('refuses %s', async (_what, token, change) => {
    const { location, cookies } = await journey(token, change);
    expect(location).toMatch(/^\/sign-in\?refused=session\.sso/);
    expect(cookies).not.toContain('session_token');
  });

  it.each([
    ['access_denied', 'session.sso_declined_refused'],
    ['temporarily_unavailable', 'session.sso_unavailable'],
    ['invalid_scope', 'session.sso_refused'],
  ])('tells what the provider says instead of a code: %s', async (error, code) => {
    const begun = await users.anonymous.get('/auth/sso?to=/customers');
    const state = new URL(String(begun.headers.location)).searchParams.get('state') ?? '';
    const back = await users.anonymous.get(`/auth/sso/callback?error=${error}&state=${state}`, {
      cookie: String(begun.headers['set-cookie']).split(';')[0] ?? '',
    });
    expect(back.headers.location).toBe(`/sign-in?refused=${code}&to=%2Fcustomers`);
    const { items } = (await users.administrator.get('/audit?action=session.refused&limit=1')).body;
    expect(items[0]).toMatchObject({ changes: { by: 'sso', reason: code } });
  });

  it('ends with the account here, leads nowhere else, and says when the provider is away', async () => {
    await users.administrator.patch(`/users/${users.manager.userId}`, { disabled: true });
    expect((await journey((nonce) => signed(claimsOf(nonce)))).location).toContain('sso_unknown_refused');
    await users.administrator.patch(`/users/${users.manager.userId}`, { disabled: false });
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example']) {
      said.idToken = (nonce) => signed(claimsOf(nonce));
      const begun = await users.anonymous.get(`/auth/sso?to=${encodeURIComponent(to)}`);
      const there = new URL(String(begun.headers.location));
      const query = new URLSearchParams({
        code: there.searchParams.get('nonce') ?? '',
        state: there.searchParams.get('state') ?? '',
      });
      const back = await users.anonymous.get(`/auth/sso/callback?${query.toString()}`, {
        cookie: String(begun.headers['set-cookie']).split(';')[0] ?? '',
      });
      expect(back.headers.location).toBe('/');
    }
    // Nobody saves a button that leads nowhere, or to somebody else.
    for (const ssoIssuer of ['http://127.0.0.1:9', `${said.issuer}/other`]) {
      const unusable = await users.administrator.patch('/sign-in-policy', { ssoIssuer });
      expect([unusable.status, unusable.body.code]).toEqual([422, 'session.sso_issuer_unusable']);
    }
    expect((await users.administrator.get('/sign-in-policy')).body.ssoIssuer).toBe(said.issuer);
    // What it said of itself is known for an hour.
    clock.advance(3_600_001);
    await new Promise((done) => provider.close(done));
    const away = await users.anonymous.get('/auth/sso?to=/customers');
    expect(away.headers.location).toBe('/sign-in?refused=session.sso_unavailable&to=%2Fcustomers');
  });
});
