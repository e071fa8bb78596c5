import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sniffFile } from './sniff-file.js';
import type { SniffedFile, SniffOverrides } from './sniffed-file.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi-sniff-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function sniff(content: string | Buffer, overrides: SniffOverrides = {}): Promise<SniffedFile> {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  return sniffFile(path, overrides);
}

const refused: readonly [string, string | Buffer, string][] = [
  ['empty', '', 'empty_file'],
  ['only a BOM', '\uFEFF', 'empty_file'],
  ['only a UTF-16 BOM', Buffer.from([0xff, 0xfe]), 'empty_file'],
  ['only blank lines', '\n\n  \r\n', 'empty_file'],
  ['empty gzip', gzipSync(''), 'empty_file'],
  ['header only', '客户编号,下单时间,金额\n', 'header_only'],
  ['header only behind a BOM', '\uFEFF客户编号,下单时间,金额', 'header_only'],
  ['one word', 'hello', 'header_only'],
  [
    'random bytes',
    Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256)),
    'binary_file',
  ],
  ['zero bytes', Buffer.alloc(5000), 'binary_file'],
  ['PDF', '%PDF-1.7\n...', 'unsupported_format'],
  ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'unsupported_format'],
  ['RAR', 'Rar!\u001a\u0007', 'unsupported_format'],
  [
    'old XLS',
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(512)]),
    'unsupported_format',
  ],
  [
    'encrypted workbook',
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      Buffer.alloc(512),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]),
    'workbook_encrypted',
  ],
  ['web page named xls', '<html><body><table><tr><td>1</td></tr></table>', 'html_file'],
  ['XML workbook', '\uFEFF<?xml version="1.0"?><Workbook></Workbook>', 'html_file'],
  ['zip that is cut off', Buffer.from('PK\u0003\u0004xxxxxxxxxxxxxxxxxxxx'), 'workbook_broken'],
  ['gzip that is none', Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6]), 'gzip_broken'],
  ['20,000 columns', `${'a,'.repeat(20_000)}b\n1\n`, 'too_many_columns'],
  ['one cell of 3 MB', 'x'.repeat(3 << 20), 'cell_too_large'],
  ['one line of 3 MB', 'x,'.repeat(3 << 19), 'line_too_large'],
];

const delimiters: readonly [string, string, SniffedFile['delimiter'], number][] = [
  ['comma', 'a,b,c\n1,2,3\n', ',', 3],
  ['tab', 'a\tb\tc\n1\t2,5\t3\n', '\t', 3],
  ['semicolon', 'a;b;c\n1;2;3\n', ';', 3],
  ['semicolon with decimal comma', '1,5;2,25\n2,5;3,75\n', ';', 2],
  ['bar', 'a|b|c\n1|2|3\n', '|', 3],
  ['blanks', ' 1 19970101  2   3.5\n 2 19970102  4   5.5\n', 'blanks', 4],
  ['quoted commas in semicolons', 'a;b\n"1,2,3";4\n"1,2,3";4\n', ';', 2],
  ['one column', 'name\nfoo\nbar\n', ',', 1],
  ['commas in one of tabs', 'a\tb\n"x, y"\tz\n"x, y"\tz\n', '\t', 2],
  ['mostly right rows', 'a,b,c\n1,2,3\n1,2\n1,2,3\n1,2,3\n', ',', 3],
];

const headers: readonly [string, string, boolean][] = [
  ['known English names', 'InvoiceNo,CustomerID\n1,2\n', true],
  ['known Chinese names', '客户编号,金额\nC1,5\n', true],
  ['unknown words over numbers', 'foo,bar\n1,2\n', true],
  ['numbers', '1,2\n3,4\n', false],
  ['days and numbers', 'C1,2024-01-02,5.5\nC2,2024-01-03,6.5\n', false],
  ['one row of numbers', '1,2024-01-02,5.5\n', false],
  ['repeated words', 'a,b\na,c\n', false],
  ['years as names beside known ones', '客户编号,客户名称,2023,2024\nC1,甲,5,6\n', true],
];

