import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../maintenance/verify-audit.js';
import { sealAudit } from '../../../platform/audit/seal-audit.js';
import { made, orderOf } from '../../../testing/customer-records.js';
import { everyTable } from '../../../testing/every-table.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users, platform } = server;

function everyFile(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyFile(path) : [readFileSync(path, 'latin1')];
  });
}

const customer = await made(users.member);

async function person(serial: number) {
  const words = [
    `卡那利${serial}号`,
    `1390000${String(1000 + serial)}`,
    `canary${serial}@x.example`,
    `wx-canary-${serial}`,
  ];
  const [name = '', phone = '', mail = '', wechat = ''] = words;
  const key = { 'idempotency-key': `person ${serial}` };
  const body = {
    name,
    phones: [phone],
    mails: [mail],
    wechat,
    title: `总经理${serial}`,
    notes: `${name}爱喝茶`,
  };
  const { body: contact } = await users.member.post(`/customers/${customer.customerId}/contacts`, body, key);
  const id = contact.contactId as number;
  await users.member.patch(`/contacts/${id}`, {
    name,
    title: '董事长',
    rowVersion: contact.rowVersion,
  });
  await users.member.post(`/customers/${customer.customerId}/interactions`, {
    kind: 'call',
    happenedAt: '2026-03-01T02:00:00Z',
    summary: `和${name}通话，回电 ${phone}，邮件发 ${mail}`,
    nextStep: `加 ${wechat}`,
    contactIds: [id],
  });
  await users.member.post(`/contacts/${id}/consents`, {
    purpose: 'marketing',
    givenOn: '2026-02-01',
    source: name,
  });
  return { id, words: [...words, `总经理${serial}`] };
}

describe('a person', () => {
  it('gets everything that is kept of them, and that they did is on record', async () => {
    const { id, words } = await person(900);
    const { status, body } = await users.manager.post(`/contacts/${id}/personal-data`);
    expect(status).toBe(200);
    for (const word of words.slice(0, 4)) expect(JSON.stringify(body)).toContain(word);
    expect(body.consents).toMatchObject([{ purpose: 'marketing', withdrawnOn: null }]);
    expect(body.interactions).toHaveLength(1);
    const { body: audit } = await users.administrator.get(`/audit?action=person.exported&subjectId=${id}`);
    expect(audit.items).toHaveLength(1);
    expect((await users.member.post(`/contacts/${id}/personal-data`)).status).toBe(403);
    expect((await users.other.post(`/contacts/${id}/personal-data`)).status).toBe(404);
  });

  it('withdraws a consent once, and that it was given stays', async () => {
    const { id } = await person(901);
    const { body } = await users.member.get(`/contacts/${id}/consents`);
    const [given] = body.items;
    expect((await users.other.delete(`/consents/${given.consentId}`)).status).toBe(404);
    expect((await users.member.delete(`/consents/${given.consentId}`)).status).toBe(204);
    expect((await users.member.delete(`/consents/${given.consentId}`)).status).toBe(404);
    const after = await users.member.get(`/contacts/${id}/consents`);
    expect(after.body.items).toMatchObject([{ givenOn: '2026-02-01', withdrawnOn: '2026-03-02' }]);
    expect((await users.other.get(`/contacts/${id}/consents`)).status).toBe(404);
  });

  it('of 50 who are erased leaves 0 in tables, lake, files and answers kept, and the books and the chain whole', async () => {
    const people = [];
    for (let serial = 101; serial <= 150; serial++) people.push(await person(serial));
    await sealAudit(platform);
    const all = people.flatMap(({ words }) => words);
    const before = [...(await everyTable(server)).values()].join('\n');
    expect(all.filter((word) => !before.includes(word))).toEqual([]);
    const orders = await users.director.get(`/customers/${customer.customerId}`);
    for (const { id } of people) {
      const { status } = await users.director.post(`/contacts/${id}/erase`, { reason: '本人要求' });
      expect(status).toBe(200);
    }
    await sealAudit(platform);
    const left = [...(await everyTable(server))].flatMap(([table, text]) =>
      all.filter((word) => text.includes(word)).map((word) => `${table}: ${word}`),
    );
    expect(left).toEqual([]);
    const files = [...everyFile(platform.folders.lake), ...everyFile(platform.folders.files)].join('\n');
    expect(all.filter((word) => files.includes(Buffer.from(word).toString('latin1')))).toEqual([]);
    const after = await users.director.get(`/customers/${customer.customerId}`);
    expect({ ...after.body, rowVersion: 0, updatedAt: '' }).toEqual({
      ...orders.body,
      rowVersion: 0,
      updatedAt: '',
    });
    const report = await verifyChain(server.data.address.ownerUrl, { language: 'en-US' });
    expect(report.ok).toBe(true);
    expect(report.erased).toBeGreaterThanOrEqual(50);
    const [first] = people;
    expect((await users.director.post(`/contacts/${first?.id}/erase`, { reason: 'again' })).status).toBe(404);
    expect((await users.member.get(`/contacts/${first?.id}`)).status).toBe(404);
    expect((await users.member.post(`/contacts/${first?.id}/restore`)).status).toBe(404);
    expect((await users.manager.post(`/contacts/${first?.id}/erase`, { reason: 'not mine' })).status).toBe(
      403,
    );
  }, 120_000);
});

