import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverClient } from '../server-client.js';
import { runKezi, serveKezi, startKezi, stopKezi, ended } from '../testing/run-kezi.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi records 客资 '));
const data = join(folder, 'data');
const file = (name: string) => join(folder, name);
const onData = ['--data', data];
let url = '';
let key = '';

const jsonLines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  ({ url } = await serveKezi(data));
  const person = ['--email', 'boss@example.com', '--name', '老板', '--role', 'administrator'];
  await runKezi(['user', 'create', ...person, '--password-stdin', ...onData], 'a long password\n');
  const scopes = ['imports:read', 'imports:write', 'jobs:read', 'customers:read', 'customers:export'];
  const made = await runKezi([
    'key',
    'create',
    '--user',
    'boss@example.com',
    '--scopes',
    scopes.join(','),
    ...onData,
  ]);
  ({ key } = JSON.parse(made.out) as { key: string });
});
afterAll(async () => {
  await stopKezi();
  rmSync(folder, { recursive: true, force: true });
});

describe('kezi demo', () => {
  it('loads a company once, says what came in, and refuses the second time in words', async () => {
    const wish = ['--customers', '40', '--months', '12', '--seed', '3'];
    const loaded = await runKezi(['demo', ...wish, ...onData]);
    expect([loaded.code, loaded.err]).toEqual([0, '']);
    const counts = JSON.parse(loaded.out) as Record<string, { accepted: number; rejected: number }>;
    expect(Object.keys(counts).sort()).toEqual(['customers', 'orders', 'products']);
    expect(counts['customers']).toMatchObject({ accepted: 40, rejected: 0 });
    const again = await runKezi(['demo', ...wish, ...onData]);
    expect([again.code, again.out]).toEqual([1, '']);
    expect(again.err).toContain('[imports.demo_exists]');
  });
});

describe('kezi overview', () => {
  it('says of some days and segments what the pages say, and why not where it cannot', async () => {
    const all = await runKezi(['overview', ...onData]);
    expect([all.code, jsonLines(all.out)]).toMatchObject([0, [{ customers: 40, currency: 'CNY' }]]);
    const days = ['--from', '2026-01-01', '--to', '2026-01-31'];
    for (const command of [['overview'], ['team', 'load'], ['team', 'appraise'], ['calendar', ...days]]) {
      const part = await runKezi([...command, '--segment', '9999', ...onData]);
      expect([command[0], part.code, part.out]).toEqual([command[0], 1, '']);
      expect(part.err).toContain('[segments.not_found]');
    }
    expect((await runKezi(['calendar', ...days, '--team', ...onData])).code).toBe(0);
    const unheard = await runKezi(['team', 'appraise', '--groups-of', 'x', ...onData]);
    expect([unheard.code, unheard.err]).toEqual([2, expect.stringContaining('--groups-of')]);
    const decided = await runKezi(['tiers', 'decide', 'abc', ...onData]);
    expect([decided.code, decided.err]).toEqual([2, expect.stringContaining('<decision>')]);
    const none = await runKezi(['customer', 'list', '--limit', '', ...onData]);
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('--limit')]);
  });
});