describe('sniffFile', () => {
  it.each(refused)('refuses: %s', async (_, content, reason) => {
    await expect(sniff(content)).rejects.toMatchObject({ code: `tabular.${reason}` });
  });

  it('refuses a missing file and a folder', async () => {
    await expect(sniffFile(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'tabular.file_missing' });
    await expect(sniffFile(folder)).rejects.toMatchObject({ code: 'tabular.file_missing' });
  });

  it('standard input and pipes are told apart from files that are missing: they are read only once', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    // Without somebody who writes, opening it would wait.
    const writer = openSync(pipe, 'r+');
    try {
      await expect(sniffFile(pipe)).rejects.toMatchObject({ code: 'tabular.pipe', params: { path: pipe } });
    } finally {
      closeSync(writer);
    }
    await expect(sniffFile('-')).rejects.toMatchObject({ code: 'tabular.pipe' });
  });

  it.each(delimiters)('finds the delimiter: %s', async (_, content, delimiter, width) => {
    const found = await sniff(content);
    expect(found.delimiter).toBe(delimiter);
    expect(found.columns.length).toBe(width);
  });

  it.each(headers)('finds the header: %s', async (_, content, header) => {
    expect((await sniff(content)).header).toBe(header);
  });

  it('takes the word of the reader', async () => {
    const found = await sniff('a;b,c\n1;2,3\n', {
      delimiter: ';',
      header: false,
      encoding: 'gb18030',
      kind: 'products',
    });
    expect(found).toMatchObject({ delimiter: ';', header: false, encoding: 'gb18030' });
    expect(found.columns.map((column) => column.name)).toEqual(['column_1', 'column_2']);
  });

  it('skips titles in front of the table and says so', async () => {
    const found = await sniff(
      '销售订单明细,,,\n导出时间：2024-01-02,,,\n\n订单编号,客户编号,下单时间,金额\nA1,C1,2024-01-02,5\nA2,C2,2024-01-03,6\n',
    );
    expect(found).toMatchObject({ header: true, headerLine: 4, frontLine: 4, engineReadable: false });
    expect(found.warnings).toEqual([{ code: 'tabular.titles_skipped', params: { rows: 2 } }]);
    expect(found.sampleRows[0]).toEqual(['A1', 'C1', '2024-01-02', '5']);
  });

  it('gives every column a name of its own', async () => {
    const found = await sniff('客户,,客户,客户_2\n甲,1,乙,2\n');
    expect(found.columns.map((column) => column.name)).toEqual(['客户', 'column_2', '客户_2', '客户_2_2']);
    expect(found.warnings.map((warning) => warning.code)).toEqual([
      'tabular.header_repeated',
      'tabular.header_repeated',
    ]);
  });

  it('reads no more of a large file than its front', async () => {
    const found = await sniff(`id,amount\n${'1,2.50\n'.repeat(1_000_000)}`);
    expect(found).toMatchObject({ sizeBytes: 7_000_010, engineReadable: true });
    expect(found.sampleRows.length).toBeLessThanOrEqual(200);
  });

  it('looks into packed files', async () => {
    expect(await sniff(gzipSync('客户编号\t金额\nC1\t5\n'))).toMatchObject({
      compression: 'gzip',
      delimiter: '\t',
    });
  });

  it('knows Parquet by its mark', async () => {
    expect(await sniff('PAR1....PAR1')).toMatchObject({
      format: 'parquet',
      engineReadable: true,
      columns: [],
    });
  });
});

const data = process.env['KEZI_TEST_DATA'] ?? join(process.cwd(), '../shared/data');
const field = (file: SniffedFile) =>
  Object.fromEntries(file.columns.map((one) => [one.guess?.field ?? one.name, one.name]));

describe.skipIf(!existsSync(data))('sniffFile on real files', () => {
  it('CDNOW master: blanks, header, no name for quantity but its own', async () => {
    const found = await sniffFile(join(data, 'cdnow/CDNOW_master.txt'));
    expect(found).toMatchObject({ delimiter: 'blanks', header: true, newline: '\r\n' });
    expect(field(found)).toEqual({
      customerId: 'customer_id',
      orderDate: 'date',
      quantity: 'number_of_cds',
      amount: 'dollar_value',
    });
  });

  it('CDNOW sample: no header, day and amount by content', async () => {
    const found = await sniffFile(join(data, 'cdnow/CDNOW_sample.txt'));
    expect(found).toMatchObject({ delimiter: 'blanks', header: false });
    expect(field(found)).toMatchObject({ customerId: 'column_1', orderDate: 'column_3', amount: 'column_5' });
  });

  it('Online Retail: every column', async () => {
    const found = await sniffFile(join(data, 'online_retail/online_retail_I.csv.gz'));
    expect(found).toMatchObject({ compression: 'gzip', delimiter: ',', header: true });
    expect(field(found)).toEqual({
      orderId: 'InvoiceNo',
      productId: 'StockCode',
      productName: 'Description',
      quantity: 'Quantity',
      orderDate: 'InvoiceDate',
      unitPrice: 'UnitPrice',
      customerId: 'CustomerID',
      region: 'Country',
    });
  });
});
