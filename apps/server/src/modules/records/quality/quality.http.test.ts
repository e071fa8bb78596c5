import { describe, expect, it } from 'vitest';
import { made, orderOf, wish } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

const measure = async () => {
  expect((await users.administrator.post('/quality/measure')).status).toBe(202);
  await server.runJobs();
};

describe('the quality of a record', () => {
  it('is what is filled in, and how long ago somebody had to do with it', async () => {
    const { customerId } = await made(users.member, { region: '上海', custom: { phone: '021-64456677' } });
    const of = async () => (await users.member.get(`/customers/${customerId}/quality`)).body;
    // Owner, region and telephone, of weights that add up to 100.
    expect(await of()).toMatchObject({
      completeness: 35,
      freshness: 100,
      isStale: false,
      missing: ['creditCode', 'industry', 'contact', 'address', 'shortName'],
    });
    await users.member.post(`/customers/${customerId}/contacts`, { name: '李娜' });
    expect(await of()).toMatchObject({ completeness: 55 });
    server.clock.advance(200 * 86_400_000);
    expect(await of()).toMatchObject({ isStale: true });
    const call = { kind: 'call', happenedAt: server.clock.now().toISOString(), summary: '问账期' };
    await users.member.post(`/customers/${customerId}/interactions`, call);
    expect(await of()).toMatchObject({ isStale: false, freshness: 100 });
    expect((await users.stranger.get(`/customers/${customerId}/quality`)).status).toBe(404);
    server.clock.advance(-200 * 86_400_000);
  });

  it('is measured of all and shown by owner, within sight, the same as one by one', async () => {
    const mine = await made(users.member, { industry: '制造' });
    const theirs = await made(users.stranger);
    await orderOf(server, theirs.customerId, '2026-01-05', 100);
    await measure();
    const all = (await users.administrator.get('/quality')).body;
    const own = (await users.member.get('/quality')).body;
    expect(own.owners.map((owner: { ownerId: number }) => owner.ownerId)).toEqual([users.member.userId]);
    expect(all.total.customers).toBeGreaterThan(own.total.customers);
    expect(all.owners).toHaveLength(2);
    const worst = (await users.member.get('/quality/worst?by=completeness&limit=1')).body.items;
    const same = (await users.member.get(`/customers/${worst[0].customerId}/quality`)).body;
    expect(worst[0]).toMatchObject({ completeness: same.completeness, missing: same.missing });
    expect((await users.member.post('/quality/measure')).status).toBe(403);
    expect(mine.customerId).toBeGreaterThan(0);
  });
});

const rule = (more: object) => ({ field: 'region', kind: 'required', ...more });

