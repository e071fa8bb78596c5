import { describe, expect, it } from 'vitest';
import { made, wish } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { insertRegister } from '../../../testing/register-rows.js';
import { testServer } from '../../../testing/test-server.js';
import { customerKeys, likelyScore, matchKeys, possibleScore, type Identity } from '../identity/index.js';

const server = await testServer();
const { users } = server;
const [codeA, codeB, codeC] = ['91440300708461136T', '914403001922038216', '91330100799655058B'];

describe('identifiers', () => {
  it('are kept normalised, found by their beginning, and shown', async () => {
    const customer = await made(users.member, {
      creditCode: ' ９1440300 708461136t',
      legalName: '深圳市腾飞计算机系统有限公司',
      registryCountry: 'us',
      registryNo: '00-123',
    });
    expect(customer).toMatchObject({
      creditCode: codeA,
      registryCountry: 'US',
      registryNo: '00-123',
      formerNumbers: [],
    });
    for (const q of ['9144030070', '腾飞计算机', 'tengfeijisuanji']) {
      const found = await users.member.get(`/customers?q=${encodeURIComponent(q)}`);
      expect([q, found.body.items.length]).toEqual([q, 1]);
    }
    const { body } = await users.member.patch(`/customers/${customer.customerId}`, {
      creditCode: null,
      registryCountry: null,
      registryNo: null,
      rowVersion: 1,
    });
    expect(body).toMatchObject({
      creditCode: null,
      registryNo: null,
      legalName: '深圳市腾飞计算机系统有限公司',
    });
  });

  it.each([
    [{ creditCode: '9144030070846113' }, 'customers.credit_code_length'],
    [{ creditCode: '9144O300708461136T' }, 'customers.credit_code_sign'],
    [{ creditCode: '91440300708461137T' }, 'customers.credit_code_check'],
    [{ registryNo: '123' }, 'customers.registry_incomplete'],
    [{ registryCountry: 'XX', registryNo: '123' }, 'customers.registry_country_unknown'],
  ])('refuses %j', async (more, code) => {
    const { status, body } = await users.member.post('/customers', wish(more));
    expect([status, body.code]).toEqual([422, code]);
  });

  it('belong to one customer; of one behind a wall nothing is told but that it is there', async () => {
    const { customerNo } = await made(users.member, { creditCode: codeB });
    const seen = await users.manager.post('/customers', wish({ creditCode: codeB }));
    expect(seen.body).toMatchObject({ code: 'customers.credit_code_taken', params: { customerNo } });
    const hidden = await users.stranger.post('/customers', wish({ creditCode: codeB }));
    expect(hidden.body).toMatchObject({ code: 'customers.credit_code_elsewhere', params: {} });
    expect(JSON.stringify(hidden.body)).not.toContain(customerNo);
    // Two at the same moment: one of them has it.
    const both = await Promise.all(
      [1, 2, 3].map(() => users.member.post('/customers', wish({ creditCode: codeC }))),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 422, 422]);
  });

  it('come in by file, with the row refused that has a wrong or a taken one', async () => {
    const batch = await importFile(
      server,
      users.stranger,
      'customers',
      `客户编号,客户名称,统一社会信用代码,工商名称\nF1,甲,70846113-6,甲的工商名称\nF2,乙,70846113-5,\nF3,丙,${codeB},\nF4,丁,708461136,\n`,
    );
    expect(batch.counts).toMatchObject({ rejected: 3 });
    const errors = await users.stranger.get(`/imports/${batch.importBatchId}/errors`);
    expect(errors.body.items.map((item: { code: string }) => item.code)).toEqual([
      'customers.credit_code_check',
      'customers.credit_code_elsewhere',
      'customers.credit_code_taken',
    ]);
    const { body } = await users.stranger.get('/customers?q=708461136');
    expect(body.items).toMatchObject([{ customerNo: 'F1' }]);
  });
});

