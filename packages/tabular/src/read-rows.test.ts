import { mkdtempSync, rmSync, utimesSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRows } from './read-rows.js';
import { sniffFile } from './sniff/sniff-file.js';
import type { SniffOverrides } from './sniff/sniffed-file.js';
import type { BadRow, Row } from './tabular-row.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi 表格 '));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(
  content: string | Buffer,
  overrides: SniffOverrides = {},
): Promise<{ rows: Row[]; bad: BadRow[] }> {
  const path = put('case.csv', content);
  const sniffed = await sniffFile(path, overrides);
  const all: { rows: Row[]; bad: BadRow[] } = { rows: [], bad: [] };
  for await (const batch of readRows(path, sniffed)) {
    all.rows.push(...batch.rows);
    all.bad.push(...batch.bad);
  }
  return all;
}

/** Header a,b,c; the cells of good rows; line, column and code of bad ones. */
const cases: readonly [string, string, string[][], [number, number, string][]][] = [
  ['plain', 'a,b,c\n1,2,3\n', [['1', '2', '3']], []],
  ['no line end at the end', 'a,b,c\n1,2,3', [['1', '2', '3']], []],
  [
    'CRLF',
    'a,b,c\r\n1,2,3\r\n4,5,6\r\n',
    [
      ['1', '2', '3'],
      ['4', '5', '6'],
    ],
    [],
  ],
  [
    'CR only',
    'a,b,c\r1,2,3\r4,5,6\r',
    [
      ['1', '2', '3'],
      ['4', '5', '6'],
    ],
    [],
  ],
  [
    'line ends mixed',
    'a,b,c\r\n1,2,3\n4,5,6\r7,8,9',
    [
      ['1', '2', '3'],
      ['4', '5', '6'],
      ['7', '8', '9'],
    ],
    [],
  ],
  [
    'empty lines',
    'a,b,c\n\n1,2,3\n\n\n4,5,6\n\n',
    [
      ['1', '2', '3'],
      ['4', '5', '6'],
    ],
    [],
  ],
  [
    'empty cells',
    'a,b,c\n,,\n1,,3\n',
    [
      ['', '', ''],
      ['1', '', '3'],
    ],
    [],
  ],
  ['quoted', 'a,b,c\n"1","2","3"\n', [['1', '2', '3']], []],
  ['quoted delimiter', 'a,b,c\n"1,5",2,3\n', [['1,5', '2', '3']], []],
  [
    'quoted line end',
    'a,b,c\n"1\n5",2,3\n4,5,6\n',
    [
      ['1\n5', '2', '3'],
      ['4', '5', '6'],
    ],
    [],
  ],
  ['quoted CRLF', 'a,b,c\r\n"1\r\n5",2,3\r\n', [['1\r\n5', '2', '3']], []],
  ['doubled quotes', 'a,b,c\n"say ""hi""",2,3\n', [['say "hi"', '2', '3']], []],
  ['only doubled quotes', 'a,b,c\n"""",2,""""""\n', [['"', '2', '""']], []],
  ['empty quoted', 'a,b,c\n"","",""\n', [['', '', '']], []],
  ['quote inside an unquoted cell', 'a,b,c\n5" pipe,2,3\n', [['5" pipe', '2', '3']], []],
  ['blank before a quote', 'a,b,c\n1, "2",3\n', [['1', ' "2"', '3']], []],
  ['blanks kept', 'a,b,c\n 1 ,2,3\n', [[' 1 ', '2', '3']], []],
  ['last cell quoted at the end of the file', 'a,b,c\n1,2,"3"', [['1', '2', '3']], []],
  ['too few cells', 'a,b,c\n1,2\n4,5,6\n', [['4', '5', '6']], [[2, 2, 'ragged_row']]],
  ['too many cells', 'a,b,c\n1,2,3,4\n4,5,6\n', [['4', '5', '6']], [[2, 3, 'ragged_row']]],
  ['empty cells too many', 'a,b,c\n1,2,3,,\n', [['1', '2', '3']], []],
  ['one cell only', 'a,b,c\nx\n4,5,6\n', [['4', '5', '6']], [[2, 1, 'ragged_row']]],
  ['open quote to the end', 'a,b,c\n1,"2,3\n4,5,6\n', [['4', '5', '6']], [[2, 1, 'unclosed_quote']]],
  ['open quote in the last line', 'a,b,c\n4,5,6\n1,2,"3', [['4', '5', '6']], [[3, 2, 'unclosed_quote']]],
  ['lone quote', 'a,b,c\n"\n4,5,6\n', [['4', '5', '6']], [[2, 0, 'unclosed_quote']]],
  ['text behind a quote', 'a,b,c\n"1"x,2,3\n4,5,6\n', [['4', '5', '6']], [[2, 0, 'text_after_quote']]],
  ['blank behind a quote', 'a,b,c\n1,"2" ,3\n', [], [[2, 1, 'text_after_quote']]],
  [
    'stray quote and a good one later',
    'a,b,c\n"1,2,3\n4,5,6\n"7",8,9\n',
    [
      ['4', '5', '6'],
      ['7', '8', '9'],
    ],
    [[2, 0, 'text_after_quote']],
  ],
  [
    'two stray quotes far apart',
    'a,b,c\n"1,2,3\n4,5,6\n7",8\n9,10,11\n',
    [
      ['4', '5', '6'],
      ['9', '10', '11'],
    ],
    [
      [2, 2, 'ragged_row'],
      [4, 2, 'ragged_row'],
    ],
  ],
  ['NUL', 'a,b,c\n1,\u00002,3\n4,5,6\n', [['4', '5', '6']], [[2, 1, 'nul_byte']]],
  ['formula', 'a,b,c\n=1+1,@x,-2\n', [['=1+1', '@x', '-2']], []],
  ['SQL', "a,b,c\n1','x'); drop table customer;--,2\n", [["1'", "'x'); drop table customer;--", '2']], []],
  ['script', 'a,b,c\n<script>alert(1)</script>,2,3\n', [['<script>alert(1)</script>', '2', '3']], []],
  ['U+FFFD that is in the file', 'a,b,c\n\uFFFD,2,3\n', [['\uFFFD', '2', '3']], []],
  ['supplementary characters', 'a,b,c\n䶮𠮷㛃,😀,3\n', [['䶮𠮷㛃', '😀', '3']], []],
  [
    'vertical tab and form feed are no line ends',
    'a,b,c\n1\u000B,2\u000C,3\u2028\n',
    [['1\u000B', '2\u000C', '3\u2028']],
    [],
  ],
];

