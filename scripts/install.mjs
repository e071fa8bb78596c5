import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './paths.mjs';
import { run } from './run.mjs';

const stamp = resolve(root, 'node_modules/.kezi-installed');

/** Runs `npm ci` when node_modules is absent or was made from another lock file. */
export async function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(
      `需要 Node.js 20.19 或更高版本，现在是 ${process.versions.node}。\nKezi needs Node.js 20.19 or later; this is ${process.versions.node}.`,
    );
  }
  const lock = createHash('sha256')
    .update(readFileSync(resolve(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('正在安装依赖… Installing what is missing…\n');
  const npm = process.env.npm_execpath
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  const { code } = await run(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { NODE_ENV: 'development' },
  });
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}.`);
  writeFileSync(stamp, lock);
}