const check = async (client: typeof users.member, more: Record<string, unknown>) => {
  const { status, body } = await client.post('/duplicates/check', more);
  expect(status).toBe(200);
  return body;
};

describe('a customer that is being entered', () => {
  it('is compared with those that the user sees, and told of others only that a colleague has it', async () => {
    const { customerId } = await made(users.member, {
      name: '宁波海联国际贸易有限公司',
      custom: { phone: '0574-87654321', website: 'www.hailian-nb.cn' },
    });
    const mine = await check(users.member, { name: '海聯國際貿易（寧波）有限公司' });
    expect(mine).toMatchObject({ elsewhere: false });
    expect(mine.items).toMatchObject([{ customerId, isLikely: true, reasons: ['name', 'sound', 'brand'] }]);
    const other = await check(users.stranger, { name: '海聯國際貿易（寧波）有限公司' });
    expect(other).toEqual({ items: [], elsewhere: true });
    // A telephone number alone is not enough to ask a wall about.
    expect(await check(users.stranger, { phones: ['057487654321'] })).toEqual({
      items: [],
      elsewhere: false,
    });
    const byPhone = await check(users.member, { name: '别的', phones: ['+86 574 8765 4321'] });
    expect(byPhone.items).toMatchObject([{ customerId, isLikely: false, reasons: ['phone'] }]);
    expect((await check(users.member, { name: '宁波海联国际贸易有限公司', customerId })).items).toEqual([]);
    expect((await check(users.member, {})).items).toEqual([]);
  });

  it('is known by the people there as well', async () => {
    const { customerId } = await made(users.member, { name: '青岛银河食品有限公司' });
    await users.member.post(`/customers/${customerId}/contacts`, {
      name: '李娜',
      phones: ['13900001111'],
      mails: ['lina@yinhe-food.com'],
    });
    const found = await check(users.member, {
      name: '无关',
      phones: ['139 0000 1111'],
      addresses: ['http://yinhe-food.com'],
    });
    expect(found.items).toMatchObject([{ customerId, score: 0.75, reasons: ['phone', 'domain'] }]);
  });
});

const search = async () => {
  const { status, body } = await users.administrator.post('/duplicates/search');
  expect(status).toBe(202);
  await server.runJobs();
  const job = await users.administrator.get(`/jobs/${body.jobId}`);
  expect(job.body.status).toBe('done');
  return (await users.administrator.get('/duplicates/search')).body.latest;
};