describe('kezi import', () => {
  it('refuses to write rejected rows under an ending that is neither a workbook nor CSV', async () => {
    writeFileSync(file('e.csv'), '客户编号,客户名称\nE1,白杨化工\n');
    const args = ['import', file('e.csv'), '--kind', 'customers', '--server', url, '--key', key];
    const refused = await runKezi([...args, '--rejects', file('bad.txt')]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('bad.txt');
    expect(refused.out).toBe('');
  });

  it('takes a file in, keeps bad rows with exit code 3, and adds nothing the second time', async () => {
    writeFileSync(
      file('o.csv'),
      '订单号,客户编号,客户名称,订单日期,金额\nX1,CX1,青松机械,2026-01-05,10\nX2,CX1,青松机械,2026-02-30,10\n',
    );
    const rejects = file('bad.xlsx');
    const args = [
      'import',
      file('o.csv'),
      '--kind',
      'orders',
      '--rejects',
      rejects,
      '--server',
      url,
      '--key',
      key,
    ];
    const first = await runKezi(args);
    expect(first.code).toBe(3);
    expect(JSON.parse(first.out)).toMatchObject({
      status: 'imported',
      counts: { read: 2, accepted: 1, rejected: 1, records: { orders: { added: 1 } } },
    });
    expect(first.err).toContain('订单日期 → orderDate');
    expect(readFileSync(rejects).subarray(0, 2).toString()).toBe('PK');
    const asCsv = file('bad.csv');
    const second = await runKezi(args.map((arg) => (arg === rejects ? asCsv : arg)));
    const written = readFileSync(asCsv, 'utf8').split('\r\n');
    expect(written).toHaveLength(3);
    expect(written[0]).toMatch(/^\uFEFF订单号,客户编号,客户名称,订单日期,金额,/);
    expect(written[1]).toMatch(/^X2,CX1,青松机械,2026-02-30,10,3,订单日期,./);
    expect(JSON.parse(second.out)).toMatchObject({
      counts: { records: { orders: { added: 0, changed: 0, unchanged: 1 } } },
    });
    writeFileSync(asCsv, written.join('\r\n').replace('CX1,青松机械,2026-02-30', 'CX2,白桦机械,2026-02-28'));
    const mended = await runKezi(args.map((arg) => (arg === file('o.csv') ? asCsv : arg)));
    expect(JSON.parse(mended.out)).toMatchObject({ counts: { read: 1, accepted: 1, rejected: 0 } });
    expect([mended.code, mended.err]).toEqual([0, expect.not.stringContaining('原文件行号')]);
  });

  it('says what is wrong with a file, with exit code 1, and with what was typed, with 2', async () => {
    writeFileSync(file('empty.csv'), '');
    writeFileSync(file('map.json'), 'not json');
    const to = ['--server', url, '--key'];
    const refusals = [
      [['import', file('empty.csv'), '--kind', 'orders', ...to, key], 1, 'tabular.empty_file'],
      [
        ['import', file('o.csv'), '--kind', 'orders', '--map', file('map.json'), ...to, key],
        2,
        'cli.mapping_invalid',
      ],
      [['import', file('o.csv'), '--kind', 'orders', ...to, 'kezi_none'], 2, 'cli.key_missing'],
    ] as const;
    for (const [args, exit, code] of refusals) {
      const { code: ended, out, err } = await runKezi(args);
      expect([ended, out, err]).toEqual([exit, '', expect.stringContaining(`[${code}]`)]);
    }
    expect((await runKezi(['import', file('o.csv'), '--kind', 'nonsense'])).code).toBe(2);
  });

  it.each([
    ['grows', (path: string) => appendFileSync(path, 'Z,Z,2026-01-05,1\n')],
    ['shrinks', (path: string) => truncateSync(path, 1000)],
    ['is written anew', (path: string) => writeFileSync(path, 'a'.repeat(8_000_000))],
  ])('gives a file up that %s while it is sent, and the server keeps nothing of it', async (_, change) => {
    const path = file('moving.csv');
    writeFileSync(path, `订单号,客户编号,订单日期,金额\n${'M1,CM1,2026-01-05,10\n'.repeat(360_000)}`);
    const client = serverClient(url, key, 'en-US');
    const stored = () =>
      readdirSync(join(data, 'files'), { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      );
    const batches = () => client.call<{ items: unknown[] }>('GET', '/imports');
    const before = [stored().length, (await batches()).items.length];
    let changed = false;
    const sending = client.upload('/imports?kind=orders', path, () => {
      if (!changed) change(path);
      changed = true;
    });
    await expect(sending).rejects.toMatchObject({ code: 'cli.file_changed' });
    expect([stored().length, (await batches()).items.length]).toEqual(before);
  });
});

describe('kezi customer', () => {
  it('lists by filter, one JSON object a line', async () => {
    const { code, out } = await runKezi(['customer', 'list', '-q', '青松', '--server', url, '--key', key]);
    expect(code).toBe(0);
    expect(jsonLines(out)).toMatchObject([{ customerNo: 'CX1', name: '青松机械' }]);
    const few = await runKezi(['customer', 'list', '--limit', '7', ...onData]);
    expect(jsonLines(few.out)).toHaveLength(7);
  });

  it('shows one by its number, and says when there is none', async () => {
    const { code, out } = await runKezi(['customer', 'show', 'CX1', '--server', url, '--key', key]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      customerNo: 'CX1',
      name: '青松机械',
      // The runs that follow the demo may have valued it by now.
      valueChange: { kind: expect.stringMatching(/^(not-valued|first-run|new|compared)$/) },
    });
    const none = await runKezi(['customer', 'show', 'nobody', '--server', url, '--key', key]);
    expect([none.code, none.out]).toEqual([1, '']);
    expect(none.err).toContain('[customers.not_found]');
  });

  it('exports what is filtered as CSV and as a workbook', async () => {
    const out = file('out.csv');
    const made = await runKezi(['customer', 'export', out, '-q', 'CX1', '--server', url, '--key', key]);
    expect(made.code).toBe(0);
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('青松机械');
    await runKezi(['customer', 'export', file('out.xlsx'), '--server', url, '--key', key]);
    expect(readFileSync(file('out.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect((await runKezi(['customer', 'export', file('out.pdf'), ...onData])).code).toBe(2);
  });
});

describe('kezi contact and kezi interaction', () => {
  it('add and change a person, masked unless asked for in full, and write down what was done', async () => {
    const boss = ['--title', '总经理', '--phone', '13812345678', '--role', 'decider', '--influence', '5'];
    const made = await runKezi(['contact', 'create', '王小明', '--customer', 'CX1', ...boss, ...onData]);
    expect(made.code).toBe(0);
    const contact = JSON.parse(made.out) as { contactId: number };
    expect(contact).toMatchObject({ name: '王小明', phones: ['138****5678'], decisionRole: 'decider' });
    const id = String(contact.contactId);
    const changed = await runKezi(['contact', 'update', id, '--title', '', '--attitude', '-1', ...onData]);
    expect(JSON.parse(changed.out)).toMatchObject({ title: null, attitude: -1, influence: 5, rowVersion: 2 });
    const full = await runKezi(['contact', 'show', id, '--reveal', ...onData]);
    expect(JSON.parse(full.out)).toMatchObject({ phones: ['13812345678'] });
    const found = await runKezi(['contact', 'list', '-q', 'wxm', ...onData]);
    expect(jsonLines(found.out)).toMatchObject([{ contactId: contact.contactId, customerName: '青松机械' }]);
    const wrong = await runKezi(['contact', 'update', id, '--phone', '1381234567', ...onData]);
    expect([wrong.code, wrong.out]).toEqual([1, '']);
    expect(wrong.err).toContain('[contacts.phone_unreadable]');
    const call = ['--with', id, '--next', '报价', '--next-on', '2026-12-01'];
    const logged = await runKezi(['interaction', 'log', '聊了续约', '--customer', 'CX1', ...call, ...onData]);
    expect(JSON.parse(logged.out)).toMatchObject({ kind: 'call', contacts: [{ name: '王小明' }] });
    const { out } = await runKezi(['interaction', 'list', 'CX1', '--kind', 'call', 'order', ...onData]);
    expect(jsonLines(out).map((entry) => entry['source'])).toEqual(['interaction', 'order']);
  });
});

describe('kezi deputy and kezi handover', () => {
  const user = async (name: string) => {
    const person = ['--email', `${name}@example.com`, '--name', name, '--role', 'member'];
    const { out } = await runKezi(
      ['user', 'create', ...person, '--password-stdin', ...onData],
      'a long password\n',
    );
    return String((JSON.parse(out) as { id: number }).id);
  };

  it('let a colleague stand in, end it at once, and hand over everything of who leaves', async () => {
    const [leaver, heir] = [await user('leaver'), await user('heir')];
    const days = ['--from', '2026-01-01', '--to', '2099-01-01'];
    const made = await runKezi(['deputy', 'appoint', heir, '--of', leaver, ...days, ...onData]);
    expect([made.code, made.err]).toEqual([0, '']);
    const { deputyId } = JSON.parse(made.out) as { deputyId: number };
    const list = async () => (await runKezi(['deputy', 'list', '--of', leaver, ...onData])).out;
    expect(jsonLines(await list())).toMatchObject([{ deputyId, colleagueName: 'heir', state: 'now' }]);
    const ended = await runKezi(['deputy', 'dismiss', String(deputyId), ...onData]);
    expect([ended.code, ended.out, ended.err]).toEqual([0, '', '']);
    expect(await list()).not.toContain('"now"');
    const twice = await runKezi(['deputy', 'dismiss', String(deputyId), ...onData]);
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('[deputies.not_found]')]);

    const given = ['--customer', 'CX1', '--to', leaver, '--reason', 'his now'];
    expect((await runKezi(['transfer', ...given, ...onData])).code).toBe(0);
    const holdings = await runKezi(['handover', 'show', leaver, ...onData]);
    expect(JSON.parse(holdings.out)).toMatchObject({ customers: 1 });
    const self = await runKezi(['handover', 'run', leaver, '--to', leaver, '--reason', 'x', ...onData]);
    expect([self.code, self.err]).toEqual([1, expect.stringContaining('[ownership.handover_self]')]);
    const done = await runKezi(['handover', 'run', leaver, '--to', heir, '--reason', 'left', ...onData]);
    expect([done.code, done.err]).toEqual([0, '']);
    const { out: after } = await runKezi(['customer', 'show', 'CX1', ...onData]);
    expect(JSON.parse(after)).toMatchObject({ ownerName: 'heir' });
    const nothing = await runKezi(['handover', 'show', leaver, ...onData]);
    expect(JSON.parse(nothing.out)).toMatchObject({ customers: 0 });
  });
});

describe('kezi department and kezi user', () => {
  const answer = async (...command: string[]) => {
    const { code, out, err } = await runKezi([...command, ...onData]);
    expect([code, err]).toEqual([0, '']);
    return jsonLines(out);
  };
  const refusal = async (...command: string[]) => {
    const { code, out, err } = await runKezi([...command, ...onData]);
    expect([[1, 2].includes(code ?? 0), out]).toEqual([true, '']);
    return err;
  };

  it('keep the tree, place a person in it, and let them in no more', async () => {
    const [north] = await answer('department', 'add', '北方');
    const [city] = await answer('department', 'add', '北京', '--below', String(north?.['id']));
    expect(city).toMatchObject({ name: '北京', parentId: north?.['id'] });
    const [northId, cityId] = [String(north?.['id']), String(city?.['id'])];
    expect(await refusal('department', 'change', northId, '--below', cityId)).toContain('[teams.circle]');
    expect(await refusal('department', 'change', cityId, '--below', '北方')).toContain('[cli.not_an_id]');
    const listed = await answer('department', 'list');
    expect(listed).toContainEqual(expect.objectContaining({ name: '北京', parentId: north?.['id'] }));

    const email = 'heir@example.com';
    await answer('user', 'place', email, '--scope', 'chosen', '--main', cityId, '--chosen', northId);
    expect(await answer('user', 'place', email)).toMatchObject([
      { scope: 'chosen', teamId: city?.['id'], chosen: [{ teamId: north?.['id'], withBelow: true }] },
    ]);
    expect(await refusal('user', 'place', 'nobody@example.com')).toContain('[cli.user_not_found]');

    const stateOf = async () => (await answer('user', 'list')).find((user) => user['email'] === email);
    await answer('user', 'disable', email);
    expect(await stateOf()).toMatchObject({ disabled: true });
    await answer('user', 'enable', email);
    expect(await stateOf()).toMatchObject({ disabled: false, teamId: city?.['id'] });
    expect(await refusal('user', 'disable', 'boss@example.com')).toContain('[users.last_administrator]');
  });
});

describe('kezi wall', () => {
  it('keeps fields from roles and limits their days, one rule at a time, and says what holds', async () => {
    const wall = async (...command: string[]) => {
      const { code, out, err } = await runKezi(['wall', ...command, ...onData]);
      expect([code, err]).toEqual([0, '']);
      return JSON.parse(out) as unknown;
    };
    expect(await wall('show')).toEqual({ fields: [], limits: [] });
    await wall('field', 'margin', 'hidden', '--role', 'member', 'manager');
    await wall('field', 'ways', 'masked', '--role', 'member');
    await wall('limit', '--role', 'member', '--exported', '500', '--viewed', '0');
    await wall('field', 'margin', 'visible', '--role', 'manager');
    const held = {
      fields: [
        { role: 'member', field: 'margin', mode: 'hidden' },
        { role: 'member', field: 'ways', mode: 'masked' },
      ],
      limits: [{ role: 'member', exportedRows: 500, viewedRows: 0 }],
    };
    expect(await wall('show')).toEqual(held);
    const unknown = await runKezi(['wall', 'field', 'shoes', 'hidden', '--role', 'member', ...onData]);
    expect([unknown.code, unknown.out]).toEqual([1, '']);
    expect(unknown.err).toContain('[app.invalid_input]');
    const wrong = await runKezi(['wall', 'limit', '--role', 'member', '--viewed', '-1', ...onData]);
    expect(wrong.code).toBe(2);
    expect(await wall('show')).toEqual(held);
    await wall('limit', '--role', 'member', '--exported', 'off', '--viewed', 'off');
    await wall('field', 'margin', 'visible', '--role', 'member');
    expect(await wall('field', 'ways', 'visible', '--role', 'member')).toEqual({ fields: [], limits: [] });
  });
});

describe('two servers on one database', () => {
  it('the second refuses in words, and the first goes on', async () => {
    const read = <Held>(name: string) =>
      JSON.parse(readFileSync(join(data, 'postgres', name), 'utf8')) as Held;
    const { secret } = read<{ secret: string }>('secret.json');
    const { port } = read<{ port: number }>('running.json');
    const address = `postgresql://postgres:${secret}@127.0.0.1:${port}/kezi`;
    // Another machine of the company would start it so: a folder of its own, the database of all.
    const told = startKezi(['serve', '--port', '0', '--data', file('second')], {
      env: { DATABASE_URL: address, DATABASE_APP_URL: address },
    });
    expect([await ended(told.child), told.out]).toEqual([1, '']);
    expect(told.err).toContain('[app.database_in_use]');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });
});
