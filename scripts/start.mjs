import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './paths.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

// In this process, not in one of its own: that saves the start of a second Node, and signals need no passing on.
const kezi = resolve(root, 'apps/cli/bin/kezi.js');
process.argv.splice(1, 1, kezi, 'serve');
await import(pathToFileURL(kezi).href);