describe('a customer who is a person', () => {
  const words = ['卡那利老板', '金丝雀路九号', '13900008888'];
  const [name = '', line = '', phone = ''] = words;

  it('gets everything, and is erased with the contacts; orders, number and chain stay', async () => {
    const body = {
      name,
      shortName: `${name}小店`,
      customerNo: `P-${phone}`,
      // Codes of other tables are no words of a person.
      custom: { 电话: phone, 币种: 'CNY', 方式: 'call' },
      addresses: [{ kind: 'registered', line }],
      tags: [name],
    };
    const { customerId } = await made(users.member, body);
    const texts = ['name', 'notes'].map((key) => ({ [key]: name }));
    await users.member.post(`/customers/${customerId}/contacts`, { ...texts[0], phones: [phone] });
    await users.member.post(`/customers/${customerId}/interactions`, {
      kind: 'call',
      summary: `给${name}打电话 ${phone}，送到${line}`,
    });
    await orderOf(server, customerId, '2026-02-01', 88_00);
    const records = {
      contracts: { contractNo: 'P-1', title: `与${name}的合同`, startsOn: '2026-01-01', status: 'signed' },
      receivables: { title: `${name}的货款`, dueOn: '2026-02-10', amountMinor: 88_00 },
      payments: { receivedOn: '2026-02-10', amountMinor: 50_00, note: `${name}转账` },
      notes: { kind: 'need', title: `${name}要送到${line}` },
    };
    for (const [kind, record] of Object.entries(records)) {
      expect((await users.member.post(`/customers/${customerId}/${kind}`, record)).status).toBe(201);
    }
    const lists = Object.fromEntries(Object.entries(records).map(([kind, record]) => [kind, [record]]));
    const { body: page } = await users.member.get(`/customers/${customerId}`);
    await users.member.patch(`/customers/${customerId}`, {
      rowVersion: page.rowVersion,
      shortName: `${name}号`,
    });
    const copy = await users.manager.post(`/customers/${customerId}/personal-data`);
    expect(copy.status).toBe(200);
    for (const word of words) expect(JSON.stringify(copy.body)).toContain(word);
    expect(copy.body).toMatchObject({
      orders: [{ amountMinor: 88_00 }],
      interactions: [{ kind: 'call' }],
      ...lists,
    });
    expect((await users.other.post(`/customers/${customerId}/personal-data`)).status).toBe(404);

    const reason = { reason: '本人要求' };
    expect((await users.manager.post(`/customers/${customerId}/erase`, reason)).status).toBe(403);
    const done = await users.director.post(`/customers/${customerId}/erase`, reason);
    expect([done.status, done.body.contacts]).toEqual([200, 1]);
    await sealAudit(platform);
    const left = [...(await everyTable(server))].flatMap(([table, text]) =>
      words.filter((word) => text.includes(word)).map((word) => `${table}: ${word}`),
    );
    expect(left).toEqual([]);
    const after = (await users.member.get(`/customers/${customerId}`)).body;
    expect(after).toMatchObject({ name: `#${customerId}`, addresses: [], tags: [], custom: {} });
    for (const kept of ['orders', 'contracts', 'receivables', 'payments', 'notes']) {
      expect((await users.member.get(`/customers/${customerId}/${kept}`)).body.items).toHaveLength(1);
    }
    expect((await verifyChain(server.data.address.ownerUrl, { language: 'en-US' })).ok).toBe(true);
    expect((await users.director.post(`/customers/${customerId}/erase`, reason)).status).toBe(404);
  });

  it('is not a company', async () => {
    const { customerId } = await made(users.member, { creditCode: '91350100M000100Y43' });
    const refused = await users.director.post(`/customers/${customerId}/erase`, { reason: 'by mistake' });
    expect([refused.status, refused.body.code]).toEqual([422, 'persons.is_company']);
  });
});
