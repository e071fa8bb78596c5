import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { openFileStore } from './file-store.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi-files-'));
const [files, temp] = [join(folder, 'files'), join(folder, 'temp')];
mkdirSync(files);
mkdirSync(temp);
afterAll(() => rmSync(folder, { recursive: true }));
const store = openFileStore(files, temp);

describe('the file store', () => {
  it('keeps a file under its hash, once for the same bytes', async () => {
    const bytes = randomBytes(300_000);
    const parts = () => Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)]);
    const first = await store.save(parts(), { maxBytes: 1e6 });
    const second = await store.save(parts(), { maxBytes: 1e6 });
    expect(first).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: 300_000,
      path: first.path,
    });
    expect(second).toEqual(first);
    expect(readFileSync(first.path).equals(bytes)).toBe(true);
    expect(readdirSync(temp)).toEqual([]);
  });

  it('stops at the limit and leaves nothing', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536);
      })(),
    );
    await expect(store.save(endless, { maxBytes: 1e6 })).rejects.toMatchObject({
      code: 'files.too_large',
      params: { megabytes: 1 },
    });
    expect(readdirSync(temp)).toEqual([]);
  });

  it('leaves nothing of a stream that breaks', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the client has gone');
      })(),
    );
    await expect(store.save(broken, { maxBytes: 1e6 })).rejects.toThrow('the client has gone');
    expect(readdirSync(temp)).toEqual([]);
  });

  it.each(['../../secret.json', '', 'A'.repeat(64), `${'a'.repeat(64)}/..`])(
    'gives no path for %s',
    (name) => {
      expect(() => store.path(name)).toThrow('files.not_found');
    },
  );
});
