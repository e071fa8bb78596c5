import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchOf, readMap } from './import-map.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi-map-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(text: string): string {
  const file = join(folder, 'map.json');
  writeFileSync(file, text);
  return file;
}

const batch = {
  columns: ['客户编号', '下单日期', '金额'].map((name, at) => ({
    name,
    index: at + 1,
    samples: [],
    guess: null,
    confidence: 0,
  })),
};

describe('the file of --map', () => {
  it('takes headers and numbers, alone or as a request has them', () => {
    const columns = { customerId: 1, orderDate: 2 };
    for (const text of [
      '{"customerId": "客户编号", "orderDate": 2}',
      '{"columns": {"customerId": 1, "orderDate": "下单日期"}}',
      '{"mapping": {"columns": {"customerId": "客户编号", "orderDate": "下单日期"}}}',
    ]) {
      expect(patchOf(readMap(written(text)), batch)).toEqual({ mapping: { columns } });
    }
    const more = '{"reading": {"encoding": "gb18030"}, "mapping": {"dateFormat": "dmy"}}';
    expect(patchOf(readMap(written(more)), batch)).toEqual({
      reading: { encoding: 'gb18030' },
      mapping: { dateFormat: 'dmy' },
    });
  });

  it('is refused in words where it is no map, or names a column that is not there', () => {
    for (const text of ['{bad', '[1]', 'null', '{"customerId": {"a": 1}}', '{"mapping": 3}']) {
      expect(() => readMap(written(text))).toThrow('cli.mapping_invalid');
    }
    expect(() => readMap(join(folder, 'absent.json'))).toThrow('cli.mapping_invalid');
    expect(() => patchOf(readMap(written('{"amount": "总价"}')), batch)).toThrow('cli.mapping_column');
  });
});
