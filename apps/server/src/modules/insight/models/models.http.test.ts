import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { benchModels, type ModelTable } from '@kezi/contract';
import { openWorkbookWriter } from '@kezi/tabular';
import { describe, expect, it } from 'vitest';
import { asUpload } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { member, anonymous } = server.users;

/** Fader, Hardie & Lee (2005): CDNOW, weeks. */
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const few = [
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 1, recency: 1.71, age: 38.86 },
];

describe('the bench of models', () => {
  it('is for those who may see valuations', async () => {
    const { status, body } = await member.get('/models');
    expect([status, body.items.length]).toEqual([200, benchModels.length]);
    expect((await anonymous.get('/models')).status).toBe(401);
  });

  it('reads a workbook or a CSV file in any encoding into rows, and says what is wrong with one', async () => {
    const read = (name: string, content: string | Buffer) =>
      member.request<ModelTable & { code: string }>({
        method: 'POST',
        url: '/models/table',
        ...asUpload(name, content),
      });
    const to = new PassThrough();
    const written = buffer(to);
    const book = await openWorkbookWriter({ to });
    const sheet = book.addWorksheet('表');
    for (const row of [
      ['客户', 'frequency'],
      ['甲', 3],
    ])
      sheet.addRow(row).commit();
    sheet.commit();
    await book.commit();
    const workbook = await read('table.xlsx', await written);
    expect(workbook.body).toEqual({ columns: ['客户', 'frequency'], rows: [['甲', '3']] });
    // 客户,1 and a row of it in GB 18030.
    const gb = Buffer.from([0xbf, 0xcd, 0xbb, 0xa7, 0x2c, 0x61, 0x0a, 0xbc, 0xd7, 0x2c, 0x31, 0x0a]);
    expect((await read('gb.csv', gb)).body).toEqual({ columns: ['客户', 'a'], rows: [['甲', '1']] });
    const ragged = await read('ragged.csv', 'a,b\n1,2\n1,2,3\n');
    expect([ragged.status, ragged.body.code]).toEqual([422, 'models.row_unreadable']);
    const long = await read('long.csv', `a\n${'1\n'.repeat(10_050)}`);
    expect(long.body.rows.length).toBe(10_001);
    const large = await read('large.csv', Buffer.alloc(8 * 1024 * 1024 + 1, 'a'));
    expect(large.body.code).toBe('models.file_too_large');
    const none = await member.post('/models/table', {});
    expect(none.body.code).toBe('files.missing');
  });

  it.each([
    ['a list for a figure', { name: 'nbd', rows: [{ frequency: [1] }] }],
    ['a model that is none', { name: 'oracle', rows: few }],
    ['no rows', { name: 'nbd', rows: [] }],
    ['too many rows', { name: 'nbd', rows: Array.from({ length: 10_001 }, () => ({})) }],
  ])('refuses %s before any work is done', async (_, input) => {
    const { status, body } = await member.post('/models/fit', input);
    expect([status, body.code]).toEqual([400, 'app.invalid_input']);
  });

  it('names the row and the column of a text that should be a figure', async () => {
    const rows = [few[0], { ...few[1], frequency: 'x' }];
    const { status, body } = await member.post('/models/fit', { name: 'nbd', rows });
    expect([status, body.code]).toEqual([422, 'models.not_a_number']);
    expect(body.params).toMatchObject({ column: 'frequency' });
  });

  it('works on two at once, asks the others to come again, and says in the language of the reader what a row lacks', async () => {
    const model = { name: 'bg-nbd', parameters: published };
    const rows = [few[0], { frequency: 1, recency: 50, age: 38.86 }];
    const ask = () =>
      member.post('/models/evaluate', { model, rows, horizon: 39 }, { 'accept-language': 'en-US' });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 503]);
    const { items } = answers.find(({ status }) => status === 200)?.body ?? {};
    expect(items[0].expected_orders).toBeCloseTo(1.226, 2);
    expect(items[1]).toMatchObject({ line: 2, code: 'models.bad_history' });
    expect(items[1].error).toMatch(/^Line 2 /);
    const refused = await member.post('/models/fit', { name: 'bg-nbd', rows: [few[0], { frequency: 1 }] });
    expect([refused.status, refused.body.code, refused.body.params.line]).toEqual([
      422,
      'models.not_a_number',
      2,
    ]);
  });
});
