import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running server says at which address it answers, for commands on the same data folder. */
export function noticePath(dataFolder: string): string {
  return join(dataFolder, 'server.json');
}

/** @returns takes the notice down again */
export function putNotice(dataFolder: string, url: string): () => void {
  writeFileSync(noticePath(dataFolder), JSON.stringify({ url, pid: process.pid }), { mode: 0o600 });
  return () => rmSync(noticePath(dataFolder), { force: true });
}