/** Other ways to write the same table; with the plain one, over 250 files. */
const variants: readonly [string, (content: string) => string | Buffer, '\n' | '\r\n' | '\r'][] = [
  ['with CRLF', (content) => content, '\r\n'],
  ['with CR', (content) => content, '\r'],
  ['behind a mark', (content) => `\uFEFF${content}`, '\n'],
  ['packed', gzipSync, '\n'],
  ['in UTF-16 LE', (content) => Buffer.from(`\uFEFF${content}`, 'utf16le'), '\n'],
  ['in UTF-16 BE, with CRLF', (content) => Buffer.from(`\uFEFF${content}`, 'utf16le').swap16(), '\r\n'],
];

describe('readRows of delimited text', () => {
  it.each(cases)('%s', async (_, content, rows, bad) => {
    const found = await read(content, { header: true, delimiter: ',' });
    expect(found.rows.map((row) => row.cells)).toEqual(rows);
    expect(found.bad.map(({ line, column, code }) => [line, column, code.replace('tabular.', '')])).toEqual(
      bad,
    );
  });

  it.each(variants)('all of them, %s', async (_, write, lineEnd) => {
    let tried = 0;
    for (const [name, content, rows, bad] of cases) {
      // A case that is about line ends keeps its own.
      if (lineEnd !== '\n' && content.includes('\r')) continue;
      const turn = (text: string) => text.replaceAll('\n', lineEnd);
      const found = await read(write(turn(content)), { header: true, delimiter: ',' });
      const told = found.bad.map(({ line, column, code }) => [line, column, code.replace('tabular.', '')]);
      const cells = found.rows.map((row) => row.cells);
      expect({ name, cells, told }).toEqual({ name, cells: rows.map((row) => row.map(turn)), told: bad });
      tried += 1;
    }
    expect(tried).toBeGreaterThan(30);
  });

  it('names the physical line, also behind cells of several lines', async () => {
    const found = await read('a,b\n"1\n2\r\n3",x\ny\n\nz,w\n', { header: true });
    expect(found.rows.map((row) => row.line)).toEqual([2, 7]);
    expect(found.bad.map((row) => row.line)).toEqual([5]);
  });

  it('takes runs of blanks as one delimiter', async () => {
    const found = await read(' id  date  amount\r\n 00001 19970101  1.50\r\n\t2   19970102 3\r\n   \r\n');
    expect(found.rows.map((row) => row.cells)).toEqual([
      ['00001', '19970101', '1.50'],
      ['2', '19970102', '3'],
    ]);
  });

  it('reads quotes as text where the reader says there are none', async () => {
    const found = await read('a,b\n"1,2"\n', { header: true, quote: null, delimiter: ',' });
    expect(found.rows.map((row) => row.cells)).toEqual([['"1', '2"']]);
  });

  it('reads 10,000 columns', async () => {
    const wide = Array.from({ length: 10_000 }, (_, index) => `列${index}`).join(',');
    const found = await read(`${wide}\n${'1,'.repeat(9999)}1\n1,2\n`);
    expect(found.rows[0]?.cells.length).toBe(10_000);
    expect(found.bad.map((row) => row.code)).toEqual(['tabular.ragged_row']);
  });

  it('gives each row once, wherever the pieces are cut', async () => {
    const lines = Array.from(
      { length: 60_000 },
      (_, index) => `${index},"客户 ""${index}""\n二",${index % 7}.5`,
    );
    const found = await read(`id,name,amount\r\n${lines.join('\r\n')}`);
    expect(found.bad).toEqual([]);
    expect(found.rows.length).toBe(60_000);
    expect(found.rows.every((row, index) => row.cells[0] === String(index))).toBe(true);
    expect(found.rows.every((row, index) => row.cells[1] === `客户 "${index}"\n二`)).toBe(true);
    expect(found.rows.at(-1)?.line).toBe(2 + 59_999 * 2);
  });

  it('loses one line to an open quote in the middle of a large file', async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `${index},name,${index}`);
    lines[100_000] = '100000,"name,1';
    const found = await read(`id,name,amount\n${lines.join('\n')}\n`);
    expect(found.bad.map((row) => [row.line, row.code])).toEqual([[100_002, 'tabular.unclosed_quote']]);
    expect(found.rows.length).toBe(199_999);
  });

  it('refuses a cell over a mebibyte and goes on', async () => {
    const found = await read(`a,b\n1,2\n3,${'x'.repeat(2 << 20)}\n4,5\n`);
    expect(found.bad.map((row) => [row.line, row.column, row.code])).toEqual([
      [3, 1, 'tabular.cell_too_large'],
    ]);
    expect(found.rows.map((row) => row.cells[0])).toEqual(['1', '4']);
    expect(found.bad[0]?.text.length).toBeLessThanOrEqual(500);
  });

  it.each([
    ['a cell of 200 MB', 200, 'x', 'cell_too_large'],
    ['a line without end', 40, '1,2,3,', 'line_too_large'],
  ])('stops at %s after 17 MiB', async (_, mebibytes, filling, reason) => {
    const content = Buffer.alloc(mebibytes << 20, filling);
    Buffer.from('a,b\n1,2\n3,').copy(content);
    const path = put('large.csv', content);
    const sniffed = await sniffFile(path);
    let read = 0;
    const run = (async () => {
      for await (const batch of readRows(path, sniffed, { onBytes: (bytes) => (read = bytes) }))
        expect(batch.bad).toEqual([]);
    })();
    await expect(run).rejects.toMatchObject({ code: `tabular.${reason}`, params: { line: 3 } });
    expect(read).toBeLessThan(17 << 20);
  });

  it('reports the bytes read and stops when told', async () => {
    const path = put('stop.csv', `a,b\n${'1,2\n'.repeat(200_000)}`);
    const sniffed = await sniffFile(path);
    const seen: number[] = [];
    for await (const _ of readRows(path, sniffed, { onBytes: (bytes) => seen.push(bytes) })) continue;
    expect(seen.at(-1)).toBe(sniffed.sizeBytes);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const stop = new AbortController();
    const run = (async () => {
      for await (const _ of readRows(path, sniffed, { signal: stop.signal }))
        stop.abort(new Error('stopped'));
    })();
    await expect(run).rejects.toThrow('stopped');
  });

  it('hands long rows on in small batches: no batch holds more than some 16 MiB', async () => {
    const path = put('long.csv', `a,b\n${`1,${'x'.repeat(500_000)}\n`.repeat(120)}`);
    const sizes: number[] = [];
    for await (const { rows } of readRows(path, await sniffFile(path))) sizes.push(rows.length);
    expect(Math.max(...sizes)).toBeLessThan(40);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(120);
  });

  it('notices a file that changed since it was looked at, and while it is read', async () => {
    const path = put('changed.csv', `a,b\n${'1,2\n'.repeat(300_000)}`);
    const sniffed = await sniffFile(path);
    const during = (async () => {
      let first = true;
      for await (const _ of readRows(path, sniffed)) {
        if (first) appendFileSync(path, '3,4\n');
        first = false;
      }
    })();
    await expect(during).rejects.toThrow('tabular.file_changed');
    const again = await sniffFile(path);
    utimesSync(path, new Date(), new Date(Date.now() - 5000));
    await expect(readRows(path, again).next()).rejects.toThrow('tabular.file_changed');
  });

  it('refuses gzip that is cut short or spoiled', async () => {
    const packed = gzipSync(`a,b\n${Array.from({ length: 60_000 }, (_, i) => `${i},${i * 7}`).join('\n')}\n`);
    await expect(read(packed.subarray(0, packed.length - 2000))).rejects.toThrow('tabular.gzip_broken');
    const spoiled = Buffer.from(packed);
    spoiled.fill(0xff, packed.length - 1000, packed.length - 900);
    await expect(read(spoiled)).rejects.toThrow('tabular.gzip_broken');
  });
});
