import { sql } from 'kysely';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importFile, upload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { administrator } = server.users;
const header = '订单号,客户编号,订单日期,金额\n';

/** Rows that are right, so that columns are guessed from more than the bad ones. */
const good = Array.from({ length: 20 }, (_, i) => `G${i},C${i},2026-01-${i + 10},${i + 1}.50\n`).join('');

async function reasonsOf(rows: string | Buffer): Promise<Record<string, number> | undefined> {
  const batch = await importFile(
    server,
    administrator,
    'orders',
    Buffer.concat([Buffer.from(header + good), Buffer.from(rows)]),
  );
  expect(batch.counts).toMatchObject({ accepted: 20 });
  expect((batch.counts?.accepted ?? 0) + (batch.counts?.rejected ?? 0)).toBe(batch.counts?.read);
  return batch.counts?.reasons;
}

describe('bad rows never stop good ones', () => {
  it.each([
    ['31 February', 'A,C,2026-02-31,1\n', { 'tabular.date_impossible': 1 }],
    ['no customer', 'A,,2026-02-01,1\n', { 'imports.value_missing': 1 }],
    ['no amount', 'A,C,2026-02-01,\n', { 'imports.value_missing': 1 }],
    ['absurd amounts', 'A,C,2026-02-01,999999999999999\n', { 'imports.number_absurd': 1 }],
    [
      'not a number',
      'A,C,2026-02-01,1e309\nB,C,2026-02-01,NaN\n',
      { 'tabular.number_scientific': 1, 'tabular.number_not_finite': 1 },
    ],
    ['too few cells', 'A,C\n', { 'tabular.ragged_row': 1 }],
  ])('%s', async (_, rows, reasons) => {
    expect(await reasonsOf(rows)).toEqual(reasons);
  });

  it.each([
    ['two customers in an order', Buffer.from('A,C,2026-02-01,1\nA,D,2026-02-01,1\n'), 21],
    ['broken encoding in the middle', Buffer.from([0x41, 0x2c, 0xff, 0xfe, 0x2c, 0x0a]), 20],
  ])('%s', async (_, rows, accepted) => {
    const file = Buffer.concat([Buffer.from(header + good), rows]);
    const batch = await importFile(server, administrator, 'orders', file);
    expect(batch.counts).toMatchObject({ read: accepted + 1, accepted, rejected: 1 });
  });

  it('reads thousands separators, full-width digits, brackets and returns', async () => {
    const rows =
      'W1,CW,2026-02-01,"1,234.50"\nW2,CW,2026-02-01,１２３．５０\nW3,CW,2026-02-01,（500）\nW4,CW,2026-02-01,-7\n';
    const batch = await importFile(server, administrator, 'orders', header + rows + good, {
      mapping: { numberStyle: '1,234.56' },
    });
    expect(batch.counts).toMatchObject({ rejected: 0, returns: 2 });
    const found = await server.asSystem((db) =>
      db
        .selectFrom('customer_order')
        .select('amount_minor')
        .where('order_no', 'like', 'W_')
        .orderBy('order_no')
        .execute(),
    );
    expect(found.map((row) => row.amount_minor)).toEqual([123_450, 12_350, -50_000, -700]);
  });

  it('gives rejected rows back as a workbook that is mended and imported again, formulas inert', async () => {
    const rows = `=cmd|'/c calc'!A1,CF,2026-02-31,1\n`;
    const batch = await importFile(server, administrator, 'orders', header + good + rows);
    const { raw, status, headers } = await administrator.get(`/imports/${batch.importBatchId}/errors.xlsx`);
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain('.xlsx');
    const workbook = raw.rawPayload;
    const again = await upload(administrator, 'orders', workbook, { name: 'errors.xlsx' });
    expect(again.body).toMatchObject({ reading: { format: 'xlsx' } });
    const preview = await administrator.get(`/imports/${again.body.importBatchId}/preview`);
    const texts = preview.body.rows[0].cells.map((cell: { text: string }) => cell.text);
    expect(texts).toContain(`=cmd|'/c calc'!A1`);
    expect(preview.body.rows[0].cells.map((cell: { code: string | null }) => cell.code)).toContain(
      'tabular.date_impossible',
    );
  });
});