describe('all customers', () => {
  it('are compared as two are: the same pairs with the same scores', async () => {
    await server.asSystem((db) =>
      insertRegister(db, {
        count: 260,
        seed: 5,
        owners: [
          [users.member.userId, null],
          [null, null],
        ],
      }),
    );
    const latest = await search();
    const { rows } = await server.asSystem(async (db) => ({
      rows: await db
        .selectFrom('customer')
        .select([
          'customer_id',
          'name',
          'legal_name',
          'short_name',
          'credit_code',
          'registry_country',
          'registry_no',
          'custom',
        ])
        .execute(),
    }));
    const contacts = await server.asSystem((db) =>
      db.selectFrom('contact').select(['customer_id', 'phones', 'mails']).execute(),
    );
    const keysOf = (row: (typeof rows)[number]) => {
      const custom = row.custom as Record<string, string>;
      const people = contacts.filter((contact) => contact.customer_id === row.customer_id);
      const texts = (values: (string | undefined)[]) => values.filter((value) => value !== undefined);
      const identity: Identity = {
        name: row.name,
        legalName: row.legal_name,
        shortName: row.short_name,
        creditCode: row.credit_code,
        registryCountry: row.registry_country,
        registryNo: row.registry_no,
        phones: texts([custom['phone'], ...people.map((one) => one.phones[0])]),
        addresses: texts([custom['website'], custom['email'], ...people.map((one) => one.mails[0])]),
      };
      return customerKeys(identity);
    };
    const all = rows.map((row) => ({ id: row.customer_id, keys: keysOf(row) }));
    const expected = new Map<string, number>();
    for (const [i, a] of all.entries()) {
      for (const b of all.slice(i + 1)) {
        const { score } = matchKeys(a.keys, b.keys);
        if (score >= possibleScore) expected.set(`${Math.min(a.id, b.id)}-${Math.max(a.id, b.id)}`, score);
      }
    }
    const found = await server.asSystem((db) =>
      db
        .selectFrom('duplicate_pair')
        .select(['customer_id as a', 'other_customer_id as b', 'score'])
        .execute(),
    );
    expect(expected.size).toBeGreaterThan(50);
    expect(new Set(found.map(({ a, b }) => `${a}-${b}`))).toEqual(new Set(expected.keys()));
    for (const { a, b, score } of found) expect(score).toBeCloseTo(expected.get(`${a}-${b}`) ?? -1, 9);
    expect(latest).toMatchObject({
      pairs: expected.size,
      likely: [...expected.values()].filter((score) => score >= likelyScore).length,
    });
  });

  it('leave out keys that too many share, and say so', async () => {
    const before = (await search()).crowdedKeys;
    const rows = Array.from({ length: 60 }, (_, i) => `X${i},拥挤测试${i}号厂,400-800-1234`).join('\n');
    await importFile(server, users.administrator, 'customers', `客户编号,客户名称,电话\n${rows}\n`);
    const latest = await search();
    expect(latest.crowdedKeys).toBe(before + 1);
    const { body } = await users.administrator.get('/customers?q=拥挤测试&limit=1');
    const { customerId } = body.items[0];
    expect((await users.administrator.get(`/duplicates?customerId=${customerId}`)).body.items).toEqual([]);
  });

  it('are shown in pairs to who sees both, page by page, until somebody says that they are two', async () => {
    const mine = await made(users.member, { name: '苏州盛泰自动化设备有限公司' });
    const theirs = await made(users.stranger, { name: '苏州盛泰自动化设备有限责任公司' });
    await search();
    const pair = { customerId: mine.customerId, otherCustomerId: theirs.customerId };
    const of = (client: typeof users.member, status = 'open') =>
      client.get(`/duplicates?status=${status}&customerId=${mine.customerId}`);
    for (const client of [users.member, users.stranger, users.manager]) {
      expect((await of(client)).body.items).toEqual([]);
      expect((await client.post('/duplicates/dismiss', pair)).status).toBe(404);
    }
    expect((await of(users.administrator)).body.items).toMatchObject([
      { a: { customerId: mine.customerId }, b: { customerId: theirs.customerId }, isLikely: true },
    ]);
    expect((await users.administrator.post('/duplicates/dismiss', pair)).status).toBe(204);
    await search();
    expect((await of(users.administrator)).body.items).toEqual([]);
    expect((await of(users.administrator, 'dismissed')).body.items).toHaveLength(1);
    expect((await users.administrator.post('/duplicates/reopen', pair)).status).toBe(204);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await users.administrator.get(`/duplicates?limit=7${cursor}`);
      for (const { a, b } of body.items) seen.push(`${a.customerId}-${b.customerId}`);
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    // Of what is in sight alone: nothing of how many customers the company has.
    const ofManager = (await users.manager.get('/duplicates/search')).body.latest;
    const inSight = (await users.manager.get('/customers/count')).body.count;
    const ofAll = (await users.administrator.get('/duplicates/search')).body.latest;
    expect([ofManager.customers, ofManager.customers < ofAll.customers]).toEqual([inSight, true]);
    const count = await server.asSystem((db) => db.selectFrom('duplicate_pair').selectAll().execute());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(count.filter(({ status }) => status === 'open').length);
    expect((await users.member.post('/duplicates/search')).status).toBe(403);
  });
});
