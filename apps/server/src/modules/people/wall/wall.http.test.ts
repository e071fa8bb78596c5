import type { ImportKind } from '@kezi/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { openStream } from '../../../testing/open-stream.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users } = server;
const { administrator, director, member } = users;

const rule = (fields: object[], limits: object[] = []) => administrator.put('/wall', { fields, limits });
/** Figures that stand nowhere else. */
const clv = 918_273.25;
const amountMinor = 564_738_291;
let customerId: number;
let contactId: number;
beforeAll(async () => {
  customerId = (await made(member, { name: '甲公司' })).customerId;
  await made(member, { name: '乙公司' });
  await orderOf(server, customerId, '2026-02-01', amountMinor, { base_margin_minor: 112_233 });
  await publish(server, '2026-02-28', [{ customerId, pAlive: 0.9, spend: 77_665.5, clv }]);
  await server.asSystem((db) => db.updateTable('valuation_run').set({ card: null }).execute());
  contactId = (
    await member.post(`/customers/${customerId}/contacts`, { name: '王五', phones: ['13812345678'] })
  ).body.contactId;
});

/** Everything that shows figures of the customer. */
const pages = () => [
  '/customers',
  '/customers?spark=true',
  `/customers/${customerId}`,
  `/customers/${customerId}/orders`,
  `/customers/${customerId}/rhythm`,
  `/customers/${customerId}/timeline`,
  `/customers/${customerId}/value-change`,
  '/customers/export',
  '/overview',
];
const readAll = async (client: TestClient) => {
  const texts = [];
  for (const path of pages()) texts.push((await client.get(path)).raw.body);
  return texts.join('\n');
};

describe('a field that is kept from a role', () => {
  it('is in no answer to it: list, page, timeline, total, file; and in those to others', async () => {
    const open = await readAll(member);
    for (const figure of [clv, amountMinor, '77665.5']) expect(open).toContain(String(figure));
    await rule([
      { role: 'member', field: 'value', mode: 'hidden' },
      { role: 'member', field: 'amounts', mode: 'masked' },
      { role: 'member', field: 'margin', mode: 'hidden' },
    ]);
    const closed = await readAll(member);
    for (const figure of [clv, amountMinor, '77665.5']) expect(closed).not.toContain(String(figure));
    expect(await readAll(director)).toContain(String(clv));
  });

  it('is not searched, sorted or filtered by, and decides no order', async () => {
    const asked = ['sort=clv', 'sort=monetaryValue', 'clvMin=1', 'clvMax=1'];
    for (const path of ['/customers', '/customers/export']) {
      for (const query of asked) {
        const { status, body } = await member.get(`${path}?${query}`);
        expect([query, status, body.code]).toEqual([query, 403, 'fields.restricted_forbidden']);
      }
    }
    const { body } = await member.get('/customers');
    expect(body.items.map((row: { name: string }) => row.name)).toEqual(['甲公司', '乙公司']);
    const view = { page: 'customers', name: '高价值', state: { filter: { clvMin: 5 } } };
    expect((await member.post('/saved-views', view)).body.code).toBe('fields.restricted_forbidden');
  });

  it('is kept from whoever typed it, and cannot be revealed', async () => {
    await rule([{ role: 'member', field: 'ways', mode: 'masked' }]);
    const typed = await member.post(`/customers/${customerId}/contacts`, {
      name: '赵六',
      phones: ['13987654321'],
      wechat: 'zhaoliu6',
    });
    expect(typed.status).toBe(201);
    expect(typed.raw.body).not.toContain('13987654321');
    expect(typed.raw.body).not.toContain('zhaoliu6');
    expect((await member.post(`/contacts/${contactId}/reveal`)).status).toBe(403);
    expect((await member.get('/contacts?q=13812345678')).body.code).toBe('fields.restricted_forbidden');
    for (const q of ['5678', 'x 138 1234 5678', 'wang@example.com', '王5678']) {
      const asked = await member.get(`/contacts?q=${encodeURIComponent(q)}`);
      expect([q, asked.body.code]).toEqual([q, 'fields.restricted_forbidden']);
    }
    // The number of a customer is no number to call.
    expect((await member.get('/customers?q=C0001234')).status).toBe(200);
    expect((await member.get('/contacts?q=%E7%8E%8B')).body.items).toHaveLength(1);
    await rule([{ role: 'member', field: 'ways', mode: 'hidden' }]);
    expect((await member.get(`/contacts/${contactId}`)).body).toMatchObject({ phones: [], mails: [] });
  });
});

