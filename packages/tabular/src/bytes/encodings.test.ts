import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Encoding } from '@kezi/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRows } from '../read-rows.js';
import { sniffFile } from '../sniff/sniff-file.js';
import type { SniffedFile, SniffOverrides } from '../sniff/sniffed-file.js';
import type { BadRow, Row } from '../tabular-row.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi-encoding-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function read(
  content: Buffer,
  overrides: SniffOverrides = {},
): Promise<{ sniffed: SniffedFile; rows: Row[]; bad: BadRow[] }> {
  const path = join(folder, 'file.csv');
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

/** The platform decodes the old encodings and does not encode them: the tables are turned around. */
function encoderFor(encoding: 'gb18030' | 'big5'): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, number[]>();
  const learn = (bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  };
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) learn([lead, trail]);
  }
  return (text) =>
    Buffer.from(
      Array.from(text).flatMap((character) => {
        const code = character.codePointAt(0) ?? 0;
        if (code < 0x80) return [code];
        const known = table.get(character);
        if (known !== undefined) return known;
        if (encoding === 'gb18030') return fourBytes(character, decoder);
        throw new Error(`${character} is not in ${encoding}`);
      }),
    );
}

/** GB18030 counts all other characters through: the planes by a formula, the rest of the first plane by search. */
function fourBytes(character: string, decoder: InstanceType<typeof TextDecoder>): number[] {
  const code = character.codePointAt(0) ?? 0;
  const bytes = (index: number) => [
    Math.floor(index / 12_600) + 0x81,
    (Math.floor(index / 1260) % 10) + 0x30,
    (Math.floor(index / 10) % 126) + 0x81,
    (index % 10) + 0x30,
  ];
  if (code >= 0x10000) return bytes(code - 0x10000 + 189_000);
  for (let low = 0, high = 39_419; low <= high;) {
    const middle = (low + high) >> 1;
    const found = decoder.decode(Uint8Array.from(bytes(middle))).codePointAt(0) ?? 0;
    if (found === code) return bytes(middle);
    if (found < code) low = middle + 1;
    else high = middle - 1;
  }
  throw new Error(`${character} is not in gb18030`);
}

const gb = encoderFor('gb18030');
const big5 = encoderFor('big5');
function isInBig5(character: string): boolean {
  try {
    return big5(character).length === 2;
  } catch {
    return false;
  }
}
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => utf16(text).swap16();

const simplified = `客户编号,客户名称,下单时间,金额\n${Array.from({ length: 40 }, (_, i) => `C${i},深圳市华强电子有限公司${i},2024-01-02,${i}.50\n`).join('')}`;
const traditional = `客戶編號,客戶名稱,訂單日期,金額\n${Array.from({ length: 40 }, (_, i) => `C${i},臺北市大安區興業股份有限公司${i},2024-01-02,${i}.50\n`).join('')}`;

const files: readonly [string, Buffer, Encoding, string][] = [
  ['UTF-8', Buffer.from(simplified), 'utf-8', '深圳市华强电子有限公司0'],
  ['UTF-8 with BOM', Buffer.from(`\uFEFF${simplified}`), 'utf-8', '深圳市华强电子有限公司0'],
  ['UTF-8, traditional', Buffer.from(traditional), 'utf-8', '臺北市大安區興業股份有限公司0'],
  ['GB18030', gb(simplified), 'gb18030', '深圳市华强电子有限公司0'],
  ['GB18030, traditional', gb(traditional), 'gb18030', '臺北市大安區興業股份有限公司0'],
  [
    'GB18030 with BOM',
    Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), gb(simplified)]),
    'gb18030',
    '深圳市华强电子有限公司0',
  ],
  ['Big5', big5(traditional), 'big5', '臺北市大安區興業股份有限公司0'],
  ['UTF-16 LE with BOM', utf16(`\uFEFF${simplified}`), 'utf-16le', '深圳市华强电子有限公司0'],
  ['UTF-16 BE with BOM', utf16be(`\uFEFF${simplified}`), 'utf-16be', '深圳市华强电子有限公司0'],
  ['UTF-16 LE without', utf16(simplified), 'utf-16le', '深圳市华强电子有限公司0'],
  ['UTF-16 BE without', utf16be(simplified), 'utf-16be', '深圳市华强电子有限公司0'],
];

