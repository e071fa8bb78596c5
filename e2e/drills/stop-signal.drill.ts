import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importEnded, importOrders, startImport, traceOfImport, uploadOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill } from './run-drill.js';
import { runEnded, startRun, traceOfRun } from './value-customers.js';

const file = (prefix: string) =>
  makeOrderFile({ seed: 5, prefix, lines: 12_000, customers: 800, badEvery: 300 });

describe('SIGTERM', () => {
  let company: DrillCompany;
  let unstopped = '';
  let round = 0;
  beforeAll(async () => {
    company = await openDrillCompany();
    const { importBatchId } = await importOrders(company, file('REF').content);
    unstopped = await traceOfImport(company, importBatchId, 'REF');
  });
  afterAll(() => company?.end());

  drill({
    name: 'while it imports or values: it ends with code 0 in time, and the work goes on at the next start',
    points: { short: 2, long: 60 },
    secondsEach: 60,
    async strike(seed) {
      const random = seeded(seed);
      const prefix = `T${++round}`;
      const before = await runEnded(company, await startRun(company));
      const values = await traceOfRun(company, before.valuationRunId);
      const valuing = seed % 2 === 0;
      const id = valuing ? 0 : await uploadOrders(company, file(prefix).content);
      if (!valuing) await startImport(company, id);
      const runId = valuing ? await startRun(company, { rebuild: true }) : 0;
      await sleep(random.share() * 1500);
      const child = company.program().process;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await Promise.race([ended, sleep(20_000, ['did not end in 20 s'])])) as unknown[];
      expect(code).toBe(0);
      await company.start();
      if (valuing) {
        const run = await runEnded(company, runId);
        expect([run.status, run.error]).toEqual(['published', null]);
        expect(await traceOfRun(company, runId)).toBe(values);
      } else {
        await importEnded(company, id);
        expect(await traceOfImport(company, id, prefix)).toBe(unstopped);
      }
    },
    after: () => expectInvariants(company),
  });
});
