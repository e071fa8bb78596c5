import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { jsonIn } from './json-file.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi-json-'));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (text: string) => {
  const file = join(folder, 'given.json');
  writeFileSync(file, text);
  return file;
};

it('hands on what a file holds as it is, so that the server sees a key that is mistyped', async () => {
  expect(await jsonIn(written('{"name": "a", "nmae": 1}'))).toEqual({ name: 'a', nmae: 1 });
});

it.each(['', 'name: a', '[1]', 'null', '"a"'])('refuses %j, which is no object', async (text) => {
  await expect(jsonIn(written(text))).rejects.toMatchObject({ code: 'cli.json_invalid' });
});
