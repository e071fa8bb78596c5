import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const children: ChildProcess[] = [];

/** What a running command has said so far. */
interface Told {
  child: ChildProcess;
  out: string;
  err: string;
}

/** Starts the built command line as a process, in English: from its sources each start would take three times as long. */
export function startKezi(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Told {
  const child = spawn(process.execPath, ['apps/cli/bin/kezi.js', ...args], {
    cwd: root,
    env: { ...process.env, KEZI_LANG: 'en', KEZI_LOG_LEVEL: 'warn', ...env },
  });
  children.push(child);
  const told: Told = { child, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.err += chunk.toString()));
  child.stdin.end(input);
  return told;
}

export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode);
    else child.once('exit', (code) => done(code));
  });

/** Runs a command to its end. Its last words may come after it has ended. */
export async function runKezi(args: readonly string[], input = '') {
  const told = startKezi(args, { input });
  const [code] = (await once(told.child, 'close')) as [number | null];
  return { code, out: told.out, err: told.err };
}

/** Starts a server on a free port and waits for its address. */
export async function serveKezi(data: string, env: Record<string, string> = {}) {
  const told = startKezi(['serve', '--port', '0', '--data', data], { env });
  await until(() => told.out.includes('\n') || told.child.exitCode !== null);
  if (told.out === '') throw new Error(told.err);
  const { listening } = JSON.parse(told.out) as { listening: string };
  return { told, child: told.child, url: listening };
}

export async function until(check: () => boolean | Promise<boolean>, seconds = 90): Promise<void> {
  for (const deadline = performance.now() + seconds * 1000; performance.now() < deadline;) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`It did not come to pass in ${seconds} s.`);
}

/** Stops whatever still runs. */
export async function stopKezi(): Promise<void> {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map(ended));
}
