import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRows } from '../read-rows.js';
import { sniffFile } from '../sniff/sniff-file.js';
import type { SniffedFile, SniffOverrides } from '../sniff/sniffed-file.js';
import type { BadRow, Row } from '../tabular-row.js';
import { numberText, styleOf } from './cell-style.js';
import { refuseManyCells } from './count-cells.js';
import { openWorkbook } from './open-workbook.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi-xlsx-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface ZipPart {
  name: string;
  content: string | Buffer;
  /** What the directory claims, where it lies. */
  claimed?: number;
  flags?: number;
}

/** A zip file by hand, so that it can be wrong in every way. */
function zip(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed, flags = 0 } of parts) {
    const raw = Buffer.from(content);
    const packed = deflateRawSync(raw, { level: 1 });
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed ?? raw.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, title, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, entry, title]),
    );
    bodies.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, list, end]);
}

const BOOK = '<workbook><sheets><sheet name="订单" sheetId="1" r:id="rId1"/></sheets></workbook>';
const RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>';
const sheet = (rows: string) => `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`;
const book = (rows: string, extra: readonly ZipPart[] = [], workbook = BOOK): ZipPart[] => [
  { name: 'xl/workbook.xml', content: workbook },
  { name: 'xl/_rels/workbook.xml.rels', content: RELATIONS },
  { name: 'xl/worksheets/sheet1.xml', content: sheet(rows) },
  ...extra,
];
const text = (cell: string, value: string) => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`;
const HEADER = `<row r="1">${text('A1', '客户编号')}${text('B1', '日期')}${text('C1', '金额')}</row>`;
const STYLES: ZipPart = {
  name: 'xl/styles.xml',
  content: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="20"/></cellXfs></styleSheet>`,
};

async function read(
  content: Buffer,
  overrides: SniffOverrides = {},
): Promise<{ sniffed: SniffedFile; rows: Row[]; bad: BadRow[] }> {
  const path = join(folder, 'book.xlsx');
  writeFileSync(path, content);
  const sniffed = await sniffFile(path, overrides);
  const rows: Row[] = [];
  const bad: BadRow[] = [];
  for await (const batch of readRows(path, sniffed)) {
    rows.push(...batch.rows);
    bad.push(...batch.bad);
  }
  return { sniffed, rows, bad };
}