describe('what somebody writes who does not see all of it', () => {
  const creditCode = '91310000MA1FL0001R';
  const asDirector = async (path: string) => (await director.get(path)).body;

  it('stays as it is where it comes back as it was shown, and is not written over', async () => {
    await rule([]);
    const path = `/customers/${customerId}`;
    const { rowVersion } = await asDirector(path);
    const custom = { phone: '13812345678', 备注: '老客户' };
    const filled = await director.patch(path, {
      registryCountry: 'US',
      registryNo: '0012-3456789',
      custom,
      rowVersion,
    });
    expect(filled.status).toBe(200);
    await rule(
      ['ways', 'identifiers', 'amounts'].map((field) => ({ role: 'member', field, mode: 'masked' })),
    );
    const shown = (await member.get(path)).body;
    expect([shown.registryNo, shown.custom.phone]).toEqual(['0012****89', '1381****78']);
    const sentBack = {
      registryNo: shown.registryNo,
      custom: { ...shown.custom, 备注: '要回访' },
      rowVersion: shown.rowVersion,
    };
    expect((await member.patch(path, sentBack)).status).toBe(200);
    expect(await asDirector(path)).toMatchObject({
      registryNo: '0012-3456789',
      custom: { phone: '13812345678', 备注: '要回访' },
    });
    const latest = { rowVersion: shown.rowVersion + 1 };
    for (const change of [{ registryNo: '0012-9' }, { registryNo: null }, { custom: { phone: '1' } }]) {
      const refused = await member.patch(path, { ...change, ...latest });
      expect([refused.status, refused.body.code]).toEqual([403, 'fields.restricted_forbidden']);
    }
    // Left out where free fields are replaced whole, it stays as well; and what is empty may be filled in.
    expect((await member.patch(path, { custom: {}, ...latest })).status).toBe(200);
    const typed = await member.patch(path, { creditCode, rowVersion: latest.rowVersion + 1 });
    expect([typed.status, typed.body.creditCode]).toEqual([200, '9131****1R']);
    expect(await asDirector(path)).toMatchObject({ creditCode, custom: { phone: '13812345678' } });
  });

  it('holds for the amount of a contract and the ways to a contact', async () => {
    const agreed = { contractNo: 'HT-1', title: '年度合同', startsOn: '2026-01-01', amountMinor: 123_456 };
    const { contractId } = (await director.post(`/customers/${customerId}/contracts`, agreed)).body;
    const shown = (await member.get(`/contracts/${contractId}`)).body;
    expect(shown.amountMinor).toBeNull();
    const whole = {
      title: '改过的合同',
      amountMinor: null,
      minimumMinor: null,
      rowVersion: shown.rowVersion,
    };
    expect((await member.patch(`/contracts/${contractId}`, whole)).status).toBe(200);
    expect(await asDirector(`/contracts/${contractId}`)).toMatchObject({
      title: '改过的合同',
      amountMinor: 123_456,
    });
    const contact = (await member.get(`/contacts/${contactId}`)).body;
    const { phones, rowVersion } = contact;
    expect((await member.patch(`/contacts/${contactId}`, { phones, title: '经理', rowVersion })).status).toBe(
      200,
    );
    expect((await asDirector(`/contacts/${contactId}`)).title).toBe('经理');
    expect((await director.post(`/contacts/${contactId}/reveal`)).body.phones).toEqual(['13812345678']);
    await rule([]);
  });

  it('is not written over by a file either', async () => {
    const { customerNo } = await asDirector(`/customers/${customerId}`);
    await rule(
      ['ways', 'identifiers', 'amounts'].map((field) => ({ role: 'member', field, mode: 'hidden' })),
    );
    const file = async (kind: ImportKind, head: string, ...cells: string[]) =>
      (await importFile(server, member, kind, `${head}\n${cells.join(',')}\n`)).counts;
    const refused = { rejected: 1, reasons: { 'fields.restricted_forbidden': 1 } };
    const customers = '客户编号,客户名称,统一社会信用代码,电话';
    expect(await file('customers', customers, customerNo, '乙', '91440300708461136T', '')).toMatchObject(
      refused,
    );
    expect(await file('customers', customers, customerNo, '乙', '', '13900000000')).toMatchObject(refused);
    const contracts = '合同编号,客户编号,开始日期,币种,金额';
    const contract = ['HT-1', customerNo, '2026-01-01', 'CNY'];
    expect(await file('contracts', contracts, ...contract, '99')).toMatchObject(refused);
    const contacts = '客户编号,姓名,手机';
    expect(await file('contacts', contacts, customerNo, '王五', '13900000000')).toMatchObject(refused);
    // What says the same as is kept says nothing new.
    const same = [
      await file('customers', customers, customerNo, '丙', creditCode, '13812345678'),
      await file('contracts', contracts, ...contract, '1234.56'),
      await file('contacts', contacts, customerNo, '王五', '13812345678'),
    ];
    expect(same.map((counts) => [counts?.accepted, counts?.rejected])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(await asDirector(`/customers/${customerId}`)).toMatchObject({ name: '丙', creditCode });
  });
});

describe('a limit of a day', () => {
  it('refuses the export that would go beyond it, says what is left, and begins anew the next day', async () => {
    await rule([], [{ role: 'member', exportedRows: 3, viewedRows: null }]);
    expect((await member.get('/customers/export')).status).toBe(200);
    // Asked before the file is: a browser does not show why a download failed.
    for (const path of ['/customers/export/check', '/customers/export/check?q=%E7%94%B2']) {
      const { status, body } = await member.get(path);
      expect([status, body?.code]).toEqual(
        path.includes('q=') ? [204, undefined] : [403, 'limits.exported_refused'],
      );
    }
    const refused = await member.get('/customers/export');
    expect([refused.status, refused.body.code, refused.body.params]).toEqual([
      403,
      'limits.exported_refused',
      { most: 3, used: 2, wanted: 2 },
    ]);
    expect((await member.get('/customers/export?q=%E7%94%B2')).status).toBe(200);
    server.clock.set('2026-03-02T16:00:01Z');
    expect((await member.get('/customers/export')).status).toBe(200);
    server.clock.set('2026-03-02T02:00:00Z');
  });

  it('holds for what is looked at, also by two requests at once', async () => {
    await rule([], [{ role: 'member', exportedRows: null, viewedRows: 5 }]);
    const answers = await Promise.all([1, 2, 3].map(() => member.get('/customers')));
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 200, 403]);
    expect((await member.get(`/customers/${customerId}`)).status).toBe(200);
    const { body } = await member.get(`/customers/${customerId}`);
    expect([body.code, body.params]).toEqual(['limits.viewed_refused', { most: 5, used: 5, wanted: 1 }]);
    await rule([]);
    expect((await member.get(`/customers/${customerId}`)).status).toBe(200);
  });
});

