import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { importFile, upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator, member } = server.users;

const header = '订单号,客户编号,订单日期,金额\n';
let number = 0;
/** Numbers that no other test of this file uses. */
const fresh = () => {
  number += 1;
  return { order: `SO${number}`, customer: `CU${number}` };
};

const count = (table: string, where = 'true') =>
  server.asSystem(async (db) => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where ${sql.raw(where)}`.execute(db);
    return rows[0]?.n ?? -1;
  });

/** Every row of the tables that an import writes, without the times. */
const snapshot = () =>
  server.asSystem(async (db) => {
    const parts = await Promise.all(
      ['customer', 'product', 'customer_order', 'order_line', 'customer_token'].map(async (table) => {
        const { rows } = await sql<{ hash: string }>`
          select md5(coalesce(string_agg(row::text, '|' order by row::text), '')) as hash from (
            select to_jsonb(t) - 'updated_at' - 'created_at' - 'row_version' as row from ${sql.table(table)} t
          ) rows`.execute(db);
        return rows[0]?.hash;
      }),
    );
    return parts.join(' ');
  });

describe('an import', () => {
  it('takes orders in, makes their customers and products, and adds up', async () => {
    const file =
      '订单号,客户编号,客户名称,订单日期,产品编码,数量,单价,金额\nA1,C1,苏州星辰电子有限公司,2026-01-05,P1,2,10.50,21.00\nA1,C1,苏州星辰电子有限公司,2026-01-05,P2,1,5.00,5.00\nA2,C2,北京远山科技,2026-02-30,P1,1,10.50,10.50\nA3,C2,北京远山科技,2026-02-03,P1,-1,10.50,-10.50\n';
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.error).toBeNull();
    expect(batch.status).toBe('imported');
    expect(batch.counts).toEqual({
      read: 4,
      accepted: 3,
      rejected: 1,
      reasons: { 'tabular.date_impossible': 1 },
      returns: 1,
      records: {
        orders: { added: 2, changed: 0, unchanged: 0 },
        customers: { added: 2, changed: 0, unchanged: 0 },
        products: { added: 2, changed: 0, unchanged: 0 },
      },
    });
    const lines = await server.asSystem((db) =>
      db
        .selectFrom('order_line as l')
        .innerJoin('customer_order as o', 'o.order_id', 'l.order_id')
        .select(['o.order_no', 'l.line_no', 'l.quantity', 'l.amount_minor', 'o.amount_minor as order_amount'])
        .where('o.order_no', 'in', ['A1', 'A3'])
        .orderBy('o.order_no')
        .orderBy('l.line_no')
        .execute(),
    );
    expect(lines).toEqual([
      { order_no: 'A1', line_no: 1, quantity: '2.0000', amount_minor: 2100, order_amount: 2600 },
      { order_no: 'A1', line_no: 2, quantity: '1.0000', amount_minor: 500, order_amount: 2600 },
      { order_no: 'A3', line_no: 1, quantity: '-1.0000', amount_minor: -1050, order_amount: -1050 },
    ]);
    expect(await count('customer_token', `token = '星辰'`)).toBe(1);
    expect(await count('lake_dirty_customer')).toBe(2);
  });

  it('of the same file again adds nothing', async () => {
    const { order, customer } = fresh();
    const file = `${header}${order},${customer},2026-01-05,10\n${order},${customer},2026-01-05,20\n`;
    await importFile(server, administrator, 'orders', file);
    const before = await snapshot();
    const again = await importFile(server, administrator, 'orders', file);
    expect(again.counts?.records['orders']).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect(await snapshot()).toBe(before);
  });

  it('writes a changed order again, its lines and all, and leaves the others alone', async () => {
    const [a, b] = [fresh(), fresh()];
    const line = (one: typeof a, amount: string) => `${one.order},${one.customer},2026-01-05,${amount}\n`;
    await importFile(server, administrator, 'orders', header + line(a, '10') + line(a, '20') + line(b, '5'));
    const file = header + line(a, '10') + line(a, '25') + line(a, '1') + line(b, '5');
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.counts?.records['orders']).toEqual({ added: 0, changed: 1, unchanged: 1 });
    const rows = await server.asSystem((db) =>
      db.selectFrom('customer_order').selectAll().where('order_no', '=', a.order).execute(),
    );
    expect(rows).toMatchObject([{ amount_minor: 3600, line_count: 3, import_batch_id: batch.importBatchId }]);
    expect(await count('order_line', `order_id = ${rows[0]?.order_id}`)).toBe(3);
  });

  it('puts lines of one order together that stand far apart in the file', async () => {
    const { order, customer } = fresh();
    const others = Array.from({ length: 9000 }, (_, i) => `${order}-${i},${customer},2026-01-06,1\n`).join(
      '',
    );
    const line = (amount: number) => `${order},${customer},2026-01-05,${amount}\n`;
    const file = header + line(1) + others + line(2) + others.replaceAll(`${order}-`, `${order}_`) + line(4);
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.counts?.records['orders']?.added).toBe(18_001);
    const before = await snapshot();
    const rows = await server.asSystem((db) =>
      db.selectFrom('customer_order').selectAll().where('order_no', '=', order).execute(),
    );
    expect(rows).toMatchObject([{ amount_minor: 700, line_count: 3 }]);
    const again = await importFile(server, administrator, 'orders', file);
    expect(again.counts?.records['orders']).toEqual({ added: 0, changed: 0, unchanged: 18_001 });
    expect(await snapshot()).toBe(before);
  });

  it('takes what a customer bought on a day for one order where orders have no number', async () => {
    const { customer } = fresh();
    const file = `客户编号,订单日期,金额\n${customer},2026-01-05,10\n${customer},2026-01-05,5\n${customer},2026-01-06,1\n`;
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.counts?.records['orders']?.added).toBe(2);
  });

  it('turns amounts into the base currency at the rate of the day, and names what has no rate', async () => {
    await server.asSystem((db) =>
      db
        .insertInto('exchange_rate')
        .values({ currency: 'USD', valid_from: '2026-01-01', rate: '7.1' })
        .execute(),
    );
    const { order, customer } = fresh();
    const file = `订单号,客户编号,订单日期,金额,币种\n${order},${customer},2026-01-05,10.00,USD\n${order}x,${customer},2025-12-31,10.00,USD\n${order}y,${customer},2026-01-05,1,XAB\n`;
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.counts?.reasons).toEqual({ 'imports.rate_missing': 1, 'tabular.currency_unknown': 1 });
    const row = await server.asSystem((db) =>
      db.selectFrom('customer_order').selectAll().where('order_no', '=', order).executeTakeFirst(),
    );
    expect(row).toMatchObject({ currency: 'USD', amount_minor: 1000, base_amount_minor: 7100 });
  });
});

describe('customers of a file', () => {
  it('are upserted by number: what the file does not say stays', async () => {
    const { customer } = fresh();
    const first = `客户编号,客户名称,行业,地区,电话\n${customer},上海云帆贸易,贸易,上海,021-1\n`;
    await importFile(server, administrator, 'customers', first);
    const second = `客户编号,地区,行业\n${customer},浙江,\n`;
    const batch = await importFile(server, administrator, 'customers', second);
    expect(batch.counts?.records['customers']).toEqual({ added: 0, changed: 1, unchanged: 0 });
    const row = await server.asSystem((db) =>
      db.selectFrom('customer').selectAll().where('customer_no', '=', customer).executeTakeFirst(),
    );
    expect(row).toMatchObject({
      name: '上海云帆贸易',
      industry: '贸易',
      region: '浙江',
      custom: { phone: '021-1' },
    });
    const again = await importFile(server, administrator, 'customers', second);
    expect(again.counts?.records['customers']).toEqual({ added: 0, changed: 0, unchanged: 1 });
  });

  it('that differ by blanks and width are one, and the second of them in a file is named', async () => {
    const { customer } = fresh();
    const wide = customer.replace('CU', 'ＣＵ');
    const file = `客户编号,客户名称\n${customer},甲公司\n" ${wide} ",乙公司\n`;
    const batch = await importFile(server, administrator, 'customers', file);
    expect(batch.counts?.reasons).toEqual({ 'imports.repeated_in_file': 1 });
    const errors = await administrator.get(`/imports/${batch.importBatchId}/errors`);
    expect(errors.body.items).toMatchObject([
      {
        line: 3,
        column: '客户编号',
        code: 'imports.repeated_in_file',
        detail: expect.stringContaining('第 2 行'),
      },
    ]);
  });

  it('get their parent group wherever it stands in the file; circles are refused', async () => {
    const [a, b, c, d] = [fresh(), fresh(), fresh(), fresh()].map((one) => one.customer);
    const file = `客户编号,客户名称,上级客户编号\n${a},子公司,${b}\n${b},集团,\n${c},甲,${d}\n${d},乙,${c}\n`;
    const batch = await importFile(server, administrator, 'customers', file);
    expect(batch.counts).toMatchObject({ accepted: 2, rejected: 2, reasons: { 'imports.parent_cycle': 2 } });
    const { rows } = await server.asSystem((db) =>
      sql<{ no: string; parent: string | null }>`
        select c.customer_no as no, p.customer_no as parent
        from customer c left join customer p on p.customer_id = c.parent_customer_id
        where c.customer_no = any (${[a, b, c, d]}) order by c.customer_id`.execute(db),
    );
    expect(rows.map((row) => row.parent)).toEqual([b, null, null, null]);
  });

  it('go to the owner that the file names, with all their orders', async () => {
    const { order, customer } = fresh();
    await importFile(server, administrator, 'orders', `${header}${order},${customer},2026-01-05,10\n`);
    const { email } = await server.asSystem((db) =>
      db.selectFrom('app_user').select('email').where('id', '=', member.userId).executeTakeFirstOrThrow(),
    );
    const file = `客户编号,客户名称,负责人\n${customer},丙公司,${email}\n${customer}x,丁公司,没有这个人\n`;
    const batch = await importFile(server, administrator, 'customers', file);
    expect(batch.counts?.reasons).toEqual({ 'imports.owner_unknown': 1 });
    for (const table of ['customer', 'register_entry']) {
      const where = `customer_id = (select customer_id from customer where customer_no = '${customer}') and owner_id is distinct from ${member.userId}`;
      expect(await count(table, where)).toBe(0);
    }
  });
});

describe('a check', () => {
  it('counts exactly what the import then does, and writes nothing', async () => {
    const [a, b] = [fresh(), fresh()];
    await importFile(server, administrator, 'orders', `${header}${a.order},${a.customer},2026-01-05,10\n`);
    const file = `${header}${a.order},${a.customer},2026-01-05,11\n${b.order},${b.customer},2026-01-05,1\n${b.order}x,${b.customer},nonsense,1\n`;
    const { importBatchId } = (await upload(administrator, 'orders', file)).body;
    const before = await snapshot();
    await administrator.post(`/imports/${importBatchId}/check`);
    await server.runJobs();
    const checked = (await administrator.get(`/imports/${importBatchId}`)).body;
    expect(checked.status).toBe('checked');
    expect(checked.counts.records.orders).toEqual({ added: 1, changed: 1, unchanged: 0 });
    expect(await snapshot()).toBe(before);
    expect((await administrator.get(`/imports/${importBatchId}/errors`)).body.items).toHaveLength(1);
    await administrator.post(`/imports/${importBatchId}/start`);
    await server.runJobs();
    const imported = (await administrator.get(`/imports/${importBatchId}`)).body;
    expect(imported.counts).toEqual(checked.counts);
    expect((await administrator.get(`/imports/${importBatchId}/errors`)).body.items).toHaveLength(1);
  });
});

describe('an undo', () => {
  it('leaves everything as it was before', async () => {
    const [a, b] = [fresh(), fresh()];
    await importFile(server, administrator, 'orders', `${header}${a.order},${a.customer},2026-01-05,10\n`);
    const before = await snapshot();
    const file = `订单号,客户编号,订单日期,金额,产品编码\n${a.order},${b.customer},2026-01-09,77,NEW${b.order}\n${b.order},${b.customer},2026-01-05,1,\n`;
    const batch = await importFile(server, administrator, 'orders', file);
    expect(await snapshot()).not.toBe(before);
    await administrator.post(`/imports/${batch.importBatchId}/undo`, {});
    await server.runJobs();
    expect((await administrator.get(`/imports/${batch.importBatchId}`)).body).toMatchObject({
      status: 'undone',
    });
    expect(await snapshot()).toBe(before);
  });

  it('of customers gives them back their fields, owner and parent', async () => {
    const [a, b] = [fresh().customer, fresh().customer];
    await importFile(server, administrator, 'customers', `客户编号,客户名称\n${a},原名\n${b},集团\n`);
    const before = await snapshot();
    const batch = await importFile(
      server,
      administrator,
      'customers',
      `客户编号,客户名称,上级客户编号,负责人\n${a},新名,${b},member@north-1.test\n${a}n,新客户,${a},\n`,
    );
    expect(batch.counts?.rejected).toBeLessThan(2);
    await administrator.post(`/imports/${batch.importBatchId}/undo`, {});
    await server.runJobs();
    expect(await snapshot()).toBe(before);
  });

  it('is refused with the number of records touched since, or leaves those alone', async () => {
    const [a, b] = [fresh(), fresh()];
    const lines = `${a.order},${a.customer},2026-01-05,10\n${b.order},${b.customer},2026-01-05,10\n`;
    const first = await importFile(server, administrator, 'orders', header + lines);
    await importFile(server, administrator, 'orders', `${header}${a.order},${a.customer},2026-01-05,11\n`);
    await administrator.post(`/imports/${first.importBatchId}/undo`, {});
    await server.runJobs();
    const refused = (await administrator.get(`/imports/${first.importBatchId}`)).body;
    expect(refused).toMatchObject({
      status: 'imported',
      error: { code: 'imports.undo_conflict', params: { touched: 2, records: 4 } },
    });
    expect(await count('customer_order', `order_no = '${b.order}'`)).toBe(1);
    await administrator.post(`/imports/${first.importBatchId}/undo`, { keepTouched: true });
    await server.runJobs();
    expect(await count('customer_order', `order_no = '${b.order}'`)).toBe(0);
    expect(await count('customer_order', `order_no = '${a.order}' and amount_minor = 1100`)).toBe(1);
  });
});
