import type { CustomerTierHistory, TierPolicy, TierReplay, TierRun, TierSet } from '@kezi/contract';
import { expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import { fillGraded, gradedBy } from '../../../testing/tier-company.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director } = server.users;

const tierOf = async (customerId: number) => (await director.get(`/customers/${customerId}`)).body.tierName;
const historyOf = async (customerId: number) =>
  (await director.get<CustomerTierHistory>(`/customers/${customerId}/tier/history`)).body;

async function grade(): Promise<number> {
  const tiers = ['VIP', '黄金', '普通'].map((name) => ({ name, badge: 'circle' }));
  const { tierSetId } = (await director.post<TierSet>('/tiers/sets', { name: '三级', tiers })).body;
  const input = { name: '重点客户', tierSetId, definition: gradedBy() };
  const { tierPolicyId, rowVersion } = (await director.post<TierPolicy>('/tiers/policies', input)).body;
  const { tierRunId } = (
    await director.post<TierRun>(`/tiers/policies/${tierPolicyId}/publish`, { rowVersion })
  ).body;
  await server.runJobs();
  await director.post(`/tiers/runs/${tierRunId}/enforce`, {});
  await server.runJobs();
  return tierRunId;
}

async function replay(tierRunId: number): Promise<TierReplay> {
  const { body } = await director.post<{ jobId: number }>(`/tiers/runs/${tierRunId}/replay`, {});
  await server.runJobs();
  return (await director.get(`/jobs/${body.jobId}`)).body.result;
}

it('a merged customer has one tier, the other one’s history is read, and undoing gives it back', async () => {
  await fillGraded(server);
  const tierRunId = await grade();
  const idOf = (no: string) =>
    server.asSystem(async (db) => {
      const found = db.selectFrom('customer').where('customer_no', '=', no).select('customer_id');
      return (await found.executeTakeFirstOrThrow()).customer_id;
    });
  const [remains, gone] = [await idOf('C100'), await idOf('C200')];
  expect([await tierOf(remains), await tierOf(gone)]).toEqual(['普通', 'VIP']);
  const { remaining, merged } = (await director.get(`/customers/${remains}/merge?mergedId=${gone}`)).body;
  const done = await director.post(`/customers/${remains}/merge`, {
    mergedId: gone,
    rowVersion: remaining.rowVersion,
    mergedRowVersion: merged.rowVersion,
    fields: {},
  });
  expect(done.status).toBe(201);
  expect(await tierOf(remains)).toBe('普通');
  const history = await historyOf(remains);
  expect(history.items.map(({ nameThen }) => nameThen)).toEqual(['普通']);
  expect(history.former).toMatchObject([{ customerNo: 'C200', items: [{ nameThen: 'VIP', to: null }] }]);
  // Everybody ranks otherwise without the merged one: the others are compared by what was kept of them.
  expect(await replay(tierRunId)).toMatchObject({ same: true, left: 1 });
  const undone = await director.post(`/merges/${done.body.merge.customerMergeId}/undo`);
  expect(undone.status).toBe(200);
  expect([await tierOf(remains), await tierOf(gone)]).toEqual(['普通', 'VIP']);
  expect(await replay(tierRunId)).toMatchObject({ same: true, left: 0 });
  expect((await historyOf(remains)).former).toEqual([]);
  expect((await historyOf(gone)).items).toMatchObject([{ nameThen: 'VIP' }]);
});
