import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.js';
import { until } from '../../testing/until.js';
import { codedErrorOf } from './problem.js';

const server = await testServer({ load: { connections: 8, waiting: 3, perCaller: 30 } });
const { administrator, director, member } = server.users;
const { pool } = server.platform.db;
// Signing in takes a quarter of a second and connections of its own.
await Promise.all([administrator, director, member].map((user) => user.get('/me')));

/** Takes every connection, as many slow queries would. */
async function takeAll(): Promise<() => void> {
  const taken = await Promise.all(Array.from({ length: 8 }, () => pool.connect()));
  return () => taken.forEach((client) => client.release());
}

describe('more than can be done', () => {
  it('is turned away at once, in words and with the time to come again; then all goes on', async () => {
    const release = await takeAll();
    const waiting = Array.from({ length: 4 }, () => member.get('/me'));
    await until(() => pool.waitingCount === 4);
    for (let time = 0; time < 20; time += 1) {
      const { status, body, headers } = await director.get('/customers', { 'accept-language': 'zh-CN' });
      expect([status, body.code, body.detail]).toEqual([
        503,
        'app.server_busy',
        '服务器正忙，这次请求没有处理。请过几秒再试。',
      ]);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    // At once: none of them went to wait for a connection.
    expect(pool.waitingCount).toBe(4);
    const english = await director.get('/customers', { 'accept-language': 'en-US' });
    expect(english.body.detail).toContain('server is busy');
    // Who watches the server is answered all the same.
    expect((await server.app.inject('/healthz')).statusCode).toBe(200);
    release();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await director.get('/customers')).status).toBe(200);
  });

  it('of one caller is refused to that caller alone', async () => {
    let release = () => {};
    const locked = new Promise<void>((taken) => {
      void server.asSystem(async (db) => {
        await sql`lock table saved_view in access exclusive mode`.execute(db);
        taken();
        await new Promise<void>((done) => (release = done));
      });
    });
    await locked;
    const mine = Array.from({ length: 30 }, () => member.get('/saved-views?page=customers'));
    /** Connections of the program that wait for the table. */
    const held = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from pg_stat_activity
        where datname = current_database() and usename = 'kezi_app' and wait_event_type = 'Lock'`.execute(
        server.platform.db.login,
      );
      return rows[0]?.n ?? 0;
    };
    await until(async () => (await held()) === 2);
    const refused = await member.get('/me');
    expect([refused.status, refused.body.code]).toEqual([429, 'app.caller_rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.body.detail).toContain('30');
    // A quarter of eight connections, however many requests there are; others find theirs free.
    for (let time = 0; time < 5; time += 1) {
      expect((await director.get('/customers')).status).toBe(200);
      expect(await held()).toBe(2);
    }
    release();
    const statuses = (await Promise.all(mine)).map(({ status }) => status);
    expect(new Set(statuses).size).toBe(1);
    expect((await member.get('/me')).status).toBe(200);
  });
});

describe('one request', () => {
  it('whose query takes over 30 s is stopped, and told to ask for less', async () => {
    const { rows } = await server.asSystem((db) =>
      sql<{ statement_timeout: string }>`show statement_timeout`.execute(db),
    );
    expect(rows).toEqual([{ statement_timeout: '30s' }]);
    const stopped = await server.platform.db
      .asSystem((db) => sql`select pg_sleep(20)`.execute(db), { statementTimeoutMs: 30 })
      .catch((error: unknown) => codedErrorOf(error, 'request'));
    expect(stopped).toMatchObject({ code: 'app.query_unavailable' });
  });

  it('gets 200 rows a page at most, on every list', async () => {
    const { body } = await administrator.get('/openapi.json');
    interface Operation {
      parameters?: { name: string; schema: { maximum?: number } }[];
    }
    const lists = Object.entries(body.paths as Record<string, { get?: Operation }>).flatMap(
      ([path, { get }]) => {
        const limit = get?.parameters?.find(({ name }) => name === 'limit');
        return limit ? [{ path, maximum: limit.schema.maximum ?? Infinity }] : [];
      },
    );
    expect(lists.length).toBeGreaterThan(4);
    expect(lists.filter(({ maximum }) => maximum > 200)).toEqual([]);
    expect((await administrator.get('/customers?limit=201')).status).toBe(400);
  });
});
