import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { copyOfTemplate, keyOf } from './template-folder.js';

export { makeDataFolder, removeDataFolder } from './template-folder.js';

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

/**
 * A data folder after its first start, with all tables and nobody in it: a copy of one that is made once for each schema.
 * Making the cluster and its tables takes four seconds, a copy a quarter of one.
 */
export function makeStartedFolder(): Promise<string> {
  return copyOfTemplate({
    name: 'started',
    key: keyOf('apps/server/dist/migrations'),
    fill: async (folder) => (await startProgram(folder)).stop(),
  });
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
