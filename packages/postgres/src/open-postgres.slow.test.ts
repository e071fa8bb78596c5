import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { findRunningPostgres, openPostgres } from './index.js';

/** The path has a space and Chinese letters, as people's folders do. */
const base = join(mkdtempSync(join(tmpdir(), 'kezi-pg-')), '客资 数据');
mkdirSync(base, { recursive: true });
chmodSync(join(base, '..'), 0o755);
afterAll(() => rmSync(join(base, '..'), { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const open = (folder: string) =>
  openPostgres({ folder, durable: false, settings: { shared_buffers: '64MB' } });

async function ask<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await check()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('It did not come to pass in 30 s.');
}

const pidOf = (folder: string) =>
  Number(readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** A zombie has ended: where nobody reaps orphans, it stays in the list all the same. */
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** A program of its own that opens the folder and tells when it has. */
async function otherProgram(folder: string): Promise<{ child: ChildProcess; line: string }> {
  const index = fileURLToPath(new URL('index.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    [
      '--conditions=kezi-source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `const { openPostgres } = await import(${JSON.stringify(index)});
       openPostgres({ folder: ${JSON.stringify(folder)}, settings: { shared_buffers: '64MB' } }).then(
         (postgres) => console.log(postgres.url),
         (error) => { console.log(error.code); process.exit(0); });
       setInterval(() => undefined, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
  );
  const line = await new Promise<string>((done) =>
    child.stdout?.once('data', (chunk: Buffer) => done(String(chunk).trim())),
  );
  return { child, line };
}

describe('a PostgreSQL in a folder', () => {
  it('starts, keeps Chinese text whatever the environment, stops, and starts again', async () => {
    const folder = join(base, 'first');
    const first = await open(folder);
    await ask(first.url, 'create extension pg_trgm');
    await ask(first.url, `create table t as select '客户资产' as name`);
    const [row] = await ask<{ trigrams: string[]; encoding: string }>(
      first.url,
      `select show_trgm('客户资产') as trigrams, current_setting('server_encoding') as encoding`,
    );
    expect(row?.encoding).toBe('UTF8');
    expect(row?.trigrams.length).toBeGreaterThan(0);
    await first.stop();
    expect(await findRunningPostgres(folder)).toBeNull();
    const second = await open(folder);
    expect(await ask(second.url, 'select name from t')).toEqual([{ name: '客户资产' }]);
    expect(second.tookOver).toBe(false);
    await second.stop();
  });

  it('listens on loopback alone, with a password that only the owner of the folder can read', async () => {
    const folder = join(base, 'closed');
    const postgres = await open(folder);
    const [row] = await ask<{ listen: string; sockets: string }>(
      postgres.url,
      `select current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as sockets`,
    );
    expect(row).toEqual({ listen: '127.0.0.1', sockets: '' });
    expect(statSync(join(folder, 'secret.json')).mode & 0o777).toBe(0o600);
    const wrong = postgres.url.replace(postgres.secret, 'guess');
    await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await postgres.stop();
  });

  it('is refused to a second program, who may join it though', async () => {
    const folder = join(base, 'shared');
    const postgres = await open(folder);
    await expect(open(folder)).rejects.toMatchObject({ code: 'postgres.folder_in_use' });
    const other = await otherProgram(folder);
    expect(other.line).toBe('postgres.folder_in_use');
    const running = await findRunningPostgres(folder);
    expect(running?.url).toBe(postgres.url);
    await postgres.stop();
  });

  it('comes back on the same port after a kill -9 of all its processes, with every acknowledged row', async () => {
    const folder = join(base, 'killed');
    const told: string[] = [];
    const postgres = await openPostgres({
      folder,
      settings: { shared_buffers: '64MB' },
      onTrouble: (what) => told.push(what),
    });
    await ask(postgres.url, 'create table t (id int)');
    for (let round = 1; round <= 3; round++) {
      await ask(postgres.url, `insert into t values (${round})`);
      process.kill(pidOf(folder), 'SIGKILL');
      await until(() => told.filter((what) => what === 'restarted').length === round);
      const [row] = await ask<{ count: number }>(postgres.url, 'select count(*)::int as count from t');
      expect(row?.count).toBe(round);
    }
    await postgres.stop();
  }, 120_000);

  it('of a program that was killed ends with it, and nothing that it acknowledged is lost', async () => {
    const folder = join(base, 'orphan');
    const { child, line } = await otherProgram(folder);
    await ask(line, 'create table t (id int)');
    await ask(line, 'insert into t values (1)');
    child.kill('SIGKILL');
    const postgres = await open(folder);
    expect(await ask(postgres.url, 'select id from t')).toEqual([{ id: 1 }]);
    await postgres.stop();
  }, 60_000);

  it('that nobody ended when its program died is ended by the next one', async () => {
    const folder = join(base, 'left');
    const { child, line } = await otherProgram(folder);
    const pid = pidOf(folder);
    // Stopped, it cannot act on the signal of its parent's death; afterwards it goes on as an orphan would.
    process.kill(pid, 'SIGSTOP');
    child.kill('SIGKILL');
    const kill = process.kill.bind(process);
    const told = vi.spyOn(process, 'kill').mockImplementation((target, signal) => {
      kill(target, signal);
      return target === pid && signal === 'SIGINT' ? kill(pid, 'SIGCONT') : true;
    });
    const postgres = await open(folder);
    told.mockRestore();
    expect(postgres.tookOver).toBe(true);
    expect(postgres.url).not.toBe(line);
    expect(isAlive(pid)).toBe(false);
    await postgres.stop();
  }, 60_000);

  it('is not kept away by a pid that another program has now', async () => {
    const folder = join(base, 'reused');
    await (await open(folder)).stop();
    writeFileSync(join(folder, 'cluster', 'postmaster.pid'), `${process.pid}\n/\n1\n1\n\n\n\nready\n`);
    const postgres = await open(folder);
    expect(postgres.tookOver).toBe(false);
    await postgres.stop();
  });

  it('makes its cluster again when the first attempt was broken off', async () => {
    const folder = join(base, 'broken');
    mkdirSync(join(folder, 'cluster.new'), { recursive: true });
    writeFileSync(join(folder, 'cluster.new', 'PG_VERSION'), '18');
    const postgres = await open(folder);
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  it('touches no folder that holds something else, and none of another version', async () => {
    const folder = join(base, 'foreign');
    mkdirSync(join(folder, 'cluster'), { recursive: true });
    writeFileSync(join(folder, 'cluster', 'letter.txt'), 'mine');
    await expect(open(folder)).rejects.toMatchObject({ code: 'postgres.folder_not_ours' });
    expect(readFileSync(join(folder, 'cluster', 'letter.txt'), 'utf8')).toBe('mine');
    writeFileSync(join(folder, 'cluster', 'PG_VERSION'), '15\n');
    await expect(open(folder)).rejects.toMatchObject({
      code: 'postgres.version_differs',
      params: { found: '15', wanted: '18' },
    });
  });

  it.runIf(isRoot)('runs as another user under root, and below a folder that is closed to them', async () => {
    const closed = join(base, 'closed to others');
    mkdirSync(closed, { mode: 0o700 });
    const folder = join(closed, 'inside');
    const postgres = await open(folder);
    expect(statSync(`/proc/${pidOf(folder)}`).uid).not.toBe(0);
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(statSync(closed).mode & 0o777).toBe(0o700);
  });
});
