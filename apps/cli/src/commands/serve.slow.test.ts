import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ended, runKezi, serveKezi, stopKezi, until } from '../testing/run-kezi.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi serve 客资 '));
const data = join(folder, 'data');

afterAll(async () => {
  await stopKezi();
  rmSync(folder, { recursive: true, force: true });
});

const run = runKezi;
const serve = () => serveKezi(data);

const signIn = (url: string) =>
  fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'boss@example.com', password: 'a long password' }),
  });

const databasePid = () =>
  Number(readFileSync(join(data, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** kill -9; nothing where it is gone already. */
function killDatabase(): void {
  try {
    process.kill(databasePid(), 'SIGKILL');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'ESRCH'].includes(code)) throw error;
  }
}

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

  it.skipIf(process.platform === 'win32')(
    'keeps its secret where nobody else of the machine reads it',
    () => {
      expect(statSync(join(data, 'secret.json')).mode & 0o777).toBe(0o600);
    },
  );

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
    const sealing = ['--passphrase-file', join(folder, 'passphrase')];
    writeFileSync(join(folder, 'passphrase'), '一句很长很长的备份口令\r\n');
    const backed = await run(['backup', archive, '--data', data, ...sealing]);
    expect([backed.code, JSON.parse(backed.out)]).toMatchObject([0, { sealed: true }]);
    const doctor = await run(['doctor', '--data', data]);
    expect(JSON.parse(doctor.out)).toMatchObject({ ok: true });
    expect(doctor.out).toContain('The last backup was made 0 hours ago.');
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
    const unopened = await run(['restore', archive, '--data', join(folder, 'restored')]);
    expect([unopened.code, unopened.err]).toEqual([
      1,
      expect.stringContaining('[backup.passphrase_missing]'),
    ]);
    expect(existsSync(join(folder, 'restored'))).toBe(false);
    const restored = await run(['restore', archive, '--data', join(folder, 'restored'), ...sealing]);
    expect([restored.code, restored.err]).toEqual([0, '']);
    const again = await run(['restore', archive, '--data', join(folder, 'restored'), ...sealing]);
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
    const seen = new Set<number>();
    await until(async () => {
      // It may be back before anybody has asked; then it goes again.
      if (!seen.has(503)) killDatabase();
      const { status } = await fetch(`${url}/readyz`);
      seen.add(status);
      return status === 200 && seen.has(503);
    });
    expect(seen).toEqual(new Set([503, 200]));
    await until(async () => (await signIn(url)).status === 204);
    child.kill('SIGTERM');
    expect(await ended(child)).toBe(0);
  });

  it('makes nothing in a folder where no Kezi has worked', async () => {
    const mistyped = join(folder, 'mistyped');
    mkdirSync(mistyped);
    const archive = join(folder, 'empty.backup');
    for (const line of [
      ['backup', archive],
      ['audit', 'list'],
      ['key', 'list', '--user', 'boss@example.com'],
    ]) {
      const { code, err } = await run([...line, '--data', mistyped]);
      expect([code, err]).toEqual([1, expect.stringContaining('[app.data_folder_empty]')]);
    }
    const doctor = await run(['doctor', '--data', mistyped]);
    expect([doctor.code, JSON.parse(doctor.out)]).toMatchObject([1, { ok: false }]);
    expect([existsSync(archive), readdirSync(mistyped)]).toEqual([false, []]);
  });

  it('says in words which file, server or key is not right', async () => {
    const list = ['customer', 'list', '--server'];
    const { child, url } = await serve();
    const said = async (...line: string[]) => (await run(line)).err;
    expect(await said(...list, 'http://127.0.0.1:9', '--key', 'k')).toMatch(/^No Kezi answers at .*\n$/);
    expect(await said(...list, 'kezi', '--key', 'k')).toMatch(/^“kezi” is no address .*\n$/);
    expect(await said(...list, url)).toMatch(/^The server wants an API key .*\n$/);
    const absent = join(folder, 'absent.csv');
    const taking = ['import', '--kind', 'customers', '--server'];
    expect(await said(...taking, url, absent)).toBe(
      `The file ${absent} cannot be used (ENOENT). Check its path, and who may read and write it. [cli.file_refused]\n`,
    );
    writeFileSync(absent, 'customer_no\n1\n');
    expect(await said(...taking, 'http://127.0.0.1:9', absent)).toMatch(/^No Kezi answers at .*\n$/);
    child.kill('SIGTERM');
    await ended(child);
  });

  it('refuses bad usage with exit code 2', async () => {
    expect((await run(['serve', '--port', 'many'])).code).toBe(2);
  });
});
