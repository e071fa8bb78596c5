import { Client } from 'pg';
import { symbols } from 'pino';
import { expect, it, vi } from 'vitest';
import { testPassword, testServer } from '../../../testing/test-server.js';

vi.stubEnv('KEZI_TEST_LOG', 'trace');
const server = await testServer();
const { app, users } = server;

/** Every line of the log from here on; children of the logger write to the same stream. */
const lines: string[] = [];
(app.log as unknown as Record<symbol, unknown>)[symbols.streamSym] = {
  write: (line: string) => lines.push(line),
};

/** The work while nothing can be written to a table: what is under way fails, and the database tells the row. */
async function whileRefusing<T>(table: string, work: () => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: server.data.address.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`alter table ${table} add constraint refused check (false) not valid`);
    return await work();
  } finally {
    await owner.query(`alter table ${table} drop constraint refused`);
    await owner.end();
  }
}

const signIn = (password: string, more = {}) =>
  users.anonymous.post('/auth/sign-in', { email: 'member@example.com', password, ...more });

it('holds no password, token, key or secret, not even where what they are for fails', async () => {
  const cookie = await users.administrator.cookie();
  const link = (await users.administrator.post(`/users/${users.member.userId}/link`)).body.token as string;
  const key = (await users.member.post('/keys', { name: 'writes', scopes: ['customers:write'] })).body
    .key as string;
  const addWebhook = (name: string) =>
    users.administrator.post('/webhooks', {
      name,
      url: 'https://example.com/in',
      events: ['task.changed'],
    });
  const { secret } = (await addWebhook('first')).body;
  expect([link, key, secret].map((one) => typeof one)).toEqual(['string', 'string', 'string']);

  const next = 'four quiet ferries';
  const withKey = { authorization: `Bearer ${key}` };
  const failed = [
    await whileRefusing('user_session', () => signIn(testPassword)),
    await whileRefusing('sign_in_failure', () => signIn('a mistyped password')),
    await whileRefusing('user_account', () =>
      users.anonymous.post('/auth/links/use', { token: link, password: next }),
    ),
    await whileRefusing('user_link', () => users.administrator.post(`/users/${users.member.userId}/link`)),
    await whileRefusing('api_key', () =>
      users.member.post('/keys', { name: 'x', scopes: ['customers:read'] }),
    ),
    await whileRefusing('customer', () =>
      users.anonymous.post('/customers', { customerNo: 'X1', name: 'x' }, withKey),
    ),
    await whileRefusing('webhook', () => addWebhook('second')),
  ];
  expect(failed.map(({ status }) => status)).toEqual(failed.map(() => 500));
  expect(lines.filter((line) => line.includes('A request failed.'))).toHaveLength(failed.length);
  expect((await signIn(testPassword)).status).toBe(204);

  // What PostgreSQL tells of a row that it refuses would hold the token of the session among the rest.
  const log = lines.join('');
  expect(log).not.toContain('Failing row');
  const sessions = await server.platform.db.login.selectFrom('user_session').select('token').execute();
  const hidden = [testPassword, 'a mistyped password', next, link, key, secret, cookie];
  for (const one of [...hidden, ...sessions.map(({ token }) => token)]) expect(log).not.toContain(one);
});
