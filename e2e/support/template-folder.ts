import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** A data folder whose path has a space and Chinese letters, as people's folders do. */
export async function makeDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'kezi 客资 '));
}

export async function removeDataFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Changes with what stands in these files of a built folder. */
export function keyOf(folder: string, more = ''): string {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(more);
  const built = join(root, folder);
  for (const name of readdirSync(built).filter((each) => each.endsWith('.js')))
    hash.update(readFileSync(join(built, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Owners and times with it: PostgreSQL refuses a folder that belongs to somebody else. */
const copyFolder = (from: string, to: string) => promisify(execFile)('cp', ['-a', `${from}/.`, to]);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** One makes what the others wait for. @returns null while another is at it */
async function takeTurn(path: string): Promise<(() => Promise<void>) | null> {
  const lock = `${path}.making`;
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return () => rm(lock, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const text = existsSync(lock) ? readFileSync(lock, 'utf8') : '';
  // Whoever was at it has been stopped.
  if (text !== '' && !isRunning(Number(text))) await rm(lock, { force: true });
  await sleep(100);
  return null;
}

interface Template {
  /** What it is of: those of the same name under another key are out of date. */
  name: string;
  key: string;
  /** Fills an empty folder and leaves nothing running on it. */
  fill: (folder: string) => Promise<void>;
}

async function makeTemplate({ name, key, fill }: Template): Promise<string> {
  const cache = join(root, '.cache');
  const path = join(cache, `${name}-${key}`);
  await mkdir(cache, { recursive: true });
  while (!existsSync(path)) {
    const giveTurn = await takeTurn(path);
    if (giveTurn === null) continue;
    try {
      if (existsSync(path)) return path;
      const folder = await makeDataFolder();
      await fill(folder);
      const aside = `${path}.${process.pid}`;
      await mkdir(aside);
      await copyFolder(folder, aside);
      await removeDataFolder(folder);
      for (const other of readdirSync(cache))
        if (other.startsWith(`${name}-`) && /^[0-9a-f]+$/.test(other.slice(name.length + 1)))
          await removeDataFolder(join(dirname(path), other));
      await rename(aside, path);
    } finally {
      await giveTurn();
    }
  }
  return path;
}

const made = new Map<string, Promise<string>>();

/** A copy of a data folder that is made once for each key, which takes a quarter of a second. */
export async function copyOfTemplate(template: Template): Promise<string> {
  const path = made.get(template.name) ?? makeTemplate(template);
  made.set(template.name, path);
  const folder = await makeDataFolder();
  await copyFolder(await path, folder);
  return folder;
}
