import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readRows } from './read-rows.js';
import { sniffFile } from './sniff/sniff-file.js';

const LONG = process.env['KEZI_DRILLS'] === 'long';
const GIB = 2 ** 30;
const MEMBER = 2 ** 24;
/** What a file may cost above what the process held before it. */
const MOST_BYTES = 512 * 2 ** 20;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kezi-large-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A gzip file of the front and then the filling again and again: members stand behind each other, so it is small on disk. */
function packed(front: string, filling: string, bytes: number): string {
  const path = join(folder, 'packed.csv.gz');
  writeFileSync(path, gzipSync(front));
  const text = filling.repeat(Math.floor(Math.min(bytes, MEMBER) / filling.length));
  const member = gzipSync(text, { level: 1 });
  for (let size = 0; size < bytes; size += text.length) appendFileSync(path, member);
  return path;
}

/** A file of good rows and then a hole of zero bytes, which takes no room on disk. */
function sparse(rows: number, bytes: number): string {
  const path = join(folder, 'sparse.csv');
  writeFileSync(path, `a,b,c\n${'1,2,3\n'.repeat(rows)}`);
  truncateSync(path, bytes);
  return path;
}

async function countRows(path: string): Promise<{ good: number; bad: number; heldBytes: number }> {
  const before = process.memoryUsage().rss;
  const counts = { good: 0, bad: 0, heldBytes: 0 };
  for await (const { rows, bad } of readRows(path, await sniffFile(path))) {
    counts.good += rows.length;
    counts.bad += bad.length;
    counts.heldBytes = Math.max(counts.heldBytes, process.memoryUsage().rss - before);
  }
  return counts;
}

/** Work done since then: a busy machine makes everything take longer by the clock. */
function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

describe('files that are too much', () => {
  it.each([
    ['a cell of 1 GB', () => packed('a,b,c\n1,2,3\n1,2,', 'x', GIB), 'cell_too_large'],
    ['a quoted cell of 1 GB', () => packed('a,b,c\n1,2,3\n1,2,"', 'x', GIB), 'cell_too_large'],
    ['a line of 5 GB', () => packed('a,b,c\n1,2,3\n', '1,2,3,', 5 * GIB), 'line_too_large'],
    ['a first line of 5 GB', () => packed('', '1,2,3,', 5 * GIB), 'line_too_large'],
    ['5 GB of nothing behind good rows', () => sparse(400_000, 5 * GIB), 'cell_too_large'],
    ['5 GB of nothing behind one row', () => sparse(1, 5 * GIB), 'cell_too_large'],
  ])('%s is refused within 5 s of work and 512 MB', async (_, make, reason) => {
    const path = make();
    const before = process.memoryUsage().rss;
    const began = process.cpuUsage();
    await expect(countRows(path)).rejects.toMatchObject({ code: `tabular.${reason}` });
    expect(processorMs(began)).toBeLessThan(5000);
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_BYTES);
  });

  it.each([
    ['short lines', '1,2\n', 'good'],
    ['short lines that are no rows', 'x\n', 'bad'],
  ] as const)(
    'millions of %s are read to the last in bounded memory',
    async (_, line, kind) => {
      const lines = LONG ? 50_000_000 : 1_000_000;
      const bytes = lines * line.length;
      // Whole members only, so that the number is exact.
      const whole = Math.ceil(bytes / (Math.floor(Math.min(bytes, MEMBER) / line.length) * line.length));
      const written = (whole * Math.floor(Math.min(bytes, MEMBER) / line.length)) | 0;
      const counts = await countRows(packed('a,b\n1,2\n', line, bytes));
      expect(counts[kind]).toBe(written + (kind === 'good' ? 1 : 0));
      expect(counts.heldBytes).toBeLessThan(MOST_BYTES);
    },
    LONG ? 300_000 : 30_000,
  );
});
