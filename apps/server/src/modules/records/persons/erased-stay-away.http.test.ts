import { describe, expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { everyTable } from '../../../testing/every-table.js';
import { asUpload, importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
const reason = { reason: '本人要求' };

async function leftOf(words: readonly string[]): Promise<string[]> {
  return [...(await everyTable(server))].flatMap(([table, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${table}: ${word}`),
  );
}

const idOf = async (customerNo: string): Promise<number> => {
  const { body } = await users.director.get(`/customers?q=${customerNo}`);
  return body.items[0].customerId;
};

describe('an erased customer', () => {
  const header = '客户编号,客户名称,简称,电话,下单日期\n';

  it('stays in no import: not as it was before, not in rows that were refused, not in samples', async () => {
    const words = ['卡那利铺子', '卡那利小铺', '13900007777'];
    const [name = '', newName = '', phone = ''] = words;
    await importFile(server, users.director, 'customers', `${header}PA-1,${name},,${phone},\n`);
    await importFile(server, users.director, 'customers', `${header}PA-1,${newName},,,\n`);
    const refused = (
      await importFile(
        server,
        users.director,
        'contacts',
        `客户编号,联系人,电话\nNOBODY,${name},${phone}\nPA-1,${name},12\n`,
      )
    ).counts;
    expect(refused?.rejected).toBe(2);
    expect(await leftOf(words)).toContain(`import_row_error: ${phone}`);
    expect(await leftOf(words)).toContain(`import_change: ${name}`);
    const customerId = await idOf('PA-1');
    expect((await users.director.post(`/customers/${customerId}/erase`, reason)).status).toBe(200);
    expect(await leftOf(words)).toEqual([]);
  });

  it('does not come back with a file, by hand or with many at once; orders go on', async () => {
    await importFile(server, users.director, 'customers', `${header}PB-1,卡那利乙,,13900006666,\n`);
    const customerId = await idOf('PB-1');
    await users.director.post(`/customers/${customerId}/erase`, reason);
    const again = `${header}PB-1,卡那利乙,,13900006666,\nPB-2,别人,,,\n`;
    const batch = await importFile(server, users.director, 'customers', again);
    expect(batch.counts).toMatchObject({ accepted: 1, rejected: 1, reasons: { 'imports.person_erased': 1 } });
    const contact = await importFile(
      server,
      users.director,
      'contacts',
      '客户编号,联系人\nPB-1,卡那利乙\nPB-2,别人\n',
    );
    expect(contact.counts).toMatchObject({ accepted: 1, reasons: { 'imports.person_erased': 1 } });
    const address = await importFile(server, users.director, 'addresses', '客户编号,地址\nPB-1,卡那利路\n');
    expect(address.counts).toMatchObject({ accepted: 0, reasons: { 'imports.person_erased': 1 } });
    const orders = '订单号,客户编号,客户名称,下单日期,金额\nPO-1,PB-1,卡那利乙,2026-01-05,100\n';
    expect((await importFile(server, users.director, 'orders', orders)).counts).toMatchObject({
      accepted: 1,
    });
    const { body: page } = await users.director.get(`/customers/${customerId}`);
    expect(page.name).toBe(`#${customerId}`);
    const byHand = await users.director.patch(`/customers/${customerId}`, {
      rowVersion: page.rowVersion,
      name: '卡那利乙',
    });
    expect([byHand.status, byHand.body.code]).toEqual([422, 'persons.erased']);
    const person = await users.director.post(`/customers/${customerId}/contacts`, { name: '卡那利乙' });
    expect([person.status, person.body.code]).toEqual([422, 'persons.erased']);
    const many = await users.director.post('/customers/bulk-edits', {
      customers: { customerIds: [customerId, await idOf('PB-2')] },
      change: { addTags: ['卡那利乙的店'] },
    });
    expect(many.body).toMatchObject({ customers: 1, skipped: 1 });
    expect((await users.director.get(`/customers/${customerId}`)).body.tags).toEqual([]);
  });

  it('is merged with nobody, in neither direction, and stays erased', async () => {
    await importFile(
      server,
      users.director,
      'customers',
      `${header}PM-1,米哈伊铺子,,,\nPM-2,另一家铺子,,,\n`,
    );
    const [erased, other] = [await idOf('PM-1'), await idOf('PM-2')];
    expect((await users.director.post(`/customers/${erased}/erase`, reason)).status).toBe(200);
    for (const [remaining, merged] of [
      [erased, other],
      [other, erased],
    ]) {
      const preview = await users.director.get(`/customers/${remaining}/merge?mergedId=${merged}`);
      expect([preview.status, preview.body.code]).toEqual([422, 'merges.erased']);
      expect(preview.body.detail).toContain('PM-1');
      const input = { mergedId: merged, rowVersion: 1, mergedRowVersion: 1 };
      const done = await users.director.post(`/customers/${remaining}/merge`, input);
      expect([done.status, done.body.code]).toEqual([422, 'merges.erased']);
      expect((await users.director.get(`/customers/${other}`)).body.name).toBe('另一家铺子');
    }
  });

  it('does not come back under a number that was erased because it said who it was', async () => {
    const phone = '13900005555';
    await importFile(server, users.director, 'customers', `${header}P${phone},卡那利丙,,${phone},\n`);
    await users.director.post(`/customers/${await idOf(`P${phone}`)}/erase`, reason);
    const again = await importFile(
      server,
      users.director,
      'customers',
      `${header}P${phone},卡那利丙,,${phone},\n`,
    );
    expect(again.counts).toMatchObject({ accepted: 0, reasons: { 'imports.person_erased': 1 } });
    const orders = `订单号,客户编号,客户名称,下单日期,金额\nPO-3,P${phone},卡那利丙,2026-01-05,100\n`;
    expect((await importFile(server, users.director, 'orders', orders)).counts).toMatchObject({
      accepted: 0,
    });
  });
});

describe('the files of an erased contact', () => {
  it('go where an import brought them, and are named where somebody attached them', async () => {
    const { customerId, customerNo } = await made(users.director, { customerNo: 'PF-1' });
    const { importBatchId } = await importFile(
      server,
      users.director,
      'contacts',
      `客户编号,联系人,电话\n${customerNo},卡那利己,13900003333\n`,
    );
    expect((await users.director.get(`/imports/${importBatchId}/preview`)).status).toBe(200);
    const { body } = await users.director.get(`/customers/${customerId}/contacts`);
    const { contactId } = body.items[0];
    const talk = (contactIds: number[]) =>
      users.director.post(`/customers/${customerId}/interactions`, {
        kind: 'meeting',
        summary: '见面',
        contactIds,
      });
    for (const [ids, name] of [
      [[contactId], '名片.txt'],
      [[], '报价.txt'],
    ] as const) {
      const { interactionId } = (await talk([...ids])).body;
      const url = `/interactions/${interactionId}/files`;
      const { status } = await users.director.request({ method: 'POST', url, ...asUpload(name, '卡那利己') });
      expect(status).toBe(201);
    }
    const copy = await users.director.post(`/contacts/${contactId}/personal-data`);
    expect(copy.body.files).toMatchObject([{ fileName: '名片.txt', subject: 'interaction' }]);
    const done = await users.director.post(`/contacts/${contactId}/erase`, reason);
    expect(done.body.files).toMatchObject([{ fileName: '名片.txt', attachmentId: expect.any(Number) }]);
    await server.runJobs();
    const gone = await users.director.get(`/imports/${importBatchId}/preview`);
    expect([gone.status, gone.body.code]).toEqual([422, 'imports.file_erased']);
    expect((await users.director.get(`/files/${done.body.files[0].attachmentId}`)).status).toBe(200);
  });
});

describe('an erased contact', () => {
  it('does not come back with the file that brought it, nor at another customer with the same phone', async () => {
    const { customerId, customerNo } = await made(users.director, { customerNo: 'PC-1' });
    await made(users.director, { customerNo: 'PC-2' });
    const file = `客户编号,联系人,电话\n${customerNo},卡那利丁,13900004444\n`;
    await importFile(server, users.director, 'contacts', file);
    const { body } = await users.director.get(`/customers/${customerId}/contacts`);
    const [contact] = body.items;
    await users.director.post(`/contacts/${contact.contactId}/erase`, reason);
    const again = await importFile(
      server,
      users.director,
      'contacts',
      `${file}PC-2,卡那利丁,139 0000 4444\nPC-2,卡那利戊,13900004444\n`,
    );
    expect(again.counts).toMatchObject({ accepted: 1, rejected: 2, reasons: { 'imports.person_erased': 2 } });
    // Whoever has the same name at another customer, and is reached otherwise, is somebody else.
    const other = await importFile(
      server,
      users.director,
      'contacts',
      '客户编号,联系人,电话\nPC-2,卡那利丁,13711112222\n',
    );
    expect(other.counts).toMatchObject({ accepted: 1, rejected: 0 });
  });
});
