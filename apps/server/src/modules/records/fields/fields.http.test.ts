import { beforeAll, describe, expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { importFile, upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator, director, member, stranger } = server.users;

const define = async (body: object) => (await administrator.post('/custom-fields', body)).body;
const names = async (client: typeof member, query: string) => {
  const { status, body } = await client.get(`/customers?sort=name&order=asc&${query}`);
  expect(status).toBe(200);
  return body.items.map((row: { name: string }) => row.name);
};

let keys: Record<string, string>;
let one: { customerId: number; rowVersion: number };
let other: number;
beforeAll(async () => {
  const kinds = ['text', 'number', 'money', 'date', 'person'];
  keys = {};
  for (const kind of kinds)
    keys[kind] = (await define({ name: `字段${kind}`, nameEn: `own ${kind}`, kind })).key;
  keys['choice'] = (await define({ name: '客户类型', kind: 'choice', choices: ['直销', '分销'] })).key;
  one = await made(member, { name: '甲公司' });
  other = (await made(member, { name: '乙公司' })).customerId;
  await made(stranger, { name: '别人公司', salesStage: 'active', tags: ['重点'] });
});

const patch = async (body: object) => {
  const { rowVersion } = (await member.get(`/customers/${one.customerId}`)).body;
  return member.patch(`/customers/${one.customerId}`, { rowVersion, ...body });
};

describe('fields of a customer', () => {
  it('are written, read and found again, each kind by its own conditions', async () => {
    const fields = {
      [keys['text'] ?? '']: '年框客户',
      [keys['number'] ?? '']: 12.5,
      [keys['money'] ?? '']: 1_000_050,
      [keys['date'] ?? '']: '2024-02-29',
      [keys['person'] ?? '']: server.users.director.userId,
      [keys['choice'] ?? '']: '直销',
    };
    const place = { countryCode: 'CN', divisionCode: '330100', industryCode: '26' };
    const address = { kind: 'delivery', line: '文三路 1 号', divisionCode: '330100' };
    const written = await patch({
      size: 'large',
      salesStage: 'active',
      source: '展会',
      tags: ['重点', '华东'],
      addresses: [address, { kind: 'billing', line: '文二路 2 号' }],
      fields,
      ...place,
    });
    expect(written.status).toBe(200);
    expect(written.body).toMatchObject({ size: 'large', tags: ['重点', '华东'], fields, ...place });
    expect(written.body.addresses).toHaveLength(2);
    const queries = [
      'salesStage=active&size=large',
      'source=%E5%B1%95%E4%BC%9A',
      'tag=%E9%87%8D%E7%82%B9',
      'industryCode=C',
      'divisionCode=330000&countryCode=CN',
      `field=${encodeURIComponent(`${keys['text']}^年框`)}`,
      `field=${encodeURIComponent(`${keys['number']}>=12`)}&field=${encodeURIComponent(`${keys['number']}<=13`)}`,
      `field=${encodeURIComponent(`${keys['money']}>=1000050`)}`,
      `field=${encodeURIComponent(`${keys['date']}<=2024-03-01`)}`,
      `field=${encodeURIComponent(`${keys['person']}@${server.users.director.userId}`)}`,
      `field=${encodeURIComponent(`${keys['choice']}=直销`)}&field=${encodeURIComponent(`${keys['choice']}=分销`)}`,
    ];
    for (const query of queries) {
      expect([query, await names(member, query)]).toEqual([query, ['甲公司']]);
      // By value another way leads to the page: a walk along the index.
      const walked = await director.get(`/customers?${query}`);
      expect(walked.body.items.map((row: { name: string }) => row.name)).toContain('甲公司');
      expect((await member.get(`/customers/count?${query}`)).body.count).toBe(1);
    }
    expect(await names(member, `field=${encodeURIComponent(`${keys['number']}>=13`)}`)).toEqual([]);
    expect(await names(director, 'tag=%E9%87%8D%E7%82%B9')).toContain('别人公司');
    const { body } = await member.get('/customers/facets');
    expect(body).toMatchObject({ sources: ['展会'], tags: expect.arrayContaining(['重点', '华东']) });
  });

  it('refuse what is of another kind, and codes that are none', async () => {
    const wrong: [object, string][] = [
      [{ fields: { [keys['number'] ?? '']: 'zwölf' } }, 'custom_fields.value_wrong'],
      [{ fields: { [keys['money'] ?? '']: 1.5 } }, 'custom_fields.value_wrong'],
      [{ fields: { [keys['date'] ?? '']: '2023-02-29' } }, 'custom_fields.value_wrong'],
      [{ fields: { [keys['choice'] ?? '']: '代销' } }, 'custom_fields.choice_unknown'],
      [{ fields: { [keys['person'] ?? '']: 999_999 } }, 'custom_fields.person_unknown'],
      [{ fields: { cf999999: 'x' } }, 'custom_fields.unknown'],
      [{ industryCode: '98' }, 'customers.code_unknown'],
      [{ countryCode: 'DE', divisionCode: '330100' }, 'customers.division_elsewhere'],
    ];
    for (const [body, code] of wrong) expect([body, (await patch(body)).body.code]).toEqual([body, code]);
  });

  it('that must be filled in are asked of a new customer, and cannot be emptied', async () => {
    const field = await define({ name: '合同编码', kind: 'text', isRequired: true });
    const refused = await member.post('/customers', { customerNo: 'r-1', name: '丙公司' });
    expect([refused.status, refused.body.code]).toEqual([422, 'custom_fields.required']);
    expect((await patch({ fields: { [field.key]: null } })).body.code).toBe('custom_fields.required');
    expect((await patch({ region: '华东' })).status).toBe(200);
    expect((await administrator.delete(`/custom-fields/${field.customFieldId}`)).status).toBe(204);
    expect((await member.post('/customers', { customerNo: 'r-1', name: '丙公司' })).status).toBe(201);
  });

  it('two of one name are refused, and a field that somebody else has changed', async () => {
    expect((await administrator.post('/custom-fields', { name: '客户类型', kind: 'text' })).status).toBe(409);
    const id = Number((keys['choice'] ?? '').slice(2));
    const path = `/custom-fields/${id}`;
    expect((await administrator.patch(path, { rowVersion: 77, name: '类型' })).status).toBe(409);
    expect((await administrator.patch(path, { rowVersion: 1, choices: ['分销'] })).status).toBe(200);
    // What was chosen stays, though it is offered no more.
    expect((await patch({ fields: { [keys['choice'] ?? '']: '直销' } })).status).toBe(200);
    expect((await member.post('/custom-fields', { name: '我的', kind: 'text' })).status).toBe(403);
  });
});

describe('a field of the company that is kept from a role', () => {
  const rules = (fields: object[]) => administrator.put('/wall', { fields, limits: [] });

  it('is in no answer, filter, file or audit for it, and cannot be written over', async () => {
    const secret = 'zqgeheimzq';
    const key = keys['text'] ?? '';
    expect((await patch({ fields: { [key]: secret } })).status).toBe(200);
    await rules([
      { role: 'member', field: key, mode: 'hidden' },
      { role: 'administrator', field: key, mode: 'hidden' },
    ]);
    const paths = ['/customers', `/customers/${one.customerId}`, '/customers/export'];
    for (const path of paths) {
      expect((await member.get(path)).raw.body).not.toContain(secret);
      expect((await director.get(path)).raw.body).toContain(secret);
    }
    expect((await administrator.get('/audit')).raw.body).not.toContain(secret);
    const asked = await member.get(`/customers?field=${encodeURIComponent(`${key}=${secret}`)}`);
    expect([asked.status, asked.body.code]).toEqual([403, 'fields.restricted_forbidden']);
    expect((await patch({ fields: { [key]: 'x' } })).status).toBe(403);
    expect((await member.get(`/customers/export?columns=${key}&columns=name`)).raw.body).not.toContain(
      secret,
    );
    await rules([{ role: 'member', field: key, mode: 'masked' }]);
    expect((await member.get(`/customers/${one.customerId}`)).body.fields[key]).toBe('zqge****zq');
    await rules([{ role: 'member', field: 'addresses', mode: 'hidden' }]);
    expect((await member.get(`/customers/${one.customerId}`)).body.addresses).toEqual([]);
    expect((await member.get('/customers/export')).raw.body).not.toContain('文三路');
    expect((await director.get('/customers/export')).raw.body).toContain('文三路');
    await rules([]);
  });
});

describe('a bulk edit', () => {
  it('changes what the user may change, and is taken back but where somebody has changed it since', async () => {
    const customers = { filter: {}, except: [] };
    const change = { salesStage: 'trial', addTags: ['批量'], removeTags: ['华东'], region: '华南' };
    const edit = await member.post('/customers/bulk-edits', { customers, change });
    expect(edit.status).toBe(201);
    expect(edit.body).toMatchObject({ customers: 3, skipped: 0 });
    expect(await names(member, 'tag=%E6%89%B9%E9%87%8F&salesStage=trial')).toEqual([
      '丙公司',
      '甲公司',
      '乙公司',
    ]);
    expect(await names(director, 'salesStage=active')).toEqual(['别人公司']);
    const now = (await member.get(`/customers/${other}`)).body;
    await member.patch(`/customers/${other}`, { rowVersion: now.rowVersion, source: '转介绍' });
    const path = `/customers/bulk-edits/${edit.body.bulkEditId}/undo`;
    expect((await stranger.post(path)).status).toBe(404);
    expect((await member.post(path)).body).toEqual({ restored: 2, touched: 1 });
    expect((await member.post(path)).body.code).toBe('customers.bulk_edit_undone');
    expect((await member.get(`/customers/${one.customerId}`)).body).toMatchObject({
      salesStage: 'active',
      tags: ['重点', '华东'],
    });
    expect((await member.get(`/customers/${other}`)).body).toMatchObject({
      source: '转介绍',
      tags: ['批量'],
    });
  });

  it('of somebody else’s customer says no more than that there is none', async () => {
    const theirs = (await stranger.get('/customers')).body.items[0].customerId;
    const body = { customers: { customerIds: [theirs] }, change: { size: 'small' } };
    expect((await member.post('/customers/bulk-edits', body)).status).toBe(404);
  });
});

describe('an import of customers', () => {
  it('takes a column named like a field of the company, in either language, for that field', async () => {
    const head = '客户编号,客户名称,own money,客户类型,别的';
    const uploaded = await upload(member, 'customers', `${head}\nG-1,猜一,5,直销,x\n`);
    expect(uploaded.body.mapping.columns).toEqual({
      customerId: 1,
      customerName: 2,
      'custom:own money': 3,
      'custom:客户类型': 4,
    });
    expect(uploaded.body.columns[3]).toMatchObject({ guess: 'custom:客户类型', confidence: 1 });
  });

  it('fills profile and own fields, keeps bad rows with their reasons, and is taken back with them', async () => {
    const head = `客户编号,客户名称,跟进阶段,标签,国标行业,行政区划,字段money,客户类型`;
    const first = [head, 'I-1,导入一,合作中,重点;出口,26 化学,330100,1205.5,分销', 'I-2,导入二,未知,,,,,'];
    const patch = {
      mapping: {
        columns: {
          customerId: 1,
          customerName: 2,
          salesStage: 3,
          tags: 4,
          industryCode: 5,
          divisionCode: 6,
          'custom:字段money': 7,
          'custom:客户类型': 8,
        },
      },
    };
    const batch = await importFile(server, member, 'customers', `${first.join('\n')}\n`, patch);
    expect([batch.counts?.records['customers'], batch.counts?.reasons]).toEqual([
      { added: 1, changed: 0, unchanged: 0 },
      { 'imports.choice_unknown': 1 },
    ]);
    const again = await importFile(server, member, 'customers', `${first.join('\n')}\n`, patch);
    expect(again.counts?.records['customers']).toEqual({ added: 0, changed: 0, unchanged: 1 });
    const [{ customerId }] = (await member.get('/customers?q=I-1')).body.items;
    const read = async () => (await member.get(`/customers/${customerId}`)).body;
    const profile = {
      salesStage: 'active',
      tags: ['重点', '出口'],
      industryCode: '26',
      divisionCode: '330100',
    };
    expect(await read()).toMatchObject({
      ...profile,
      countryCode: 'CN',
      fields: { [keys['money'] ?? '']: 120_550, [keys['choice'] ?? '']: '分销' },
    });
    const other = `${head}\nI-1,导入一,停滞,新,,,7,\n`;
    const changing = await importFile(server, member, 'customers', other, patch);
    expect(await read()).toMatchObject({ salesStage: 'dormant', tags: ['新'], industryCode: '26' });
    await member.post(`/imports/${changing.importBatchId}/undo`, {});
    await server.runJobs();
    expect(await read()).toMatchObject({ ...profile, fields: { [keys['money'] ?? '']: 120_550 } });
  });
});

const pagesOf = async (client: typeof member, query: string, cursor = ''): Promise<number[]> => {
  const { status, body } = await client.get(
    `/customers?${query}&cursor=${encodeURIComponent(cursor)}`.replace(/&cursor=$/, ''),
  );
  expect(status).toBe(200);
  const ids = body.items.map((row: { customerId: number }) => row.customerId);
  return body.nextCursor === null ? ids : [...ids, ...(await pagesOf(client, query, body.nextCursor))];
};

describe('the register by a field of the company', () => {
  const kinds = {
    number: [5, 40, 7],
    date: ['2024-02-29', '2026-01-01', '2025-06-30'],
    text: ['北京', '安徽', '重庆'],
  };

  it('goes page by page, customers without a value last, the same for who sees all and who does not', async () => {
    for (const [kind, values] of Object.entries(kinds)) {
      const { key } = await define({ name: `排序${kind}`, kind });
      const ids: number[] = [];
      for (const value of values) {
        const customer = await made(member, { name: `排序${kind}${value}`, fields: { [key]: value } });
        ids.push(customer.customerId);
      }
      // By pinyin: Anhui, Beijing, Chongqing; figures and days by size.
      const [one, two, three] = ids as [number, number, number];
      const ascending = kind === 'text' ? [two, one, three] : [one, three, two];
      for (const order of ['asc', 'desc']) {
        const expected = order === 'asc' ? ascending : ascending.toReversed();
        for (const client of [member, director]) {
          const walked = await pagesOf(client, `sort=${key}&order=${order}&limit=2`);
          expect(walked.slice(0, 3)).toEqual(expected);
          const { count } = (await client.get('/customers/count')).body;
          expect([new Set(walked).size, walked.length]).toEqual([count, count]);
          const narrowed = await client.get(
            `/customers?sort=${key}&order=${order}&q=${encodeURIComponent(`排序${kind}`)}`,
          );
          expect(narrowed.body.items.map((row: { customerId: number }) => row.customerId)).toEqual(expected);
        }
      }
      const csv = (await director.get(`/customers/export?sort=${key}&order=asc&columns=name&columns=${key}`))
        .raw.body;
      expect(csv.split('\n')[1]).toContain(`排序${kind}`);
    }
  });

  it('that is out of use is in the order of names; another sort is none', async () => {
    const { key, customFieldId } = await define({ name: '排序停用', kind: 'number' });
    expect((await administrator.delete(`/custom-fields/${customFieldId}`)).status).toBe(204);
    const byName = (await member.get('/customers?sort=name&order=asc')).body.items;
    expect((await member.get(`/customers?sort=${key}`)).body.items).toEqual(byName);
    expect((await member.get('/customers?sort=cf1;drop')).status).toBe(400);
  });
});
