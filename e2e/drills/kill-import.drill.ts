import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importEnded, importOrders, startImport, traceOfImport, uploadOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill } from './run-drill.js';

const file = (prefix: string) =>
  makeOrderFile({ seed: 20_240_102, prefix, lines: 7000, customers: 600, badEvery: 200 });

describe('kill -9 of the server', () => {
  let company: DrillCompany;
  let unkilled = '';
  let unkilledMs = 0;
  let round = 0;
  const readyMs: number[] = [];

  beforeAll(async () => {
    company = await openDrillCompany();
    const { content, lines, badLines } = file('REF');
    const id = await uploadOrders(company, content);
    const began = performance.now();
    await startImport(company, id);
    const { counts } = await importEnded(company, id);
    unkilledMs = performance.now() - began;
    expect(counts).toMatchObject({ read: lines, rejected: badLines.length });
    unkilled = await traceOfImport(company, id, 'REF');
  });
  afterAll(() => company.end());

  drill({
    name: 'during an import: it goes on, and leaves what an unkilled one leaves',
    points: { short: 12, long: 300 },
    secondsEach: 30,
    async strike(seed) {
      const random = seeded(seed);
      const prefix = `P${String(++round).padStart(2, '0')}`;
      const id = await uploadOrders(company, file(prefix).content);
      await startImport(company, id);
      await sleep(random.share() * unkilledMs * 1.1);
      await company.killServer();
      readyMs.push(await company.start());
      await importEnded(company, id);
      expect(await traceOfImport(company, id, prefix)).toBe(unkilled);
      if (seed % 5 === 1) {
        const again = await importOrders(company, file(prefix).content);
        expect(again.counts?.records['orders']).toMatchObject({ added: 0, changed: 0 });
      }
    },
    async after() {
      await expectInvariants(company);
      const worst = Math.max(...readyMs);
      const middle = readyMs.sort((a, b) => a - b)[Math.floor(readyMs.length / 2)] ?? 0;
      process.stdout.write(
        `drill: ready after a kill: median ${Math.round(middle)} ms, worst ${Math.round(worst)} ms; import unkilled ${Math.round(unkilledMs)} ms\n`,
      );
    },
  });
});
