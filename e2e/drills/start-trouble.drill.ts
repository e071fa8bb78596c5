import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { makeDataFolder, removeDataFolder, runProgram } from '../support/program.js';
import { drill } from './run-drill.js';

const english = { LANG: 'en_US.UTF-8', KEZI_LOG_LEVEL: 'error' };

describe('a start that meets trouble', () => {
  let company: DrillCompany;
  beforeAll(async () => {
    company = await openDrillCompany();
  });
  afterAll(() => company?.end());

  drill({
    name: 'a PostgreSQL left behind by kill -9 is taken over, and everything is still there',
    points: { short: 2, long: 40 },
    secondsEach: 30,
    async strike(seed) {
      const customerNo = `S${seed}-${Date.now()}`;
      const made = await company.api.post('/customers', { customerNo, name: 'taken over' });
      expect(made.status).toBe(201);
      await company.killServer();
      // Its PostgreSQL is still there or on its way out; either way the folder is not free yet.
      await company.start();
      const found = await company.api.get<{ items: { customerNo: string }[] }>(
        `/customers?q=${encodeURIComponent(customerNo)}`,
      );
      expect(found.status).toBe(200);
      const rows = await company.query('select 1 from customer where customer_no = $1', [customerNo]);
      expect(rows.length).toBe(1);
    },
  });

  it('a second server on the same folder refuses in words, and the first goes on', async () => {
    const { code, notes } = await runProgram(['serve', '--port', '0', '--data', company.folder], english);
    expect(code).not.toBe(0);
    expect(notes).toContain('postgres.folder_in_use');
    expect(notes).toContain(company.folder);
    expect((await company.api.get('/customers')).status).toBe(200);
  });

  it('a port that is taken is refused in words, and leaves no process behind', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const folder = await makeDataFolder();
    try {
      const { code, notes } = await runProgram(['serve', '--port', String(port), '--data', folder], english);
      expect(code).not.toBe(0);
      expect(notes).toContain('app.port_in_use');
      expect(notes).toContain(String(port));
    } finally {
      other.close();
      await removeDataFolder(folder);
    }
  });

  it('a data folder that cannot be made is refused in words', async () => {
    const folder = await makeDataFolder();
    try {
      // A file where a folder should be holds for root too, whom no permission stops.
      await writeFile(join(folder, 'taken'), '');
      const { code, notes } = await runProgram(
        ['serve', '--port', '0', '--data', join(folder, 'taken', 'data')],
        english,
      );
      expect(code).not.toBe(0);
      expect(notes).toContain('app.data_folder_refused');
    } finally {
      await removeDataFolder(folder);
    }
  });

  it.skipIf(process.getuid?.() === 0)(
    'a data folder that may not be written to is refused in words',
    async () => {
      const folder = await makeDataFolder();
      const closed = join(folder, 'closed');
      await mkdir(closed);
      await chmod(closed, 0o500);
      try {
        const { code, notes } = await runProgram(['serve', '--port', '0', '--data', closed], english);
        expect(code).not.toBe(0);
        expect(notes).toContain('app.data_folder_refused');
      } finally {
        await chmod(closed, 0o700);
        await removeDataFolder(folder);
      }
    },
  );

  it('a database that a newer program has upgraded is refused in words and left as it is', async () => {
    const newer = '2999010100_from_the_future';
    await company.query(`insert into kysely_migration (name, timestamp) values ($1, '2999-01-01')`, [newer]);
    await company.killServer();
    const { code, notes } = await runProgram(['serve', '--port', '0', '--data', company.folder], english);
    expect(code).not.toBe(0);
    expect(notes).toContain('app.database_newer');
    expect(notes).toContain(newer);
  });
});
