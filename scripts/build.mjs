import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { cache, root } from './paths.mjs';
import { run } from './run.mjs';

const skipped = new Set(['node_modules', 'dist', 'bundle', '.cache']);

/** A fingerprint of every source file below the folders: path, size and time of change. */
function fingerprint(folders) {
  const hash = createHash('sha256');
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (skipped.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
      const path = resolve(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}\0${size}\0${mtimeMs}\n`);
      }
    }
  };
  for (const folder of folders) walk(resolve(root, folder));
  hash.update(readFileSync(resolve(root, 'package-lock.json')));
  return hash.digest('hex');
}

const parts = [
  {
    name: 'programs',
    folders: ['packages', 'apps/server', 'apps/cli'],
    made: ['apps/cli/dist/main.js', 'apps/cli/bundle/main.js'],
    commands: [
      ['node_modules/typescript-native/bin/tsc', '-b', 'apps/cli', 'packages/testkit'],
      ['node_modules/vite/bin/vite.js', 'build', 'apps/cli', '--logLevel', 'warn'],
    ],
  },
  {
    name: 'web',
    folders: ['packages/contract', 'apps/web'],
    made: ['apps/web/dist/index.html'],
    commands: [['node_modules/vite/bin/vite.js', 'build', 'apps/web', '--logLevel', 'warn']],
  },
];

/** Builds what is stale; nothing runs when nothing changed. */
export async function ensureBuilt() {
  mkdirSync(cache, { recursive: true });
  for (const part of parts) {
    const stamp = resolve(cache, `built-${part.name}`);
    const now = fingerprint(part.folders);
    const fresh =
      part.made.every((file) => existsSync(resolve(root, file))) &&
      existsSync(stamp) &&
      readFileSync(stamp, 'utf8') === now;
    if (fresh) continue;
    process.stderr.write(`正在构建 ${part.name}… Building ${part.name}…\n`);
    for (const command of part.commands) {
      const { code } = await run(process.execPath, command);
      if (code !== 0) throw new Error(`Building ${part.name} failed with exit code ${code}.`);
    }
    writeFileSync(stamp, now);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await ensureInstalled();
  await ensureBuilt();
}