describe('what only the user can know', () => {
  it('is asked: 01/02/2024 is a question, never a guess', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => `Q${i},CQ,0${i + 1}/02/2024,10\n`).join('');
    const uploaded = (await upload(administrator, 'orders', header + rows)).body;
    expect(uploaded.questions).toMatchObject([{ field: 'orderDate', code: 'imports.question_date' }]);
    expect(uploaded.questions[0]?.choices.map((choice) => choice.value)).toEqual(
      expect.arrayContaining(['dmy', 'mdy']),
    );
    const refused = await administrator.post(`/imports/${uploaded.importBatchId}/start`);
    expect([refused.status, refused.body.code]).toEqual([422, 'imports.questions_open']);
    const answered = await administrator.patch(`/imports/${uploaded.importBatchId}`, {
      mapping: { dateFormat: 'dmy' },
    });
    expect(answered.body.questions).toEqual([]);
    await administrator.post(`/imports/${uploaded.importBatchId}/start`);
    await server.runJobs();
    const days = await server.asSystem((db) =>
      db
        .selectFrom('customer_order')
        .select('ordered_on')
        .where('order_no', 'like', 'Q%')
        .orderBy('order_no')
        .execute(),
    );
    expect(days.map((row) => row.ordered_on)).toEqual([
      '2024-02-01',
      '2024-02-02',
      '2024-02-03',
      '2024-02-04',
      '2024-02-05',
    ]);
  });

  it('mixed formats that cannot be taken for each other are all read', async () => {
    const rows = 'M1,CM,2026-01-05,1\nM2,CM,2026年1月6日,1\nM3,CM,2026/1/7,1\nM4,CM,2026-01-08,1\n';
    const batch = await importFile(server, administrator, 'orders', header + rows);
    expect(batch.counts).toMatchObject({ accepted: 4, rejected: 0 });
  });

  it('a date that may be read two ways among many that may not: asks about that one, and still reads the others', async () => {
    const rows = 'N1,CN,01/09/2026,1\nN2,CN,2026/1/7,1\n';
    const uploaded = (await upload(administrator, 'orders', header + good + rows)).body;
    const [question] = uploaded.questions;
    expect(question).toMatchObject({ field: 'orderDate', params: { example: '01/09/2026' } });
    const dayFirst = question?.choices.find((choice) => choice.example.endsWith('2026-09-01'));
    await administrator.patch(`/imports/${uploaded.importBatchId}`, {
      mapping: { dateFormat: dayFirst?.value },
    });
    await administrator.post(`/imports/${uploaded.importBatchId}/start`);
    await server.runJobs();
    const batch = (await administrator.get(`/imports/${uploaded.importBatchId}`)).body;
    expect(batch.counts).toMatchObject({ accepted: 22, rejected: 0 });
  });

  it('wrong columns: says which fields are missing, and refuses a mapping of what is not there', async () => {
    const { body } = await upload(administrator, 'orders', '颜色,天气\n红,晴\n绿,雨\n');
    const refused = await administrator.post(`/imports/${body.importBatchId}/start`);
    expect([refused.status, refused.body.code]).toEqual([422, 'imports.fields_missing']);
    expect(refused.body.detail).toContain('客户');
    for (const [columns, code] of [
      [{ customerId: 9 }, 'imports.column_unknown'],
      [{ nonsense: 1 }, 'imports.field_unknown'],
      [{ customerId: 1, orderDate: 1 }, 'imports.column_used_twice'],
      [{ 'custom:颜色': 1 }, 'imports.field_unknown'],
    ] as const) {
      const answer = await administrator.patch(`/imports/${body.importBatchId}`, { mapping: { columns } });
      expect([answer.status, answer.body.code]).toEqual([422, code]);
    }
  });

  it('how the file is read may be overruled: GB18030, semicolons, no header', async () => {
    const gb = Buffer.from([0xbf, 0xcd, 0xbb, 0xa7]); // 客户
    const file = Buffer.concat([
      Buffer.from('A1;'),
      gb,
      Buffer.from(';2026-01-05;10\nA2;'),
      gb,
      Buffer.from(';2026-01-06;11\n'),
    ]);
    const { body } = await upload(administrator, 'orders', file);
    const patched = await administrator.patch(`/imports/${body.importBatchId}`, {
      reading: { encoding: 'gb18030', delimiter: ';', header: false },
      mapping: { columns: { orderId: 1, customerId: 2, orderDate: 3, amount: 4 } },
    });
    expect(patched.body.reading).toMatchObject({ encoding: 'gb18030', delimiter: ';', header: false });
    const preview = await administrator.get(`/imports/${body.importBatchId}/preview`);
    expect(preview.body.rows[0].cells.map((cell: { value: string }) => cell.value)).toEqual([
      'A1',
      '客户',
      '2026-01-05',
      '10',
    ]);
  });

  it('a delimiter that earlier versions took from a program is refused now, and told of where it stands', async () => {
    const { body } = await upload(administrator, 'orders', 'A1:C1:2026-01-05:10\nA2:C2:2026-01-06:11\n');
    const path = `/imports/${body.importBatchId}`;
    const refused = await administrator.patch(path, { reading: { delimiter: ':' } });
    expect([refused.status, refused.body.code]).toEqual([400, 'app.invalid_input']);
    await server.asSystem((db) =>
      sql`update import_batch set reading = jsonb_set(reading, '{reading,delimiter}', '":"')
        where import_batch_id = ${body.importBatchId}`.execute(db),
    );
    const told = await administrator.get(path);
    expect([told.status, told.body.reading?.delimiter]).toEqual([200, ':']);
    expect((await administrator.get('/imports')).status).toBe(200);
    const changed = await administrator.patch(path, { reading: { header: false } });
    expect(changed.body.columns).toHaveLength(4);
  });
});

describe('files that are too much', () => {
  it('a large field behind the part that is looked at first fails the import, and nothing of it stays', async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => `L${i},CL,2026-01-05,1\n`).join('');
    const { body } = await upload(
      administrator,
      'orders',
      gzipSync(`${header}${many}A,"${'x'.repeat(20e6)}",2026-01-05,1\n`),
    );
    await administrator.post(`/imports/${body.importBatchId}/start`);
    await server.runJobs();
    const batch = (await administrator.get(`/imports/${body.importBatchId}`)).body;
    expect(batch).toMatchObject({ status: 'failed', error: { code: 'tabular.cell_too_large' } });
    const left = await server.asSystem((db) =>
      db.selectFrom('customer').select('customer_id').where('customer_no', '=', 'CL').execute(),
    );
    expect(left).toEqual([]);
  });
});
