import { setTimeout as sleep } from 'node:timers/promises';
import type { TierPolicy, TierRun } from '@kezi/contract';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openDrillCompany, until, type DrillCompany } from '../support/drill-company.js';
import { seeded } from '../support/seeded.js';
import { expectInvariants } from './check-invariants.js';
import { importOrders } from './import-orders.js';
import { makeOrderFile } from './order-file.js';
import { drill } from './run-drill.js';

describe('kill -9 of the server', () => {
  let company: DrillCompany;
  let expected: string | null = null;
  let unkilledMs = 0;

  const send = async <Body>(path: string, body: unknown = {}): Promise<Body> => {
    const answer = await company.api.post<Body>(path, body);
    if (answer.status > 202) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  /** Waits for the run to be in one of these states; one that was cut off is begun anew at the next start. */
  const reached = (id: number, states: readonly TierRun['status'][]): Promise<TierRun> =>
    until(`grading ${id}`, async () => {
      const { status, body } = await company.api.get<TierRun>(`/tiers/runs/${id}`);
      expect(status).toBe(200);
      return states.includes(body.status) ? body : null;
    });
  const ended = ['proposed', 'failed', 'cancelled'] as const;

  beforeAll(async () => {
    company = await openDrillCompany();
    const { content } = makeOrderFile({ seed: 11, prefix: 'G', lines: 6000, customers: 4000, badEvery: 0 });
    await importOrders(company, content);
    const { tierPolicyId, rowVersion } = await send<TierPolicy>('/tiers/start', { template: 'abc' });
    const first = await send<TierRun>(`/tiers/policies/${tierPolicyId}/publish`, { rowVersion });
    await reached(first.tierRunId, ['proposed']);
    await send(`/tiers/runs/${first.tierRunId}/enforce`);
    await reached(first.tierRunId, ['in_force']);
    const began = performance.now();
    const unkilled = await reached((await send<TierRun>('/tiers/runs')).tierRunId, ended);
    unkilledMs = performance.now() - began;
    expected = unkilled.digest;
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });
  afterAll(() => company?.end());

  drill({
    name: 'during a grading: it is begun anew at the next start, and gives the result of one that was not killed',
    points: { short: 4, long: 100 },
    secondsEach: 40,
    async strike(seed) {
      const { tierRunId } = await send<TierRun>('/tiers/runs');
      await sleep(seeded(seed).share() * unkilledMs * 1.1);
      await company.killServer();
      await company.start();
      const run = await reached(tierRunId, ended);
      expect([run.status, run.digest]).toEqual(['proposed', expected]);
    },
    after: () => expectInvariants(company),
  });
});
