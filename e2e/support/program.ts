import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The built command line program, the one a user starts. */
const keziProgram = join(root, 'apps/cli/bin/kezi.js');

export interface RunningProgram {
  url: string;
  folder: string;
  process: ChildProcess;
  /** What the program wrote to its error stream so far. */
  notes: () => string;
  stop: () => Promise<void>;
}

/** A data folder whose path has a space and Chinese letters, as people's folders do. */
export async function makeDataFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'kezi 客资 '));
}

/** Which schema a data folder would get from the built program: it changes with the migrations. */
function schemaKey(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const migrations = join(root, 'apps/server/dist/migrations');
  for (const name of readdirSync(migrations).filter((each) => each.endsWith('.js')))
    hash.update(readFileSync(join(migrations, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Owners and times with it: PostgreSQL refuses a folder that belongs to somebody else. */
const copyFolder = (from: string, to: string) => promisify(execFile)('cp', ['-a', `${from}/.`, to]);

let template: Promise<string> | undefined;

/** Starts the program once on an empty folder and keeps what it made; templates of other schemas go. */
async function makeTemplate(path: string): Promise<string> {
  if (existsSync(path)) return path;
  const folder = await makeDataFolder();
  await (await startProgram(folder)).stop();
  const aside = `${path}.${process.pid}`;
  await mkdir(aside, { recursive: true });
  await copyFolder(folder, aside);
  await removeDataFolder(folder);
  for (const name of readdirSync(dirname(path)))
    if (/^started-[0-9a-f]+$/.test(name) && !path.endsWith(name))
      await removeDataFolder(join(path, '..', name));
  try {
    await rename(aside, path);
  } catch (error) {
    // Another run was quicker: its template is as good.
    if (!existsSync(path)) throw error;
    await removeDataFolder(aside);
  }
  return path;
}

/**
 * A data folder after its first start, with all tables and nobody in it: a copy of one that is made once for each schema.
 * Making the cluster and its tables takes four seconds, a copy a quarter of one.
 */
export async function makeStartedFolder(): Promise<string> {
  template ??= makeTemplate(join(root, '.cache', `started-${schemaKey()}`));
  const folder = await makeDataFolder();
  await copyFolder(await template, folder);
  return folder;
}

export async function removeDataFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/**
 * Starts `kezi serve` on a free loopback port and waits for its line that says where it listens.
 * @throws Error with what the program wrote when it ends before it listens.
 */
export async function startProgram(folder: string, env: NodeJS.ProcessEnv = {}): Promise<RunningProgram> {
  const child = spawn(process.execPath, [keziProgram, 'serve', '--port', '0', '--data', folder], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let notes = '';
  child.stderr.on('data', (chunk: Buffer) => (notes += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((done, fail) => {
    lines.on('line', (line) => {
      if (!line.startsWith('{')) return;
      const said: unknown = JSON.parse(line);
      if (typeof said === 'object' && said !== null && 'listening' in said) done(String(said.listening));
    });
    child.once('exit', (code) =>
      fail(new Error(`kezi serve ended with ${code} before it listened:\n${notes}`)),
    );
  });
  return {
    url,
    folder,
    process: child,
    notes: () => notes,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

interface Finished {
  code: number | null;
  output: string;
  notes: string;
}

/** Runs a command of the program to its end. */
export async function runProgram(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const child = spawn(process.execPath, [keziProgram, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let notes = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (notes += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, notes };
}
