import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRows, sniffFile } from '@kezi/tabular';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { insertRegister, type TestCustomer } from '../../../testing/register-rows.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users } = server;
const evil = "=cmd|'/c calc'!A1";

let customers: TestCustomer[] = [];
beforeAll(async () => {
  customers = await server.asSystem((db) =>
    insertRegister(db, {
      count: 1500,
      seed: 5,
      owners: [
        [users.member.userId, users.teams.north1],
        [users.stranger.userId, users.teams.south],
      ],
    }),
  );
  await users.member.post('/customers', {
    customerNo: 'EVIL',
    name: evil,
    region: '\t@SUM(A1)',
    industry: '-1+1',
  });
});

/** The cells of an export, the way the importer reads it. */
async function cellsOf(client: TestClient, query: string, format: 'csv' | 'xlsx'): Promise<string[][]> {
  const { raw } = await client.get(`/customers/export?format=${format}&${query}`, {
    'accept-language': 'en-US',
  });
  expect(raw.statusCode).toBe(200);
  expect(raw.headers['content-disposition']).toContain(`customers.${format}`);
  const folder = mkdtempSync(join(tmpdir(), 'kezi-export-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, `customers.${format}`);
  writeFileSync(path, raw.rawPayload);
  const sniffed = await sniffFile(path);
  const rows = [sniffed.columns.map((column) => column.name)];
  for await (const batch of readRows(path, sniffed)) rows.push(...batch.rows.map((row) => [...row.cells]));
  return rows;
}

describe.each(['csv', 'xlsx'] as const)('the register as %s', (format) => {
  it('holds the rows that the reader sees, in order, and the columns asked for', async () => {
    const [header, ...rows] = await cellsOf(
      users.stranger,
      'columns=clv&columns=customerNo&sort=clv&order=asc',
      format,
    );
    expect(header).toEqual(['Customer number', 'Customer value']);
    const mine = customers
      .filter((customer) => customer.ownerId === users.stranger.userId)
      .sort((a, b) => (a.clv ?? 1e9) - (b.clv ?? 1e9) || a.customerId - b.customerId);
    expect(rows.map(([number]) => number)).toEqual(mine.map((customer) => customer.customerNo));
    expect(rows.map(([, clv]) => (clv === '' ? null : Number(clv)))).toEqual(
      mine.map((customer) => customer.clv),
    );
  });

  it('narrows like the register and names owners', async () => {
    const [, ...rows] = await cellsOf(
      users.manager,
      `columns=name&columns=ownerName&q=${encodeURIComponent('星辰')}&industry=${encodeURIComponent('制造')}`,
      format,
    );
    const mine = customers.filter(
      ({ ownerId, name, industry }) =>
        ownerId === users.member.userId && name.includes('星辰') && industry === '制造',
    );
    expect(rows.map(([name]) => name).sort()).toEqual(mine.map((customer) => customer.name).sort());
    expect(new Set(rows.map(([, owner]) => owner))).toEqual(new Set(['member']));
  });

  it('says segments and stages in words', async () => {
    const [header, ...rows] = await cellsOf(users.manager, 'columns=rfmSegment&columns=stage', format);
    expect(header).toEqual(['RFM segment', 'Lifecycle stage']);
    const said = rows.flat().filter((cell) => cell !== '');
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((cell) => !/^[A-Z]/.test(cell))).toEqual([]);
  });

  it('makes formulas inert', async () => {
    const [, ...rows] = await cellsOf(
      users.member,
      'columns=name&columns=region&columns=industry&q=EVIL',
      format,
    );
    expect(rows).toEqual([[`'${evil}`, `'@SUM(A1)`, `'-1+1`]]);
  });
});

it('writes every export into the audit, with its filter and columns', async () => {
  await users.other.get('/customers/export?columns=name&region=%E4%B8%8A%E6%B5%B7');
  const entries = await server.asSystem((db) =>
    db
      .selectFrom('audit_entry')
      .where('action', '=', 'customers.exported')
      .where('user_id', '=', users.other.userId)
      .select('changes')
      .execute(),
  );
  expect(entries).toEqual([{ changes: { format: 'csv', columns: ['name'], filter: { region: ['上海'] } } }]);
});

it('refuses columns that there are not', async () => {
  expect((await users.other.get('/customers/export?columns=password')).status).toBe(400);
  expect((await users.anonymous.get('/customers/export')).status).toBe(401);
});

it('leaves nothing open when the reader goes away in the middle', async () => {
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const cookie = await users.administrator.cookie();
  for (const format of ['csv', 'xlsx']) {
    const asked = get(`${address}/api/v1/customers/export?format=${format}`, {
      agent: false,
      headers: { cookie },
    });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    await once(answer, 'data');
    asked.destroy();
  }
  await expect
    .poll(async () => {
      const { rows } = await server.platform.db.pool.query(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and state like 'idle in%'`,
      );
      return rows[0].n;
    })
    .toBe(0);
});
