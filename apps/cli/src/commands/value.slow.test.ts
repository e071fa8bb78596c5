import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const kezi = resolve(import.meta.dirname, '../../bin/kezi.js');
const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
);
const cdnow = join(data, 'cdnow/CDNOW_sample.txt');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi cli 命令行-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `interruptAtWork`: Ctrl+C as soon as the program puts something into this folder for temporary files. */
function run(args: readonly string[], language = 'en_US.UTF-8', interruptAtWork?: string): Promise<Outcome> {
  return new Promise((done, fail) => {
    const temporary = interruptAtWork === undefined ? {} : { TMPDIR: interruptAtWork };
    const env = { ...process.env, LANG: language, LC_ALL: '', KEZI_LANG: '', ...temporary };
    const child = spawn(process.execPath, [kezi, 'value', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const outcome: Outcome = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (piece: Buffer) => (outcome.stdout += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (outcome.stderr += piece.toString()));
    child.on('error', fail);
    const watch =
      interruptAtWork === undefined
        ? undefined
        : setInterval(() => {
            if (readdirSync(interruptAtWork).length === 0) return;
            clearInterval(watch);
            child.kill('SIGINT');
          }, 20);
    child.on('close', (code) => {
      clearInterval(watch);
      done({ ...outcome, code });
    });
  });
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const header = '客户编号,下单日期,金额\n';

describe('kezi value as a process', () => {
  it('prints one line of JSON on a pipe, notes on stderr, and ends with 0', async () => {
    const orders = await file('订单.csv', `${header}A,2024-01-01,10\nA,2024-02-01,20\nB,2024-01-15,5\n`);
    const out = join(folder, 'o.csv');
    const { code, stdout, stderr } = await run([orders, '--out', out]);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').length).toBe(1);
    const report = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining([
        'asOf',
        'timeUnit',
        'rows',
        'customers',
        'orders',
        'triples',
        'model',
        'spendModel',
        'totals',
        'columns',
        'seconds',
        'peakMemoryMb',
      ]),
    );
    expect(report).toMatchObject({
      rows: { read: 3, accepted: 3, rejected: 0 },
      customers: 2,
      model: { name: expect.any(String) as string, converged: expect.any(Boolean) as boolean },
      seconds: { read: expect.any(Number) as number, write: expect.any(Number) as number },
    });
    expect(stderr).toContain('customer = 客户编号');
    expect((await readFile(out, 'utf8')).split('\n').length).toBe(4);
  });

  it('ends with 3 when rows were rejected, and speaks Chinese by default', async () => {
    const orders = await file('o.csv', `${header}A,2024-01-01,10\n,2024-02-01,20\nB,2024-01-15,5\n`);
    const { code, stdout, stderr } = await run([orders, '--format', 'table'], 'C');
    expect(code).toBe(3);
    expect(stdout).toContain('客户数');
    expect(stderr).toContain('没有客户编号');
  });

  it('ends with 2 and a question when dates are ambiguous, and with 2 for bad usage', async () => {
    const orders = await file('o.csv', `${header}A,01/02/2024,10\nB,03/04/2024,20\n`);
    const asked = await run([orders]);
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toContain('dmy, mdy');
    expect((await run([orders, '--date-format', 'dmy'])).code).toBe(0);
    expect((await run([orders, '--nonsense'])).code).toBe(2);
    expect((await run([])).code).toBe(2);
    expect((await run([orders, '--customer', 'Kunde'])).code).toBe(2);
  });

  it('ends with 1 when the file is missing, empty, or the disk is full', async () => {
    const missing = await run([join(folder, 'no.csv')]);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('[tabular.file_missing]');
    expect((await run([await file('e.csv', '')])).stderr).toContain('[tabular.empty_file]');
    expect((await run([await file('h.csv', header)])).stderr).toContain('[tabular.header_only]');
    const orders = await file('o.csv', `${header}A,2024-01-01,10\nB,2024-02-01,20\n`);
    const out = join(folder, 'full.csv');
    await symlink('/dev/full', out);
    const full = await run([orders, '--out', out]);
    expect(full.code).toBe(1);
    expect(full.stderr).toContain('[valuation.disk_full]');
  });

  it('does not write over what it reads, nor over its own results', async () => {
    const orders = await file(
      'orders.csv',
      'customer,date,amount\nA,2024-01-01,1\nA,2024-02-01,2\nB,2024-01-05,x\n',
    );
    const link = join(folder, 'link.csv');
    await symlink(orders, link);
    const both = join(folder, 'both.csv');
    const names = ['--customer', 'customer', '--date', 'date', '--amount', 'amount'];
    for (const written of [
      ['--out', orders],
      ['--out', link],
      ['--rejects', orders],
      ['--out', both, '--rejects', both],
    ]) {
      const refused = await run([orders, ...names, ...written]);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('[cli.written_twice]')]);
    }
    expect(await readFile(orders, 'utf8')).toContain('A,2024-02-01,2');
    expect(existsSync(both)).toBe(false);
  });

  it.skipIf(!existsSync(cdnow))('says that NBD was asked for, not that nobody leaves', async () => {
    const { code, stderr } = await run([
      cdnow,
      '--customer',
      '2',
      '--date',
      '3',
      '--amount',
      '5',
      '--model',
      'nbd',
    ]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('NBD, as you asked')]);
    expect(stderr).not.toContain('Nobody can be seen to leave');
  });

  it('stops on Ctrl+C with 130 and leaves nothing half written', async () => {
    const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + (i % 1500))).toISOString().slice(0, 10);
    const rows = Array.from({ length: 400_000 }, (_, i) => `C${i % 9973} ,${day(i * 7)},${i % 100}.5\n`);
    const orders = await file('big.csv', header + rows.join(''));
    const work = join(folder, 'work');
    await mkdir(work);
    const { code, stderr } = await run([orders, '--out', join(folder, 'o.csv')], 'en_US', work);
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted');
    expect(await readdir(folder)).toEqual(['big.csv', 'work']);
    expect(await readdir(work)).toEqual([]);
  });

  it.skipIf(!existsSync(cdnow))('values CDNOW by column numbers', async () => {
    const { code, stdout, stderr } = await run([
      cdnow,
      '--customer',
      '2',
      '--date',
      '3',
      '--amount',
      '5',
      '--as-of',
      '1997-09-30',
      '--model',
      'bg-nbd',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      customers: 2357,
      triples: 1016,
      model: { name: 'bg-nbd', converged: true },
    });
    expect(stderr).not.toContain('Guessed');
  });
});
