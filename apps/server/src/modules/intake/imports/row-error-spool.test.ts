import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { RowErrorSpool } from './row-error-spool.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi-spool-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    line: i + 2,
    columnName: '',
    code: 'tabular.ragged_row' as const,
    params: {},
    cells: ['x'],
  }));

describe('bad rows kept aside', () => {
  it('are counted up to the limit; beyond it the file is refused, and nothing is left in the folder', async () => {
    const spool = await RowErrorSpool.open(folder, 7, 10);
    await spool.add(rows(6));
    await spool.add(rows(4));
    expect([spool.count, spool.reasons]).toEqual([10, { 'tabular.ragged_row': 10 }]);
    await expect(spool.add(rows(1))).rejects.toMatchObject({
      code: 'imports.too_many_bad_rows',
      params: { limit: 10 },
    });
    await spool.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});