describe('workbooks', () => {
  it('reads texts, numbers, days, booleans, formulas and errors as a sheet shows them', async () => {
    const shared: ZipPart = {
      name: 'xl/sharedStrings.xml',
      content:
        '<sst><si><t>共享</t></si><si><r><t>两</t></r><r><t xml:space="preserve"> 段</t></r><rPh><t>x</t></rPh></si></sst>',
    };
    const rows = `${HEADER}
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>45293</v></c><c r="C2"><v>0.30000000000000004</v></c></row>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="2"><v>45293.75</v></c><c r="C3"><v>1.5E+3</v></c></row>
      <row r="5"><c r="A5" t="b"><v>1</v></c><c r="B5" s="3"><v>45293</v></c><c r="C5"><f>1+1</f><v>2</v></c></row>
      <row r="6"><c r="A6" t="str"><f>A1</f><v>公式_x000D_</v></c><c r="C6" t="e"><v>#N/A</v></c></row>
      <row r="7"><c r="A7"><v>123456789012345678</v></c><c r="B7" s="4"><v>0.5</v></c><c r="C7"><v>-1234567.89</v></c></row>`;
    const { sniffed, rows: found, bad } = await read(zip(book(rows, [STYLES, shared])));
    expect(sniffed).toMatchObject({ format: 'xlsx', sheet: '订单', header: true, sheets: ['订单'] });
    expect(sniffed.columns.map((column) => column.guess?.field)).toEqual([
      'customerId',
      'orderDate',
      'amount',
    ]);
    expect(bad).toEqual([]);
    expect(found).toEqual([
      { line: 2, cells: ['共享', '2024-01-02', '0.3'] },
      { line: 3, cells: ['两 段', '2024-01-02 18:00:00', '1500'] },
      { line: 5, cells: ['TRUE', '2024-01-02', '2'] },
      { line: 6, cells: ['公式\r', '', '#N/A'] },
      { line: 7, cells: ['123456789012345678', '12:00:00', '-1234567.89'] },
    ]);
  });

  it('counts days from 1904 where the workbook says so', async () => {
    const workbook = BOOK.replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
    const rows = `${HEADER}<row r="2">${text('A2', 'C1')}<c r="B2" s="1"><v>43831</v></c><c r="C2"><v>5</v></c></row>`;
    expect((await read(zip(book(rows, [STYLES], workbook)))).rows[0]?.cells).toEqual([
      'C1',
      '2024-01-02',
      '5',
    ]);
  });

  it('reads what exceljs writes, to the value', async () => {
    const made = new exceljs.Workbook();
    made.addWorksheet('空');
    const orders = made.addWorksheet('订单');
    orders.addRow(['订单号', '客户名称', '下单时间', '金额']);
    const amounts = [0.1, 1234.56, -5, 1e15, 0.000001, 99999999.99, 1 / 3];
    for (const [index, amount] of amounts.entries()) {
      const row = orders.addRow([
        `SO${index}`,
        '深圳 & <公司>"',
        new Date(Date.UTC(2024, 1, 28 + index)),
        amount,
      ]);
      row.getCell(3).numFmt = 'yyyy/m/d';
    }
    const path = join(folder, 'made.xlsx');
    await made.xlsx.writeFile(path);
    const sniffed = await sniffFile(path);
    expect(sniffed).toMatchObject({ sheet: '订单', sheets: ['空', '订单'] });
    const found: string[][] = [];
    for await (const batch of readRows(path, sniffed)) found.push(...batch.rows.map((row) => row.cells));
    expect(found.map((cells) => cells[3])).toEqual([
      '0.1',
      '1234.56',
      '-5',
      '1000000000000000',
      '0.000001',
      '99999999.99',
      '0.333333333333333',
    ]);
    expect(found[1]).toEqual(['SO1', '深圳 & <公司>"', '2024-02-29', '1234.56']);
    await expect(sniffFile(path, { sheet: '没有' })).rejects.toMatchObject({
      code: 'tabular.workbook_sheet_missing',
    });
  });

  it('fills short rows up, and names cells beyond the table', async () => {
    const many = Array.from(
      { length: 300 },
      (_, i) => `<row r="${i + 2}">${text(`A${i + 2}`, `C${i}`)}</row>`,
    ).join('');
    const late = `<row r="400">${text('A400', 'x')}${text('F400', 'beyond')}</row>`;
    const { rows, bad } = await read(zip(book(`${HEADER}${many}${late}`)));
    expect(rows.length).toBe(300);
    expect(rows[0]?.cells).toEqual(['C0', '', '']);
    expect(bad).toMatchObject([{ line: 400, column: 5, code: 'tabular.ragged_row' }]);
  });

  const bomb = '<row r="2"><c r="A2"><v>1</v></c></row>'.repeat(200_000);
  const refused: readonly [string, () => Buffer, string][] = [
    ['no rows', () => zip(book('')), 'empty_file'],
    ['header only', () => zip(book(HEADER)), 'header_only'],
    ['macro', () => zip(book(HEADER, [{ name: 'xl/vbaProject.bin', content: 'x' }])), 'workbook_macro'],
    [
      'macro by its content type',
      () =>
        zip(
          book(HEADER, [
            {
              name: '[Content_Types].xml',
              content:
                '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
            },
          ]),
        ),
      'workbook_macro',
    ],
    ['packed 50 times', () => zip(book(HEADER + bomb)), 'workbook_bomb'],
    [
      'claims 300 MB',
      () =>
        zip(
          book(HEADER, [
            { name: 'xl/media/a.bin', content: Buffer.alloc(8_000_000, 'ab c3'), claimed: 300_000_000 },
          ]),
        ),
      'workbook_bomb',
    ],
    [
      'unpacks to more than 200 MB, each part within reason',
      () =>
        zip(
          book(
            HEADER,
            Array.from({ length: 5 }, (_, i) => ({
              name: `xl/media/${i}.bin`,
              content: randomBytes(900_000),
              claimed: 44_000_000,
            })),
          ),
        ),
      'workbook_too_large',
    ],
    [
      'claims less than it holds',
      () =>
        zip([
          ...book(HEADER).slice(0, 2),
          { name: 'xl/worksheets/sheet1.xml', content: sheet(HEADER + bomb), claimed: 500_000 },
        ]),
      'workbook_broken',
    ],
    [
      'encrypted entries',
      () => zip(book(HEADER).map((part) => ({ ...part, flags: 1 }))),
      'workbook_encrypted',
    ],
    [
      'document type',
      () =>
        zip([
          ...book(HEADER).slice(0, 2),
          { name: 'xl/worksheets/sheet1.xml', content: `<!DOCTYPE x [<!ENTITY a "b">]>${sheet(HEADER)}` },
        ]),
      'workbook_entities',
    ],
    [
      'entity without a document type',
      () => zip(book(`<row r="1"><c t="str"><v>&lol;</v></c></row>`)),
      'workbook_broken',
    ],
    [
      'XML cut off',
      () =>
        zip([
          ...book(HEADER).slice(0, 2),
          { name: 'xl/worksheets/sheet1.xml', content: sheet(HEADER).slice(0, 150) },
        ]),
      'workbook_broken',
    ],
    [
      'bytes that are no UTF-8',
      () =>
        zip([
          ...book(HEADER).slice(0, 2),
          {
            name: 'xl/worksheets/sheet1.xml',
            content: Buffer.concat([
              Buffer.from('<worksheet><sheetData><row><c t="str"><v>'),
              Buffer.from([0xff, 0xfe]),
              Buffer.from('</v></c></row></sheetData></worksheet>'),
            ]),
          },
        ]),
      'workbook_broken',
    ],
    [
      'a cell far to the right',
      () => zip(book(`<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`)),
      'workbook_broken',
    ],
    ['a Word document', () => zip([{ name: 'word/document.xml', content: '<w/>' }]), 'unsupported_format'],
    ['any other zip', () => zip([{ name: 'a.txt', content: 'hello' }]), 'unsupported_format'],
    [
      'path that climbs',
      () => zip(book(HEADER, [{ name: '../../etc/passwd', content: 'x' }])),
      'workbook_broken',
    ],
    ['cut off', () => zip(book(HEADER)).subarray(0, 300), 'workbook_broken'],
  ];

  it.each(refused)('refuses within 3 s of work: %s', async (_, make, reason) => {
    const content = make();
    const began = process.cpuUsage();
    await expect(read(content)).rejects.toMatchObject({ code: `tabular.${reason}` });
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(3000);
  });

  it('counts cells without parsing them', async () => {
    const path = join(folder, 'count.xlsx');
    const rows = Array.from(
      { length: 2000 },
      (_, i) => `<row><c><v>${i}</v></c><c/><c r="C${i}" t="n"/><cols/></row>`,
    );
    writeFileSync(path, zip(book(rows.join(''))));
    const opened = await openWorkbook(path);
    await expect(refuseManyCells(opened, 'xl/worksheets/sheet1.xml', 6000)).resolves.toBeUndefined();
    await expect(refuseManyCells(opened, 'xl/worksheets/sheet1.xml', 5990)).rejects.toMatchObject({
      code: 'tabular.workbook_too_many_cells',
    });
    opened.close();
  });

  it.runIf(process.env['KEZI_DRILLS'] === 'long')(
    'refuses five million cells',
    async () => {
      // 97 different rows are longer than the window of the packer, so the ratio stays honest.
      const cells = Array.from({ length: 97 }, (_, row) =>
        Array.from(
          { length: 100 },
          (_, i) => `<c><v>${Math.imul(row * 100 + i + 1, 2_654_435_761) >>> 0}</v></c>`,
        ).join(''),
      );
      const rows = Array.from({ length: 50_010 }, (_, i) => `<row>${cells[i % 97]}</row>`).join('');
      const content = zip([
        ...book(HEADER).slice(0, 2),
        { name: 'xl/worksheets/sheet1.xml', content: sheet(HEADER + rows) },
      ]);
      await expect(read(content)).rejects.toMatchObject({
        code: 'tabular.workbook_too_many_cells',
      });
    },
    120_000,
  );
});

