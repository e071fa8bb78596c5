import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportBatch } from '@kezi/contract';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, until, type DrillCompany } from '../support/drill-company.js';
import { makeDataFolder, removeDataFolder } from '../support/program.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importOrders, traceOfImport } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill, isLong } from './run-drill.js';
import { runEnded, startRun, traceOfRun } from './value-customers.js';

const file = (prefix: string) =>
  makeOrderFile({ seed: 9, prefix, lines: 12_000, customers: 800, badEvery: 300 });

/** What the rounds bring stays, and fifty of them must not fill it by themselves. */
const diskMb = isLong ? 2048 : 512;
/** What may be said while the disk is full. */
const fullCodes = ['app.disk_full', 'app.database_unavailable', 'valuation.disk_full'];

/** A disk of its own can be had by root alone, and not in every container. */
function mountDisk(folder: string): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=711`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch (error) {
    // mount ends with a code where it is not allowed; anything else is a defect of the drill.
    if ((error as { status?: number | null }).status === undefined) throw error;
    return false;
  }
}

/** Fills the disk until `leftMb` are left, or none where the program writes at the same time: that is no fault of its own. */
async function fill(folder: string, leftMb: number): Promise<void> {
  const ballast = await open(join(folder, 'ballast'), 'w');
  const piece = Buffer.alloc(2 ** 20);
  const leftNow = () => {
    const { bavail, bsize } = statfsSync(folder);
    return (bavail * bsize) / 2 ** 20;
  };
  try {
    while (leftNow() > leftMb + 1) await ballast.write(piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await ballast.close();
  }
}

const folder = await makeDataFolder();
const isMounted = mountDisk(folder);

describe.skipIf(!isMounted)('a full disk (needs root and leave to mount a small one)', () => {
  let company: DrillCompany;
  let round = 0;
  let unhindered = '';
  let values = '';

  beforeAll(async () => {
    company = await openDrillCompany({ folder });
    const { importBatchId } = await importOrders(company, file('REF').content);
    unhindered = await traceOfImport(company, importBatchId, 'REF');
    const run = await runEnded(company, await startRun(company));
    values = await traceOfRun(company, run.valuationRunId);
  });

  afterAll(() => company?.end());

  /** What a caller is told while the disk is full; null when it worked. */
  async function codeOf(work: () => Promise<string | null>): Promise<string | null> {
    try {
      return await work();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Every file that the list of the lake names is as it was written. */
  async function expectNoTornFile(): Promise<void> {
    const lake = join(folder, 'lake');
    const names = await readdir(lake);
    expect(names.filter((name) => name.startsWith('writing-'))).toEqual([]);
  }

  /** Room again: the program helps itself. */
  async function makeRoom(): Promise<void> {
    rmSync(join(folder, 'ballast'), { force: true });
    await until(
      'a good answer once there is room',
      async () => (await company.api.get('/customers').catch(() => ({ status: 0 }))).status === 200,
      20_000,
    );
  }

  drill({
    name: 'during an import: said in words, nothing half done, and it works once there is room',
    points: { short: 3, long: 50 },
    secondsEach: 90,
    async strike(seed) {
      const random = seeded(seed);
      const prefix = `F${++round}`;
      await fill(folder, random.whole(0, 12));
      const said = await codeOf(async () => {
        const uploaded = await company.api.upload<ImportBatch & { code?: string }>(
          '/imports?kind=orders',
          file(prefix).content,
          'orders.csv',
        );
        if (uploaded.status !== 201) return uploaded.body.code ?? 'no code';
        const id = uploaded.body.importBatchId;
        const columns = { orderId: 1, customerId: 2, orderDate: 3, amount: 4 };
        for (const step of [
          () => company.api.patch(`/imports/${id}`, { mapping: { columns, currency: 'CNY' } }),
          () => company.api.post(`/imports/${id}/start`),
        ]) {
          const { status, body } = await step();
          if (status !== 200) return body.code ?? 'no code';
        }
        for (let i = 0; i < 200; i++) {
          const { status, body } = await company.api.get<ImportBatch & { code?: string }>(`/imports/${id}`);
          if (status !== 200) return body.code ?? 'no code';
          if (body.status === 'imported') return null;
          if (body.status !== 'importing') return body.error?.code ?? 'no code';
          await sleep(50);
        }
        return 'still importing';
      });
      await makeRoom();
      if (said !== null) expect([...fullCodes, 'still importing']).toContain(said);
      // Whatever waits goes on by itself; the same file again is then all there, once.
      await until(
        'no import is under way',
        async () =>
          // A batch whose job failed for good is told as failed by its job; its own row may still say 'importing'.
          (await company.query(`select 1 from job where status in ('queued', 'running') limit 1`)).length ===
          0,
      );
      await importOrders(company, file(prefix).content);
      const [first] = await company.query<{ id: number }>(
        `select import_batch_id as id from customer_order where order_no like $1 limit 1`,
        [`${prefix}-%`],
      );
      expect(await traceOfImport(company, first?.id ?? 0, prefix)).toBe(unhindered);
      await expectInvariants(company);
    },
  });

  drill({
    name: 'during a valuation: the page keeps the run before, and the next one is whole',
    points: { short: 2, long: 50 },
    secondsEach: 90,
    async strike(seed) {
      const random = seeded(seed);
      // The rounds follow each other faster than the database clears up by itself: what they leave would fill the disk.
      await company.query('vacuum customer_score');
      const sound = await runEnded(company, await startRun(company));
      values = await traceOfRun(company, sound.valuationRunId);
      await fill(folder, random.whole(0, 6));
      const said = await codeOf(async () => {
        const run = await runEnded(company, await startRun(company, { rebuild: true }), 20_000);
        return run.status === 'published' ? null : (run.error?.code ?? 'no code');
      });
      await makeRoom();
      if (said !== null) expect(said).toMatch(/disk_full|database_unavailable|not in 20 s/);
      await until(
        'no run is under way',
        async () =>
          (await company.query(`select 1 from valuation_run where status in ('waiting', 'running') limit 1`))
            .length === 0,
      );
      await expectNoTornFile();
      const run = await runEnded(company, await startRun(company));
      expect([run.status, run.error]).toEqual(['published', null]);
      expect(await traceOfRun(company, run.valuationRunId)).toBe(values);
      await expectInvariants(company);
    },
  });
});

afterAll(async () => {
  if (isMounted) execFileSync('umount', ['-l', folder]);
  await removeDataFolder(folder);
});
