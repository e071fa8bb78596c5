import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kezi serve 客资 '));
const data = join(folder, 'data');
const children: ChildProcess[] = [];

afterAll(async () => {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map(ended));
  rmSync(folder, { recursive: true, force: true });
});

const ended = (child: ChildProcess) =>
  new Promise<number | null>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode);
    else child.once('exit', (code) => done(code));
  });

interface Told {
  child: ChildProcess;
  out: string;
  err: string;
}

function kezi(args: readonly string[], input = ''): Told {
  const child = spawn(
    process.execPath,
    ['--conditions=kezi-source', '--import', 'tsx', 'apps/cli/src/main.ts', ...args],
    { cwd: root, env: { ...process.env, KEZI_LANG: 'en', KEZI_LOG_LEVEL: 'warn' } },
  );
  children.push(child);
  const told: Told = { child, out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.err += chunk.toString()));
  child.stdin.end(input);
  return told;
}

async function run(args: readonly string[], input = '') {
  const told = kezi(args, input);
  const code = await ended(told.child);
  return { code, out: told.out, err: told.err };
}

async function serve(args: readonly string[] = []) {
  const told = kezi(['serve', '--port', '0', '--data', data, ...args]);
  await until(() => told.out.includes('\n') || told.child.exitCode !== null);
  if (told.out === '') throw new Error(told.err);
  const { listening } = JSON.parse(told.out) as { listening: string };
  return { told, child: told.child, url: listening };
}

async function until(check: () => boolean | Promise<boolean>, seconds = 90): Promise<void> {
  for (const deadline = performance.now() + seconds * 1000; performance.now() < deadline;) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`It did not come to pass in ${seconds} s.`);
}

const signIn = (url: string) =>
  fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'boss@example.com', password: 'a long password' }),
  });

const databasePid = () =>
  Number(readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

describe('kezi serve', () => {
  it('prints one line for a program, the code for a person, and stops in order', async () => {
    const { told, child, url } = await serve();
    expect(told.out.trim().split('\n')).toHaveLength(1);
    await until(() => told.err.includes('one-time code'));
    expect(told.err).toMatch(/\n {4}[A-HJ-NP-Z2-9]{10}\n/);
    expect(await (await fetch(`${url}/api/v1/setup`)).json()).toEqual({ needed: true, codeNeeded: false });
    const pid = databasePid();
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
    expect(() => readFileSync(`/proc/${pid}/stat`)).toThrow('ENOENT');
  });

  it('is joined by the other commands while it runs', async () => {
    const { child, url } = await serve();
    const person = ['--email', 'Boss@Example.com', '--name', '老板', '--role', 'administrator'];
    const created = await run(
      ['user', 'create', ...person, '--password-stdin', '--data', data],
      'a long password\n',
    );
    expect([created.code, created.err]).toEqual([0, '']);
    expect(JSON.parse(created.out)).toEqual({
      id: 1,
      email: 'boss@example.com',
      name: '老板',
      role: 'administrator',
      scope: 'all',
    });
    expect((await signIn(url)).status).toBe(204);
    const made = await run([
      'key',
      'create',
      '--user',
      'boss@example.com',
      '--scopes',
      'teams:read',
      '--data',
      data,
    ]);
    const { key } = JSON.parse(made.out) as { key: string };
    const answer = await fetch(`${url}/api/v1/teams`, { headers: { authorization: `Bearer ${key}` } });
    expect(await answer.json()).toEqual({ items: [] });
    const archive = join(folder, 'kezi.backup');
    expect((await run(['backup', archive, '--data', data])).code).toBe(0);
    const doctor = await run(['doctor', '--data', data]);
    expect(JSON.parse(doctor.out)).toMatchObject({ ok: true });
    expect(doctor.out).toContain('The last backup was made 0 hours ago.');
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
    const restored = await run(['restore', archive, '--data', join(folder, 'restored')]);
    expect([restored.code, restored.err]).toEqual([0, '']);
    const again = await run(['restore', archive, '--data', join(folder, 'restored')]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('[backup.not_empty]')]);
  });

  it('refuses a folder and a port that are taken, in words', async () => {
    const { child, url } = await serve();
    const sameFolder = await run(['serve', '--port', '0', '--data', data]);
    expect([sameFolder.code, sameFolder.out]).toEqual([1, '']);
    expect(sameFolder.err).toContain(`Another Kezi is working on the data folder ${data}.`);
    const { port } = new URL(url);
    const samePort = await run(['serve', '--port', port, '--data', join(folder, 'other')]);
    expect([samePort.code, samePort.out]).toEqual([1, '']);
    expect(samePort.err).toContain(`Port ${port} is taken.`);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    await ended(child);
  });

  it('is back after a kill -9, with everything', async () => {
    const first = await serve();
    first.child.kill('SIGKILL');
    const second = await serve();
    expect((await signIn(second.url)).status).toBe(204);
    second.child.kill('SIGTERM');
    expect(await ended(second.child)).toBe(0);
  });

  it('says 503 while its database is gone and answers again soon after', async () => {
    const { child, url } = await serve();
    process.kill(databasePid(), 'SIGKILL');
    const seen = new Set<number>();
    const from = performance.now();
    await until(async () => {
      const { status } = await fetch(`${url}/readyz`);
      seen.add(status);
      return status === 200 && seen.has(503);
    }, 30);
    expect(seen).toEqual(new Set([503, 200]));
    // The machine may be busy; on a quiet one it takes well below a second.
    expect(performance.now() - from).toBeLessThan(20_000);
    await until(async () => (await signIn(url)).status === 204, 10);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  it('refuses bad usage with exit code 2', async () => {
    expect((await run(['serve', '--port', 'many'])).code).toBe(2);
  });
});