describe('a permission that is changed', () => {
  it('ends open streams', async () => {
    const stream = await openStream(server.app, member, '/events');
    await rule([{ role: 'member', field: 'value', mode: 'hidden' }]);
    expect(await stream.whole).toContain('retry:');
    await rule([]);
  });
});

describe('value that is kept from a role', () => {
  it('decides no order of a list that is not asked for one, nor which lines stand in it', async () => {
    await rule([]);
    const parent = (await made(member, { name: '集团' })).customerId;
    const under = { parentCustomerId: parent };
    const few = (await made(member, { name: '丙公司', ...under })).customerId;
    const much = (await made(member, { name: '丁公司', ...under })).customerId;
    const dueOn = '2026-03-05';
    for (const id of [few, much]) await member.post('/tasks', { title: '回访', customerId: id, dueOn });
    const worth = async (ofFew: number, ofMuch: number) =>
      server.asSystem(async (db) => {
        const set = (id: number, value: number) =>
          db.updateTable('register_entry').set({ clv: value }).where('customer_id', '=', id).execute();
        await set(few, ofFew);
        await set(much, ofMuch);
      });
    const customers = (items: { customerId: number }[]) => items.map((item) => item.customerId);
    const body = { rule: { match: 'all', not: false, items: [] }, sample: 1 };
    const orders = async () => ({
      subsidiaries: customers((await member.get(`/customers/${parent}`)).body.subsidiaries),
      tasks: customers((await member.get('/worklist')).body.items),
      sample: customers((await member.post('/segments/preview', body)).body.items),
    });
    await worth(1, 2e6);
    const open = await orders();
    expect(open).toEqual({ subsidiaries: [much, few], tasks: [much, few], sample: [much] });
    await worth(2e6, 1);
    expect(await orders()).not.toEqual(open);
    await rule([{ role: 'member', field: 'value', mode: 'hidden' }]);
    const closed = await orders();
    await worth(1, 2e6);
    expect(await orders()).toEqual(closed);
  });
});
