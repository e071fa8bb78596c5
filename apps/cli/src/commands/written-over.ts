import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CodedError } from '@kezi/contract/errors';

/** Which file a path leads to, by whatever name; null for a device or a pipe, where nothing is lost. */
function fileOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return resolve(path);
  return found.isFile() ? `${found.dev}:${found.ino}` : null;
}

/**
 * Refuses a result that would take the place of what is read, or of another result.
 * @throws CodedError cli.written_twice
 */
export function keepApart(read: readonly string[], written: readonly (string | undefined)[]): void {
  const taken = new Set(read.map(fileOf));
  for (const path of written) {
    if (path === undefined) continue;
    const file = fileOf(path);
    if (file === null) continue;
    if (taken.has(file)) throw new CodedError('cli.written_twice', { file: path });
    taken.add(file);
  }
}