describe('number formats', () => {
  it.each([
    [14, undefined, 'date'],
    [22, undefined, 'date'],
    [31, undefined, 'date'],
    [57, undefined, 'date'],
    [20, undefined, 'time'],
    [46, undefined, 'time'],
    [2, undefined, 'number'],
    [49, undefined, 'number'],
    [164, 'yyyy-mm-dd', 'date'],
    [165, '[$-804]yyyy"年"m"月"d"日";@', 'date'],
    [166, 'm/d', 'date'],
    [167, 'mmm-yy', 'date'],
    [168, 'h:mm AM/PM', 'time'],
    [169, '[h]:mm:ss', 'time'],
    [170, '#,##0.00_);[Red](#,##0.00)', 'number'],
    [171, '"日期"0', 'number'],
    [172, '[$¥-804]#,##0.00', 'number'],
    [173, '0.00E+00', 'number'],
    [174, 'General', 'number'],
    [175, '\\d0', 'number'],
  ] as const)('%d %s is %s', (id, code, style) => {
    expect(styleOf(id, code)).toBe(style);
  });

  it.each([
    ['1E-7', '0.0000001'],
    ['1.2E+20', '120000000000000000000'],
    ['19.989999999999998', '19.99'],
    ['-0.1', '-0.1'],
    ['0', '0'],
    ['-0', '-0'],
    ['abc', 'abc'],
    ['', ''],
  ])('%s as a plain decimal is %s', (raw, shown) => {
    expect(numberText(raw, 'number', false)).toBe(shown);
  });

  it.each([
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', '60'],
    ['61', '1900-03-01'],
    ['45293.999999999', '2024-01-03'],
    ['2958465', '9999-12-31'],
    ['-1', '-1'],
    ['3000000', '3000000'],
  ])('serial %s is %s', (raw, shown) => {
    expect(numberText(raw, 'date', false)).toBe(shown);
  });
});
