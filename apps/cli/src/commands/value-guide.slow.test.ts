import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../../..');
const data = resolve(process.env['KEZI_TEST_DATA'] ?? join(root, '../shared/data'));
const folder = mkdtempSync(join(tmpdir(), 'kezi-guide-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Both streams of a command of the guide, in a folder of its own. */
function printed(command: string, language: string): Promise<string> {
  const [, ...words] = command
    .replaceAll(/\\\n\s*/g, '')
    .split(/\s+/)
    // Afterwards: the folder may have a blank in its name.
    .map((word) => word.replace('../shared/data', data));
  const line = [join(root, 'apps/cli/bin/kezi.js'), ...words, '--format', 'table'];
  const env = { ...process.env, KEZI_LANG: language };
  return new Promise((done) => {
    execFile(process.execPath, line, { env, cwd: folder }, (_, out, notes) => done(out + notes));
  });
}

/** To four digits: the last ones of a large sum may be another machine's. */
const rounded = (text: string) =>
  text.replaceAll(/\d[\d,]*(?:\.\d+)?/g, (number) => Number(number.replaceAll(',', '')).toPrecision(4));

describe.skipIf(!existsSync(data))('the guide of kezi value', () => {
  it.each(['zh', 'en'])('shows in %s what its examples print', async (language) => {
    const page = readFileSync(join(root, 'docs/guide', language, 'value.md'), 'utf8');
    // A command on the data, and the block below it that shows what comes.
    const examples = [...page.matchAll(/^```sh\n(kezi value \.\.\/shared[^`]*)^```\n+^```\n([^`]*)^```/gm)];
    expect(examples.length).toBe(2);
    for (const [, command = '', shown = ''] of examples) {
      const lines = new Set(rounded(await printed(command.trim(), language)).split('\n'));
      expect(
        rounded(shown)
          .split('\n')
          .filter((line) => !lines.has(line)),
      ).toEqual([]);
    }
  });
});