/** Numbers below a bound; the seed is told where a test fails, and KEZI_SEED sets it. */
function makeRandom(): { seed: number; random: (below: number) => number } {
  const seed = Number(process.env['KEZI_SEED'] ?? Date.now() % 2 ** 31);
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { seed, random };
}

describe('encodings', () => {
  it.each(files)('%s is found and read', async (_, content, encoding, name) => {
    const { sniffed, rows, bad } = await read(content);
    expect(sniffed.encoding).toBe(encoding);
    expect(bad).toEqual([]);
    expect(rows.length).toBe(40);
    expect(rows[0]?.cells[1]).toBe(name);
    expect(sniffed.columns[0]?.name).toMatch(/^客[户戶][编編][号號]$/);
    expect(sniffed.columns.map((column) => column.guess?.field)).toEqual([
      'customerId',
      'customerName',
      'orderDate',
      'amount',
    ]);
  });

  it.each([
    ['GB18030', gb, 'gb18030'],
    ['Big5', big5, 'big5'],
  ] as const)('%s is told from few names and many numbers', async (_, encode, encoding) => {
    const names =
      encoding === 'big5'
        ? ['王小明', '陳美麗', '林志強', '黃淑芬']
        : ['王小明', '陈美丽', '林志强', '黄淑芬'];
    const text = names.map((name, index) => `${index},${name},2024-01-0${index + 1},5.00`).join('\n');
    const { sniffed, rows } = await read(encode(text));
    expect(sniffed.encoding).toBe(encoding);
    expect(rows.map((row) => row.cells[1])).toEqual(names);
  });

  it('brings 20,000 random names back from every encoding, with characters of four bytes', async () => {
    const rare = ['䶮', '𠮷', '㛃', '𬱖', '㐂', '龘', '镕', '喆', '堃', '昇'];
    const { seed, random } = makeRandom();
    const character = () =>
      random(5) === 0
        ? (rare[random(rare.length)] ?? '')
        : String.fromCodePoint(0x4e00 + random(0x9fa5 - 0x4e00));
    const names = Array.from(
      { length: 20_000 },
      () => character() + character() + (random(2) === 0 ? character() : ''),
    );
    const text = `客户编号,客户名称\n${names.map((name, index) => `C${index},${name}`).join('\n')}\n`;
    const encoded: [Encoding, Buffer][] = [
      ['utf-8', Buffer.from(text)],
      ['gb18030', gb(text)],
      ['utf-16le', utf16(`\uFEFF${text}`)],
      ['utf-16be', utf16be(`\uFEFF${text}`)],
    ];
    for (const [encoding, content] of encoded) {
      const { rows, bad } = await read(content, { encoding });
      const found = rows.map((row) => row.cells[1]);
      expect({ seed, encoding, bad, found }).toEqual({ seed, encoding, bad: [], found: names });
    }
  });

  it('brings 20,000 random names back from Big5', async () => {
    const { seed, random } = makeRandom();
    const known = Array.from({ length: 0x9fa6 - 0x4e00 }, (_, i) => String.fromCodePoint(0x4e00 + i)).filter(
      (character) => isInBig5(character),
    );
    expect(known.length).toBeGreaterThan(10_000);
    const names = Array.from({ length: 20_000 }, () =>
      Array.from({ length: 2 + random(3) }, () => known[random(known.length)]).join(''),
    );
    const content = big5(`客戶編號,客戶名稱\n${names.map((name, i) => `C${i},${name}`).join('\n')}\n`);
    const { rows, bad } = await read(content, { encoding: 'big5' });
    expect({ seed, bad, found: rows.map((row) => row.cells[1]) }).toEqual({ seed, bad: [], found: names });
  });

  it('never makes a replacement character of broken bytes, wherever they stand', async () => {
    const { seed, random } = makeRandom();
    for (const [name, content, encoding] of files) {
      for (let round = 0; round < 20; round += 1) {
        const spoiled = Buffer.from(content);
        for (let time = 0; time <= random(4); time += 1) {
          spoiled[Math.floor(content.length / 4) + random(Math.floor(content.length / 2))] = random(256);
        }
        const { rows, bad } = await read(spoiled, { encoding, header: true, delimiter: ',' });
        const replaced = rows.filter(({ cells }) => cells.some((cell) => /\uFFFD|\p{Cs}/u.test(cell)));
        expect({ name, seed, round, replaced }).toEqual({ name, seed, round, replaced: [] });
        // A spoiled byte may be a line end or take one away, and costs no more than its own lines.
        expect(rows.length + bad.length).toBeGreaterThan(30);
      }
    }
  });

  it.each([
    ['UTF-8', Buffer.from(simplified), 'utf-8', [0xff]],
    ['UTF-8 cut within a character', Buffer.from(simplified), 'utf-8', [0xe5, 0x8d]],
    ['GB18030', gb(simplified), 'gb18030', [0x81]],
    ['GB18030 beyond its table', gb(simplified), 'gb18030', [0xff]],
    ['Big5', big5(traditional), 'big5', [0x81]],
    ['Big5 beyond its table', big5(traditional), 'big5', [0xff]],
  ] as const)('a broken byte costs one row: %s', async (_, content, encoding, byte) => {
    const at = content.indexOf('\nC20,') + 5;
    const spoiled = Buffer.concat([
      content.subarray(0, at),
      Buffer.from(byte),
      Buffer.from(','),
      content.subarray(at + 2),
    ]);
    const { sniffed, rows, bad } = await read(spoiled);
    expect(sniffed.encoding).toBe(encoding);
    expect(rows.length).toBe(39);
    expect(bad.map((row) => row.line)).toEqual([22]);
    expect(rows.some((row) => row.cells.some((cell) => cell.includes('\uFFFD')))).toBe(false);
  });

  it('names the column of a broken byte and shows it as U+FFFD only there', async () => {
    const content = Buffer.concat([
      Buffer.from('编号,名称\n1,甲\n2,乙'),
      Buffer.from([0xc3]),
      Buffer.from('\n3,丙\n4,丁\n5,戊\n6,己\n'),
    ]);
    const { rows, bad } = await read(content);
    expect(bad).toMatchObject([{ line: 3, column: 1, code: 'tabular.broken_encoding', text: '2,乙\uFFFD' }]);
    expect(rows.length).toBe(5);
  });

  it('takes half a surrogate pair and half a unit of UTF-16 for broken', async () => {
    const { rows, bad } = await read(
      Buffer.concat([utf16('\uFEFFa,b\n1,x\n2,\uD842y\n3,z\n4,'), Buffer.from([0x41])]),
    );
    expect(rows.map((row) => row.cells[0])).toEqual(['1', '3']);
    expect(bad.map((row) => [row.line, row.column])).toEqual([
      [3, 1],
      [5, 1],
    ]);
  });

  it('finds GB18030 where the front is all ASCII and Chinese comes later', async () => {
    const lines = `id,name\n${'1,abcdefgh\n'.repeat(300_000)}${'2,深圳市电子有限公司\n'.repeat(20_000)}`;
    const { sniffed, rows, bad } = await read(
      Buffer.concat([Buffer.from(lines.slice(0, 3_300_008)), gb(lines.slice(3_300_008))]),
    );
    expect(sniffed.encoding).toBe('gb18030');
    expect(bad.length).toBe(0);
    expect(rows.at(-1)?.cells[1]).toBe('深圳市电子有限公司');
  });

  it('reads a western file where the reader says that it is one', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,name\n1,Müller ', 'latin1'),
      Buffer.from([0x80]),
      Buffer.from('\n'),
    ]);
    const { rows } = await read(bytes, { encoding: 'windows-1252' });
    expect(rows.map((row) => row.cells)).toEqual([['1', 'Müller €']]);
  });

  it('says so where the encoding is a guess', async () => {
    const { sniffed } = await read(Buffer.from('id,name\n1,Müller\n2,Höß\n3,Crème brûlée\n', 'latin1'));
    expect(sniffed.warnings.map((warning) => warning.code)).toContain('tabular.encoding_doubtful');
  });
});
