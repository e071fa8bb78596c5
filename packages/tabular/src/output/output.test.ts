import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { messageOf } from '@kezi/contract/errors';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { readRows } from '../read-rows.js';
import { sniffFile } from '../sniff/sniff-file.js';
import type { BadRow, Row } from '../tabular-row.js';
import { createErrorWorkbook } from './create-error-workbook.js';
import { csvLine } from './csv-line.js';
import { errorHeaders } from './error-columns.js';
import { inertCell, revertInertCell } from './inert-cell.js';
import { openWorkbookWriter } from './open-workbook-writer.js';
import { toUtf8Csv } from './to-utf8-csv.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi-output-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('inertCell', () => {
  it.each([
    "=cmd|' /C calc'!A0",
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '  =1+1',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '\u0000=1+1',
    '\u200B=1+1',
    '\u00A0=1+1',
    '\u3000=1+1',
    '\uFEFF=1+1',
    '＝1+1',
    '＋1',
    '－cmd',
    '＠SUM',
    '-',
    '=',
    '+86 13800000000',
    '-5;=1',
    '\tabc',
    '=HYPERLINK("http://x")',
    '−1+1',
  ])('guards %j', (text) => {
    expect(inertCell(text)).toBe(`'${text}`);
    expect(revertInertCell(inertCell(text))).toBe(text);
  });

  it.each(['', 'abc', '-5', '-5.25', '+12', '-1,234.50', '-3%', '深圳', 'a=b', "it's", "'", '12:00', '$-5'])(
    'leaves %j alone',
    (text) => {
      expect(inertCell(text)).toBe(text);
      expect(revertInertCell(text)).toBe(text);
    },
  );

  it('is undone exactly, whatever the text', () => {
    const unit = fc.constantFrom("'", '=', '+', '-', '@', ' ', '\t', '1', 'a', '＝', ',', '.', '%', '\u200B');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), (text) => {
        expect(revertInertCell(inertCell(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('csvLine', () => {
  it('quotes what needs it, guards text, leaves numbers', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'x\ny', ' z', null, -5, 10n, '=1'])).toBe(
      `a,"b,c","say ""hi""","x\ny"," z",,-5,10,'=1\r\n`,
    );
    expect(csvLine([''])).toBe('""\r\n');
    expect(csvLine(['=1'], { inert: false, lineEnd: '\n' })).toBe('=1\n');
  });
});

async function readAll(path: string): Promise<{ rows: Row[]; bad: BadRow[] }> {
  const rows: Row[] = [];
  const bad: BadRow[] = [];
  for await (const batch of readRows(path, await sniffFile(path))) {
    rows.push(...batch.rows);
    bad.push(...batch.bad);
  }
  return { rows, bad };
}

describe('createErrorWorkbook', () => {
  const headers = ['客户编号', '下单时间', '金额', '=备注'];

  it.each(['zh-CN', 'en-US'] as const)('comes back as the source was, in %s', async (language) => {
    const path = join(folder, `errors-${language}.xlsx`);
    const book = await createErrorWorkbook(path, { headers, language });
    const source = [
      ["=cmd|' /C calc'!A0", '31/02/2024', '-5', "'=x"],
      ['C2', '2024-13-01', '1e309', ''],
      ['䶮𠮷㛃', '', ' 5 ', 'a\u0000b'],
    ];
    for (const [index, cells] of source.entries()) {
      book.add({
        line: index + 7,
        column: 1,
        code: 'tabular.date_impossible',
        params: { text: cells[1] ?? '' },
        cells,
      });
    }
    expect(await book.close()).toEqual({ rows: 3 });
    const sniffed = await sniffFile(path);
    expect(sniffed).toMatchObject({ errorFile: true, header: true });
    expect(sniffed.columns.map((column) => column.name)).toEqual(headers);
    const { rows } = await readAll(path);
    expect(rows.map((row) => row.cells)).toEqual([source[0], source[1], ['䶮𠮷㛃', '', ' 5 ', 'ab']]);
  });

  it('shows line, column and reason in the language of the reader, and nothing that runs', async () => {
    const path = join(folder, 'shown.xlsx');
    const book = await createErrorWorkbook(path, { headers, language: 'zh-CN' });
    book.add({
      line: 42,
      column: 1,
      code: 'tabular.date_impossible',
      params: { text: '31/02/2024' },
      cells: ['=1+1'],
    });
    await book.close();
    const { default: exceljs } = await import('exceljs');
    const seen = new exceljs.Workbook();
    await seen.xlsx.readFile(path);
    const cells = seen.worksheets[0]?.getRow(2).values as unknown[];
    const reason = messageOf('tabular.date_impossible', { text: '31/02/2024' }, 'zh-CN');
    expect(cells.slice(1)).toEqual(["'=1+1", undefined, undefined, undefined, 42, '下单时间', reason]);
    expect(seen.worksheets[0]?.getCell('A2').type).toBe(exceljs.ValueType.String);
  });
});

describe('rejected rows as CSV', () => {
  const headers = ['客户编号', '下单时间', '=备注'];

  it.each(['zh-CN', 'en-US'] as const)('come back as the source was, in %s', async (language) => {
    const path = join(folder, `errors-${language}.csv`);
    const source = [
      ['=1+1', '31/02/2024', "'=x"],
      ['C2', '2024-13-01', 'a,"b"'],
    ];
    const written = [
      csvLine([...headers, ...errorHeaders(language)]),
      ...source.map((cells, index) => csvLine([...cells, index + 7, '下单时间', '没有这一天, 改一改'])),
    ];
    writeFileSync(path, `\uFEFF${written.join('')}`);
    const sniffed = await sniffFile(path);
    expect(sniffed).toMatchObject({ errorFile: true, engineReadable: false });
    expect(sniffed.columns.map((column) => column.name)).toEqual(headers);
    expect(sniffed.sampleRows).toEqual(source);
    const { rows, bad } = await readAll(path);
    expect([rows.map((row) => row.cells), bad]).toEqual([source, []]);
  });

  it('are told from a file that has one such column of its own', async () => {
    const path = join(folder, 'reasons.csv');
    writeFileSync(path, "客户编号,金额,下单时间,问题说明\nC1,5,2024-01-01,'=x\n");
    const sniffed = await sniffFile(path);
    expect([sniffed.errorFile, sniffed.columns.length]).toEqual([false, 4]);
    expect((await readAll(path)).rows[0]?.cells[3]).toBe("'=x");
  });
});

describe('toUtf8Csv', () => {
  it('turns any source into plain CSV that keeps the lines', async () => {
    const path = join(folder, 'source.csv');
    writeFileSync(
      path,
      Buffer.from(
        '\uFEFF客户编号;名称;金额\r\nC1;"a,b ""c""";1,50\r\n\r\nC2;=x;2,50\r\nC3;x\r\nC4;"two\r\nlines";3\r\n',
        'utf16le',
      ),
    );
    const out = join(folder, 'out.csv');
    const bad: BadRow[] = [];
    const total = await toUtf8Csv(path, await sniffFile(path), out, { onBad: (row) => bad.push(row) });
    expect(readFileSync(out, 'utf8')).toBe(
      '_line,客户编号,名称,金额\n2,C1,"a,b ""c""","1,50"\n4,C2,=x,"2,50"\n6,C4,"two\r\nlines",3\n',
    );
    expect(total).toEqual({ rows: 3, bad: 1, bytes: readFileSync(out).length });
    expect(bad).toMatchObject([{ line: 5, code: 'tabular.ragged_row' }]);
  });

  it('fails where the disk does, and waits for a slow reader', async () => {
    const path = join(folder, 'many.csv');
    writeFileSync(path, `id,name\n${'1,x\n'.repeat(50_000)}`);
    const sniffed = await sniffFile(path);
    const full = new Writable({
      write: (_, __, done) => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    });
    await expect(toUtf8Csv(path, sniffed, full)).rejects.toThrow('no space left');
    let bytes = 0;
    const slow = new Writable({
      highWaterMark: 1024,
      write: (piece: Buffer, _, done) => {
        bytes += piece.length;
        setImmediate(done);
      },
    });
    expect(await toUtf8Csv(path, sniffed, slow)).toMatchObject({ rows: 50_000, bytes });
  });
});

describe('a timeless workbook', () => {
  afterEach(() => void vi.useRealTimers());

  it('has the same bytes whenever it is written', async () => {
    const bytesAt = async (moment: string) => {
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(moment) });
      const path = join(folder, 'timeless.xlsx');
      const book = await openWorkbookWriter({ to: path, timeless: true });
      book.addWorksheet('customers').addRow(['客户', 1]).commit();
      await book.commit();
      return readFileSync(path);
    };
    const first = await bytesAt('2026-01-01T00:00:00Z');
    expect(first.equals(await bytesAt('2027-06-05T04:03:02Z'))).toBe(true);
    expect(await sniffFile(join(folder, 'timeless.xlsx'))).toMatchObject({ format: 'xlsx' });
  });
});
