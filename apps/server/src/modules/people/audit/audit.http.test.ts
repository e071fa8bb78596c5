import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../maintenance/verify-audit.js';
import { sealAudit } from '../../../platform/audit/seal-audit.js';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { testPassword, testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users, platform } = server;

/** The database as its owner, who alone can do what the program cannot. */
async function asOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server.data.address.ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A day so many days later. */
const shifted = (day: string, days: number) =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const check = (head?: string) => verifyChain(server.data.address.ownerUrl, { language: 'en-US', head });

async function makeCustomer(name: string, owner: { userId: number }): Promise<number> {
  const { customer_id } = await server.asSystem((db) =>
    db
      .insertInto('customer')
      .values({ customer_no: name, name, owner_id: owner.userId, team_id: users.teams.north1 })
      .returning('customer_id')
      .executeTakeFirstOrThrow(),
  );
  return customer_id;
}

describe('the audit', () => {
  it('offers whoever did something, also when they have left, and the program itself; by person and day', async () => {
    const left = (await users.administrator.post('/users', { email: 'left@kezi.example', name: '离职的人' }))
      .body;
    const entry = { action: 'customers.exported', subject: 'customer' } as const;
    await platform.db.asSystem((db) => writeAudit(db, entry), { userId: left.id });
    await platform.db.asSystem((db) => writeAudit(db, entry));
    await users.administrator.patch(`/users/${left.id}`, { disabled: true });
    const { body: words } = await users.administrator.get('/audit/words');
    expect(words.people).toContainEqual({ userId: left.id, name: '离职的人', isDisabled: true });
    expect(words.people).not.toContainEqual(expect.objectContaining({ userId: users.stranger.userId }));
    expect(words.hasProgram).toBe(true);
    const day = new Date().toISOString().slice(0, 10);
    const of = async (query: string) =>
      (
        (await users.administrator.get(`/audit?limit=200&${query}`)).body.items as { userId: number | null }[]
      ).map(({ userId }) => userId);
    const near = `from=${shifted(day, -1)}&to=${shifted(day, 1)}`;
    expect(await of(`userId=${left.id}&${near}`)).toEqual([left.id]);
    expect(await of(`userId=${left.id}&to=${shifted(day, -2)}`)).toEqual([]);
    expect(new Set(await of('userId=0'))).toEqual(new Set([null]));
  });

  it('says who, from where and by what, and what it was before', async () => {
    const { headers } = await users.administrator.get(`/users/${users.stranger.userId}`);
    const answer = await users.administrator.request({
      method: 'PATCH',
      url: `/users/${users.stranger.userId}`,
      payload: { name: 'Stranger' },
      remoteAddress: '198.51.100.7',
      headers: { 'if-match': String(headers.etag) },
    });
    expect(answer.status).toBe(200);
    const { body } = await users.administrator.get(
      `/audit?action=user.changed&address=198.51.100.7&subject=user&subjectId=${users.stranger.userId}`,
    );
    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      userName: 'administrator',
      subjectName: 'Stranger',
      changes: { name: ['stranger', 'Stranger'] },
      address: '198.51.100.7',
      requestId: answer.headers['x-request-id'],
    });
    expect(body.items[0].via).toMatch(/^session \d+$/);
  });

  it('holds who came in and who was refused, and from where', async () => {
    const enter = (password: string) =>
      users.anonymous.request({
        method: 'POST',
        url: '/auth/sign-in',
        payload: { email: 'director@example.com', password },
        remoteAddress: '198.51.100.21',
      });
    await enter('not this one');
    await enter(testPassword);
    const { body } = await users.administrator.get('/audit?address=198.51.100.21');
    expect(body.items).toMatchObject([
      { action: 'session.opened', subjectName: 'director', changes: { by: 'password' } },
      {
        action: 'session.refused',
        changes: { email: 'director@example.com', reason: 'session.wrong_password' },
      },
    ]);
  });

  it('holds that somebody looked at the customer of another, once a quarter of an hour', async () => {
    const id = await makeCustomer('looked at', users.member);
    const views = async () =>
      (await users.administrator.get(`/audit?action=customer.viewed&subjectId=${id}`)).body.items;
    await users.member.get(`/customers/${id}`);
    expect(await views()).toEqual([]);
    await users.manager.get(`/customers/${id}`);
    await users.manager.get(`/customers/${id}`);
    expect(await views()).toHaveLength(1);
    expect((await views())[0]).toMatchObject({ userName: 'manager', subjectName: 'looked at' });
    server.clock.advance(16 * 60_000);
    await users.manager.get(`/customers/${id}`);
    expect(await views()).toHaveLength(2);
    // Who may not see a customer has not looked at it.
    expect((await users.stranger.get(`/customers/${id}`)).status).toBe(404);
    expect(await views()).toHaveLength(2);
  });

  it('is searched by person, action and day, page by page, and read by administrators alone', async () => {
    const { body } = await users.administrator.get(
      `/audit?userId=${users.administrator.userId}&action=user.changed&limit=1`,
    );
    expect(body.items).toHaveLength(1);
    const day = (await users.administrator.get('/audit?limit=1')).body.items[0].recordedAt.slice(0, 10);
    const before = new Date(new Date(day).getTime() - 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await users.administrator.get(`/audit?to=${before}`)).body.items).toEqual([]);
    expect((await users.administrator.get(`/audit?from=${before}`)).body.items.length).toBeGreaterThan(3);
    expect((await users.administrator.get('/audit?cursor=WyJ4Il0')).body.code).toBe('app.cursor_invalid');
    const words = await users.administrator.get('/audit/words');
    expect(words.body.actions).toEqual(expect.arrayContaining(['customer.viewed', 'user.changed']));
    for (const path of ['/audit', '/audit/words', '/audit/export']) {
      for (const who of ['director', 'manager', 'member'] as const) {
        expect([path, who, (await users[who].get(path)).status]).toEqual([path, who, 403]);
      }
    }
  });

  it('is exported with formulas made inert, and the export is an entry', async () => {
    const id = await makeCustomer('=cmd|x', users.member);
    await users.administrator.get(`/customers/${id}`);
    const { status, raw } = await users.administrator.get('/audit/export?action=customer.viewed');
    expect(status).toBe(200);
    expect(raw.headers['content-type']).toContain('text/csv');
    expect(raw.body).toContain('looked at');
    expect(raw.body).not.toMatch(/(^|,)"?=cmd/m);
    const { body } = await users.administrator.get('/audit?action=audit.exported');
    expect(body.items[0].changes).toEqual({ filter: { action: 'customer.viewed' } });
  });

  it('has no list that a name could script: it is text wherever it goes', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const id = await makeCustomer(hostile, users.member);
    await users.administrator.get(`/customers/${id}`);
    const { raw, body } = await users.administrator.get(`/audit?subject=customer&subjectId=${id}`);
    expect(body.items[0].subjectName).toBe(hostile);
    expect(raw.headers['content-type']).toContain('application/json');
    expect(raw.headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('an entry once written', () => {
  it.each([
    ['audit_entry', 'action'],
    ['audit_link', 'link_no'],
    ['audit_unsealed', 'audit_entry_id'],
  ])('cannot be changed or removed in %s by any role of the program', async (table, column) => {
    const client = new Client({ connectionString: server.data.address.appUrl });
    await client.connect();
    for (const role of ['kezi_app', 'kezi_all', 'kezi_scoped']) {
      for (const statement of [
        `update ${table} set ${column} = ${column}`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        await client.query('begin');
        await client.query(`select set_config('role', $1, true), set_config('kezi.user_id', '1', true)`, [
          role,
        ]);
        await expect(client.query(statement), `${role}: ${statement}`).rejects.toMatchObject({
          code: '42501',
        });
        await client.query('rollback');
      }
    }
    await client.end();
  });

  it('becomes a link of a chain that holds', async () => {
    await sealAudit(platform);
    const report = await check();
    expect(report).toMatchObject({ ok: true, waiting: 0, firstBrokenEntryId: null });
    expect(report.links).toBeGreaterThan(10);
    const { body } = await users.administrator.get('/audit?limit=1');
    expect(body.items[0].isSealed).toBe(true);
    // A link written down earlier is still there after more has happened, and another one never was.
    await users.administrator.get('/audit/export');
    await sealAudit(platform);
    expect((await check(report.head ?? '')).ok).toBe(true);
    expect((await check(`1:${'0'.repeat(64)}`)).ok).toBe(false);
  });

  const falsified = (ids: number[]): Record<string, [string, number | undefined]> => ({
    'its changes': [`update audit_entry set changes = '{"x":1}' where audit_entry_id = ${ids[3]}`, ids[3]],
    'its time': [
      `update audit_entry set recorded_at = recorded_at - interval '1 s' where audit_entry_id = ${ids[4]}`,
      ids[4],
    ],
    'its address': [`update audit_entry set address = '10.0.0.1' where audit_entry_id = ${ids[5]}`, ids[5]],
    'itself, taken away': [`delete from audit_entry where audit_entry_id = ${ids[6]}`, ids[6]],
    'two, of which the first is named': [
      `update audit_entry set user_id = 999 where audit_entry_id in (${ids[2]}, ${ids[7]})`,
      ids[2],
    ],
    'its link': [`update audit_link set hash = sha256('x') where audit_entry_id = ${ids[5]}`, ids[5]],
  });

  it('is named when the owner of the database falsifies it', async () => {
    await asOwner(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        'select audit_entry_id as id from audit_link order by link_no limit 8',
      );
      for (const [what, [statement, wanted]] of Object.entries(falsified(rows.map(({ id }) => Number(id))))) {
        await client.query('create table kept as select * from audit_entry');
        await client.query('create table kept_link as select * from audit_link');
        await client.query(statement);
        const report = await check();
        expect([what, report.ok, report.firstBrokenEntryId]).toEqual([what, false, wanted]);
        await client.query('alter table audit_entry disable trigger user');
        await client.query('truncate audit_entry, audit_link');
        await client.query('insert into audit_entry overriding system value select * from kept');
        await client.query('insert into audit_link select * from kept_link');
        await client.query('alter table audit_entry enable trigger user');
        await client.query('drop table kept, kept_link');
      }
      expect((await check()).ok).toBe(true);
      await client.query('alter table audit_entry disable trigger user');
      await client.query(`insert into audit_entry (action, subject) values ('forged', 'user')`);
      await client.query('alter table audit_entry enable trigger user');
      const report = await check();
      expect([report.ok, report.detail]).toEqual([false, expect.stringContaining('past the program')]);
      await client.query(`delete from audit_entry where action = 'forged'`);
    });
  });

  it('is sealed once, though many write and seal at once, and nobody waits for a lock', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        i % 20 === 0
          ? sealAudit(platform)
          : server.asSystem((db) =>
              writeAudit(db, { action: 'contact.created', subject: 'test', subjectId: i }),
            ),
      ),
    );
    await sealAudit(platform);
    expect(await check()).toMatchObject({ ok: true, waiting: 0 });
    // A writer who has not finished holds up neither other writers nor the sealing of what they have written.
    await server.asSystem(async (slow) => {
      await writeAudit(slow, { action: 'contact.created', subject: 'test' });
      await server.asSystem((db) => writeAudit(db, { action: 'contact.updated', subject: 'test' }));
      expect(await sealAudit(platform)).toBe(1);
    });
    expect(await sealAudit(platform)).toBe(1);
    expect(await check()).toMatchObject({ ok: true, waiting: 0 });
  });

  it('loses a person, not its place in the chain', async () => {
    await server.asSystem((db) =>
      writeAudit(db, {
        action: 'contact.updated',
        subject: 'contact',
        subjectId: 77,
        changes: { name: ['张三', '李四'], rowVersion: [1, 2] },
      }),
    );
    await sealAudit(platform);
    await server.asSystem((db) =>
      sql`select erase_audit_changes('contact', '{77}', '{rowVersion}')`.execute(db),
    );
    await sealAudit(platform);
    const { body } = await users.administrator.get('/audit?subject=contact&subjectId=77');
    expect(body.items[0]).toMatchObject({ changes: { rowVersion: [1, 2] } });
    expect(body.items[0].erasedAt).not.toBeNull();
    expect(await check()).toMatchObject({ ok: true, erased: 1 });
  });
});
