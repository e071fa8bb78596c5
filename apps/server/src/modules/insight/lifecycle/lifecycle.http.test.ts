import {
  customerStages,
  lifecycleCohorts,
  lifecycleOverview,
  stageTrial,
  usualStageRules,
} from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer();
const { users } = server;

const day = (ago: number): string =>
  new Date(Date.parse('2026-03-01') - ago * 86_400_000).toISOString().slice(0, 10);

/** A customer who ordered every 14 days over a year, until so many days ago. */
async function every14(client: TestClient, silentFor: number): Promise<number> {
  const { customerId } = await made(client);
  for (let ago = silentFor; ago < 365; ago += 14) await orderOf(server, customerId, day(ago), 100_00);
  return customerId as number;
}

const run = async () => {
  await server.asSystem((db) => emitEvent(db, 'night.began', {}));
  await server.runJobs();
};

const stagesOf = async (client: TestClient, customerId: number) => {
  const { status, body } = await client.get(`/customers/${customerId}/stages`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return customerStages.parse(body);
};

const steady = await every14(users.member, 3);
const silent = await every14(users.member, 70);
const fresh = (await made(users.member)).customerId as number;
const theirs = await every14(users.stranger, 3);

describe('stages', () => {
  it('are worked out at night, with the year before at the first time', async () => {
    await run();
    expect((await stagesOf(users.member, steady)).now).toMatchObject({
      stage: 'mature',
      reason: 'on-rhythm',
    });
    const path = (await stagesOf(users.member, silent)).items.map(({ stage }) => stage);
    // 28 days of patience: beyond them twice after 56 days; the ends of the months saw him at risk before.
    expect(path[0]).toBe('dormant');
    expect(path).toContain('mature');
    const stays = (await stagesOf(users.member, silent)).items;
    // Each begins on the day on which the one before ended.
    expect(stays.slice(1).map(({ leftOn }) => leftOn)).toEqual(
      stays.slice(0, -1).map(({ enteredOn }) => enteredOn),
    );
  });

  it('of somebody without orders is prospect, as soon as there is a valuation', async () => {
    await publish(server, day(0), [{ customerId: steady, pAlive: 0.2, spend: 100, clv: 500 }]);
    await run();
    expect((await stagesOf(users.member, fresh)).now).toMatchObject({
      stage: 'prospect',
      reason: 'no-order',
    });
    // A low chance of staying puts at risk who orders on time.
    expect((await stagesOf(users.member, steady)).now).toMatchObject({
      stage: 'at-risk',
      reason: 'low-chance',
      evidence: { pAlive: 0.2 },
    });
  });

  it('do not change when they are worked out again', async () => {
    const before = await stagesOf(users.member, silent);
    await run();
    expect(await stagesOf(users.member, silent)).toEqual(before);
  });

  it('are pinned by a person and freed again', async () => {
    const note = '老板说要特别照顾';
    const pinned = await users.member.post(`/customers/${silent}/stages/pin`, { stage: 'growing', note });
    expect(pinned.body.now).toMatchObject({ stage: 'growing', reason: 'pinned', pinNote: note });
    await run();
    expect((await stagesOf(users.member, silent)).now).toMatchObject({ stage: 'growing' });
    const freed = await users.member.delete(`/customers/${silent}/stages/pin`);
    expect(freed.body.now).toMatchObject({
      stage: 'growing',
      pinNote: note,
      pinReleasedOn: expect.any(String),
    });
    const again = await users.member.delete(`/customers/${silent}/stages/pin`);
    expect([again.status, again.body.code]).toEqual([422, 'lifecycle.pin_missing']);
    await run();
    expect((await stagesOf(users.member, silent)).now).toMatchObject({ stage: 'dormant' });
  });

  it('are those of customers whom the reader sees', async () => {
    expect((await users.member.get(`/customers/${theirs}/stages`)).body.code).toBe('customers.not_found');
    const count = async (client: TestClient) => {
      const overview = lifecycleOverview.parse((await client.get('/lifecycle')).body);
      return overview.stages.reduce((sum, { customers }) => sum + customers, 0);
    };
    expect([await count(users.member), await count(users.director)]).toEqual([3, 4]);
  });

  it('flow from one to the other, and the rates follow from the flows', async () => {
    const { flows, rates, since } = lifecycleOverview.parse(
      (await users.director.get('/lifecycle?days=90')).body,
    );
    expect(since).toBe('2025-12-02');
    const moved = flows.map(({ from, to, customers }) => `${from} ${to} ${customers}`).sort();
    expect(moved).toEqual(['mature at-risk 1', 'mature dormant 1', 'mature mature 1']);
    expect(rates).toEqual({ retention: 1 / 3, churn: 1 / 3, winBack: null });
  });

  it('and cohorts tell who came back in which quarter, and what it brought', async () => {
    const { items, unfinishedUntil } = lifecycleCohorts.parse(
      (await users.member.get('/lifecycle/cohorts')).body,
    );
    expect(items).toMatchObject([{ cohort: '2025Q1', customers: 2, retention: [1, 1, 1, 1, 0.5] }]);
    expect(items[0]?.amountMinor.at(-1)).toBeGreaterThan(0);
    // Its last quarter goes on: half of them is not yet what it will be.
    expect(unfinishedUntil).toBe('2026-02-26');
  });
});

describe('the rules of stages', () => {
  const rulesOf = async (client: TestClient) => (await client.get('/lifecycle/rules')).body;

  it('are the program’s own until somebody changes them, and then in an order that holds together', async () => {
    expect(await rulesOf(users.member)).toEqual({ ...usualStageRules, rowVersion: 0, changedOn: null });
    const mixed = { ...usualStageRules, dormantTimes: 3, lostTimes: 2 };
    for (const refused of [
      await users.director.put('/lifecycle/rules', { ...mixed, rowVersion: 0 }),
      await users.director.post('/lifecycle/rules/trial', mixed),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([422, 'lifecycle.times_order']);
    }
    const never = { ...usualStageRules, newDays: 0, rowVersion: 0 };
    expect((await users.director.put('/lifecycle/rules', never)).status).toBe(400);
  });

  it('are tried before they are kept: who would stand elsewhere, and nobody does', async () => {
    const before = await stagesOf(users.member, silent);
    // 70 days of silence are 2.5 times the 28 days of patience.
    const patient = { ...usualStageRules, dormantTimes: 3, lostTimes: 4, lowChance: 0.1 };
    const { body } = await users.director.post('/lifecycle/rules/trial', patient);
    await server.runJobs();
    const { result } = (await users.director.get(`/jobs/${body.jobId}`)).body;
    const { customers, moves } = stageTrial.parse(result);
    expect(customers).toBe(4);
    const moved = moves.filter(({ from, to }) => from !== to);
    expect(moved.map(({ from, to, customers: count }) => `${from} ${to} ${count}`).sort()).toEqual([
      'at-risk mature 1',
      'dormant at-risk 1',
    ]);
    expect(await stagesOf(users.member, silent)).toEqual(before);
  });

  it('hold from the day on which they are saved; what stages were before stays', async () => {
    const before = (await stagesOf(users.member, silent)).items;
    const patient = { ...usualStageRules, dormantTimes: 3, lostTimes: 4 };
    const saved = await users.director.put('/lifecycle/rules', { ...patient, rowVersion: 0 });
    expect(saved.body).toMatchObject({ dormantTimes: 3, rowVersion: 1, changedOn: expect.any(String) });
    const late = await users.director.put('/lifecycle/rules', { ...patient, rowVersion: 0 });
    expect([late.status, late.body.code]).toEqual([409, 'lifecycle.rules_changed']);
    await server.runJobs();
    const [now, last, ...older] = (await stagesOf(users.member, silent)).items;
    expect(now).toMatchObject({ stage: 'at-risk', reason: 'beyond-longest-gap' });
    // By the new rules it would have been at risk for weeks: of the past nothing is said anew.
    expect(last).toMatchObject({ stage: 'dormant', leftOn: now?.enteredOn });
    expect([{ ...last, leftOn: null }, ...older]).toEqual(before);
  });
});
