import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEngine, type Engine } from '@kezi/valuation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile, upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator } = server.users;
const folder = mkdtempSync(join(tmpdir(), 'kezi-parquet-'));
let engine: Engine;
let files = 0;

beforeAll(async () => {
  engine = await openEngine({ tempFolder: folder, memoryMb: 200, threads: 1, ordered: true });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

async function parquet(query: string): Promise<Buffer> {
  files += 1;
  const path = join(folder, `${files}.parquet`);
  await engine.run(`COPY (${query}) TO ${engine.dialect.text(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  return readFileSync(path);
}

/** Orders with a typed day and a decimal of three digits, which as text would be taken for thousands. */
const orders = (prefix: string, rows: number) => `
  SELECT '${prefix}' || i AS "订单号", '${prefix}C' || (i % 50) AS "客户编号", '客户' || (i % 50) AS "客户名称",
    TIMESTAMP '2026-01-05 08:30:00' + to_days((i % 28)::INTEGER) AS "订单日期", CAST(i + 0.5 AS DECIMAL(18,3)) AS "金额"
  FROM range(1, ${rows + 1}) t(i)`;

const storedOrders = (prefix: string) =>
  server.asSystem((db) =>
    db
      .selectFrom('customer_order')
      .select(['order_no', 'ordered_on', 'amount_minor'])
      .where('order_no', 'like', `${prefix}%`)
      .orderBy('amount_minor')
      .execute(),
  );

describe('a Parquet file', () => {
  it('is looked at, previewed, checked and imported like any other, and adds nothing the second time', async () => {
    const file = await parquet(orders('PQ', 5000));
    const { body, status } = await upload(administrator, 'orders', file, { name: 'orders.parquet' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      reading: { format: 'parquet', compression: 'none', encoding: null, delimiter: null, header: true },
      questions: [],
      mapping: {
        columns: { orderId: 1, customerId: 2, customerName: 3, orderDate: 4, amount: 5 },
        dateFormat: 'iso',
        numberStyle: '1,234.56',
      },
    });
    const preview = await administrator.get(`/imports/${body.importBatchId}/preview`);
    expect(preview.body.rows).toHaveLength(50);
    expect(preview.body.rows[1]).toEqual({
      line: 2,
      cells: ['PQ2', 'PQC2', '客户2', '2026-01-07T08:30:00', '2.500'].map((text, index) => ({
        text,
        value: ['PQ2', 'PQC2', '客户2', '2026-01-07', '2.5'][index],
        code: null,
        detail: null,
      })),
    });
    await administrator.post(`/imports/${body.importBatchId}/check`);
    await server.runJobs();
    const checked = (await administrator.get(`/imports/${body.importBatchId}`)).body;
    expect(checked.counts).toMatchObject({ read: 5000, accepted: 5000, rejected: 0 });
    expect(await storedOrders('PQ')).toEqual([]);
    await administrator.post(`/imports/${body.importBatchId}/start`);
    await server.runJobs();
    const imported = (await administrator.get(`/imports/${body.importBatchId}`)).body;
    expect(imported).toMatchObject({ status: 'imported', counts: checked.counts });
    const stored = await storedOrders('PQ');
    expect(stored).toHaveLength(5000);
    expect(stored[1]).toEqual({ order_no: 'PQ2', ordered_on: '2026-01-07', amount_minor: 250 });
    const again = await importFile(server, administrator, 'orders', file);
    expect(again.counts?.records['orders']).toEqual({ added: 0, changed: 0, unchanged: 5000 });
    expect(await storedOrders('PQ')).toEqual(stored);
  });

  it('keeps bad rows with the number of the row, and gives them back as a workbook that can be mended', async () => {
    const file = await parquet(
      `SELECT * FROM (VALUES ('PB1', 'PBC', '2026-01-05', '1.5'), ('PB2', 'PBC', '2026-02-31', '1.5'), ('PB3', NULL, '2026-01-05', '1.5'))
       t("订单号", "客户编号", "订单日期", "金额")`,
    );
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.counts).toMatchObject({ read: 3, accepted: 1, rejected: 2 });
    const errors = await administrator.get(`/imports/${batch.importBatchId}/errors`);
    expect(errors.body.items).toMatchObject([
      {
        line: 2,
        column: '订单日期',
        code: 'tabular.date_impossible',
        cells: ['PB2', 'PBC', '2026-02-31', '1.5'],
      },
      { line: 3, column: '客户编号', code: 'imports.value_missing', cells: ['PB3', '', '2026-01-05', '1.5'] },
    ]);
    const workbook = await administrator.get(`/imports/${batch.importBatchId}/errors.xlsx`);
    const mended = await upload(administrator, 'orders', workbook.raw.rawPayload, { name: 'errors.xlsx' });
    expect(mended.body).toMatchObject({ reading: { format: 'xlsx' }, mapping: batch.mapping });
  });

  it('is undone as a whole', async () => {
    const batch = await importFile(server, administrator, 'orders', await parquet(orders('PU', 100)));
    expect(await storedOrders('PU')).toHaveLength(100);
    await administrator.post(`/imports/${batch.importBatchId}/undo`, {});
    await server.runJobs();
    expect(await storedOrders('PU')).toEqual([]);
  });

  it('holds numbers that are never read in another way, even when asked for', async () => {
    const { body } = await upload(administrator, 'orders', await parquet(orders('PN', 30)));
    const patched = await administrator.patch(`/imports/${body.importBatchId}`, {
      mapping: { numberStyle: '1.234,56' },
    });
    expect(patched.body.mapping.numberStyle).toBe('1,234.56');
    const texts = await upload(
      administrator,
      'orders',
      await parquet(orders('PN', 30).replace('CAST(i + 0.5 AS DECIMAL(18,3))', "'1.' || (100 + i)")),
    );
    expect(texts.body.questions).toMatchObject([{ field: 'amount', code: 'imports.question_number' }]);
  });

  it.each([
    ['nested', `SELECT 'A' AS "客户编号", [1, 2] AS "标签"`, 'tabular.parquet_nested', '标签'],
    ['without rows', `SELECT 'A' AS "客户编号" WHERE false`, 'tabular.header_only', '表头'],
  ])('%s is refused in words', async (_, query, code, word) => {
    const { status, body } = await upload(administrator, 'orders', await parquet(query));
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toContain(word);
  });

  it('damaged is refused in words, at the upload or in the middle of the import, and nothing of it stays', async () => {
    const whole = await parquet(`SELECT *, md5("订单号") AS "备注" FROM (${orders('PD', 20_000)})`);
    const cut = await upload(administrator, 'orders', whole.subarray(0, whole.length - 50));
    expect([cut.status, cut.body.code]).toEqual([422, 'tabular.parquet_broken']);
    expect(cut.body.detail).toContain('Parquet 文件已损坏');
    const hollow = Buffer.from(whole);
    hollow.fill(0xff, Math.floor(whole.length * 0.7), Math.floor(whole.length * 0.8));
    const { body, status } = await upload(administrator, 'orders', hollow);
    expect(status).toBe(201);
    await administrator.post(`/imports/${body.importBatchId}/start`);
    await server.runJobs();
    const batch = (await administrator.get(`/imports/${body.importBatchId}`)).body;
    expect(batch).toMatchObject({ status: 'failed', error: { code: 'tabular.parquet_broken' } });
    expect(await storedOrders('PD')).toEqual([]);
  });
});
