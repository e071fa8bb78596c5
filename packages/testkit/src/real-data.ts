import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Real data lies outside of the project: in KEZI_TEST_DATA, or beside the project in `shared/data`. */
const folder = process.env['KEZI_TEST_DATA'] ?? resolve(root, '../shared/data');

/** The path of a file of real data, or undefined where this machine does not have it. */
export function dataFile(name: string): string | undefined {
  const path = resolve(folder, name);
  return existsSync(path) ? path : undefined;
}

/** A test on real data. Where the file is absent the test is skipped and its name says which file it wants. */
export function itWithData(
  name: string,
  file: string,
  test: (path: string) => void | Promise<void>,
  timeoutMs?: number,
): void {
  const path = dataFile(file);
  const title = path === undefined ? `${name} (needs ${file})` : name;
  // oxlint-disable-next-line vitest/valid-title, vitest/expect-expect -- name and assertions are the caller's
  it.runIf(path !== undefined)(title, () => test(path ?? ''), timeoutMs);
}