describe('rules of the administrator', () => {
  it('hold for the form, for REST and for files, where they say', async () => {
    expect((await users.manager.post('/quality/rules', rule({}))).status).toBe(403);
    const { body: added } = await users.administrator.post(
      '/quality/rules',
      rule({ whenField: 'industry', whenValues: ['制造'], message: '制造业客户要填地区' }),
    );
    const refused = await users.member.post('/customers', wish({ industry: '制造' }));
    expect([refused.status, refused.body.code]).toEqual([422, 'customers.rule_broken']);
    expect(refused.body.detail).toContain('制造业客户要填地区');
    const customer = await made(users.member, { industry: '零售' });
    const path = `/customers/${customer.customerId}`;
    const changed = await users.member.patch(path, { industry: '制造', rowVersion: 1 });
    expect(changed.body.code).toBe('customers.rule_broken');
    expect((await users.member.patch(path, { name: '新名', rowVersion: 1 })).status).toBe(200);
    const batch = await importFile(
      server,
      users.member,
      'customers',
      '客户编号,客户名称,行业,地区\nQ1,甲,制造,\nQ2,乙,制造,上海\nQ3,丙,零售,\n',
    );
    expect(batch.counts).toMatchObject({ accepted: 2, rejected: 1 });
    const changedRule = await users.administrator.put(`/quality/rules/${added.validationRuleId}`, {
      ...rule({ field: 'custom.phone', kind: 'pattern', pattern: '1##########' }),
      rowVersion: added.rowVersion,
    });
    expect(changedRule.status).toBe(200);
    const second = await users.administrator.put(`/quality/rules/${added.validationRuleId}`, {
      ...rule({ message: '写在这里的会丢' }),
      rowVersion: added.rowVersion,
    });
    expect([second.status, second.body.code]).toEqual([409, 'quality.rule_changed']);
    expect(second.body.params.fields).toContain('pattern');
    expect((await users.member.get('/quality/rules')).body.items).toEqual([changedRule.body]);
    const phone = await users.member.post('/customers', wish({ custom: { phone: '110' } }));
    expect(phone.body).toMatchObject({ code: 'customers.rule_pattern', params: { field: 'phone' } });
    expect(phone.body.detail).toContain('“电话”要写成');
    expect((await users.administrator.delete(`/quality/rules/${added.validationRuleId}`)).status).toBe(204);
    expect((await users.member.get('/quality/rules')).body.items).toEqual([]);
    await made(users.member, { industry: '制造', custom: { phone: '110' } });
  });

  it('are about fields of the company’s own too, for all who may see those', async () => {
    const field = async (input: object) =>
      (await users.administrator.post('/custom-fields', input)).body as {
        customFieldId: number;
        key: string;
      };
    const way = await field({ name: '采购方式', kind: 'choice', choices: ['框架', '按单'] });
    const no = await field({ name: '框架编号', kind: 'text' });
    const limit = await field({ name: '信用额度', kind: 'money' });
    const add = (more: object) => users.administrator.post('/quality/rules', rule(more));
    const isFramed = { whenField: way.key, whenValues: ['框架'] };
    expect((await add({ field: no.key, ...isFramed })).status).toBe(201);
    expect((await add({ field: no.key, kind: 'pattern', pattern: 'KJ-####' })).status).toBe(201);
    const unfit = await add({ field: limit.key, kind: 'pattern', pattern: '#' });
    expect([unfit.status, unfit.body.code]).toEqual([422, 'quality.field_without_text']);
    expect((await add({ field: 'cf999' })).body.code).toBe('custom_fields.unknown');

    const refused = await users.member.post('/customers', wish({ fields: { [way.key]: '框架' } }));
    expect(refused.body).toMatchObject({ code: 'customers.rule_required', params: { field: '框架编号' } });
    const { customerId } = await made(users.member, { fields: { [way.key]: '按单' } });
    const patch = async (fields: object) => {
      const { rowVersion } = (await users.member.get(`/customers/${customerId}`)).body;
      return users.member.patch(`/customers/${customerId}`, { fields, rowVersion });
    };
    expect((await patch({ [way.key]: '框架' })).body.code).toBe('customers.rule_required');
    expect((await patch({ [no.key]: '12' })).body.code).toBe('customers.rule_pattern');
    expect((await patch({ [way.key]: '框架', [no.key]: 'KJ-0012' })).status).toBe(200);
    const bulk = { customers: { customerIds: [customerId] }, change: { fields: { [no.key]: null } } };
    expect((await users.member.post('/customers/bulk-edits', bulk)).body.code).toBe(
      'customers.rule_required',
    );
    const head = '客户编号,客户名称,采购方式,框架编号';
    const file = `${head}\nF1,甲,框架,\nF2,乙,框架,KJ-0001\nF3,丙,按单,\nF4,丁,按单,9\n`;
    const batch = await importFile(server, users.member, 'customers', file, {
      mapping: { columns: { customerId: 1, customerName: 2, 'custom:采购方式': 3, 'custom:框架编号': 4 } },
    });
    expect(batch.counts).toMatchObject({
      accepted: 2,
      reasons: { 'customers.rule_required': 1, 'customers.rule_pattern': 1 },
    });

    const hidden = { field: no.key, role: 'member', mode: 'hidden' };
    const wall = (fields: object[]) => users.administrator.put('/wall', { fields, limits: [] });
    expect((await wall([hidden])).status).toBe(200);
    await made(users.member, { fields: { [way.key]: '框架' } });
    expect((await wall([])).status).toBe(200);
    expect((await users.administrator.delete(`/custom-fields/${no.customFieldId}`)).status).toBe(204);
    expect((await users.member.get('/quality/rules')).body.items).toEqual([]);
  });

  it('say whether two customers may have one credit code', async () => {
    const creditCode = '91440300708461136T';
    await made(users.member, { creditCode });
    const { body: policy } = await users.administrator.get('/quality/policy');
    const flag = { ...policy, sameCreditCode: 'flag' };
    expect((await users.administrator.put('/quality/policy', flag)).status).toBe(200);
    const late = await users.administrator.put('/quality/policy', flag);
    expect([late.status, late.body.code]).toEqual([409, 'quality.changed']);
    await made(users.stranger, { creditCode });
    await users.administrator.post('/duplicates/search');
    await server.runJobs();
    const pairs = (await users.administrator.get('/duplicates')).body.items;
    expect(pairs[0]).toMatchObject({ reasons: expect.arrayContaining(['code']) });
  });
});
