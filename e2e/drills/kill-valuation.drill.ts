import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill } from './run-drill.js';
import { runEnded, startRun, traceOfRun, watchOverview, type Watch } from './value-customers.js';

/** Two discount rates in turn, so that a page that mixed two runs would show. */
const rates = [0.1, 0.3] as const;

describe('kill -9 of the server', () => {
  let company: DrillCompany;
  const unkilled = new Map<number, { trace: string; clv: number }>();
  let unkilledMs = 0;
  let watch: Watch;

  beforeAll(async () => {
    company = await openDrillCompany();
    const { content } = makeOrderFile({ seed: 7, prefix: 'V', lines: 6000, customers: 900, badEvery: 0 });
    await importOrders(company, content);
    for (const rate of rates) {
      const began = performance.now();
      const run = await runEnded(company, await startRun(company, { discountRate: rate, rebuild: true }));
      unkilledMs = performance.now() - began;
      unkilled.set(rate, {
        trace: await traceOfRun(company, run.valuationRunId),
        clv: run.totals?.clv ?? Number.NaN,
      });
    }
    watch = watchOverview(company);
  });
  afterAll(async () => {
    await watch?.stop();
    await company?.end();
  });

  drill({
    name: 'during a valuation: readers see one run or the next, and the figures are those of an unkilled run',
    points: { short: 8, long: 300 },
    secondsEach: 40,
    async strike(seed) {
      const random = seeded(seed);
      const rate = rates[seed % 2] ?? rates[0];
      const id = await startRun(company, { discountRate: rate, rebuild: random.share() < 0.5 });
      await sleep(random.share() * unkilledMs * 1.1);
      await company.killServer();
      await company.start();
      const run = await runEnded(company, id);
      expect(run.status).toBe('published');
      expect(await traceOfRun(company, id)).toBe(unkilled.get(rate)?.trace);
    },
    async after() {
      await watch.stop();
      await expectInvariants(company);
      const known = [...unkilled.values()].map(({ clv }) => clv);
      // The page adds up in the database, the run in the program: the last digits of a float64 sum may differ.
      const isKnown = (clv: number) => known.some((one) => Math.abs(one - clv) <= 1e-9 * Math.abs(one));
      const strange = watch
        .seen()
        .filter(({ clv }) => !isKnown(clv))
        .map((sight) => ({ ...sight, known }));
      expect(JSON.stringify(strange.slice(0, 3))).toBe('[]');
      const clvOfRun = new Map<number, number>();
      for (const { runId, clv, customersOfRuns } of watch.seen()) {
        expect(clvOfRun.get(runId) ?? clv).toBe(clv);
        clvOfRun.set(runId, clv);
        expect(customersOfRuns).toBe(1);
      }
      expect(watch.seen().length).toBeGreaterThan(0);
    },
  });
});
