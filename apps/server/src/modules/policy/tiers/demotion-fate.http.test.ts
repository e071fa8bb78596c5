import type {
  CustomerTier,
  CustomerTierHistory,
  TierDecision,
  TierPolicy,
  TierRun,
  TierSet,
} from '@kezi/contract';
import { beforeAll, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import { fillGraded, gradedBy } from '../../../testing/tier-company.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director, administrator } = server.users;

let set: TierSet;

/** Puts a policy of the one set in force. */
async function graded(cuts: number[]): Promise<void> {
  const input = {
    name: '三级',
    tierSetId: set.tierSetId,
    definition: gradedBy({ cuts, hysteresis: 0 }),
  };
  const { tierPolicyId, rowVersion } = (await director.post<TierPolicy>('/tiers/policies', input)).body;
  const path = `/tiers/policies/${tierPolicyId}/publish`;
  const { tierRunId } = (await director.post<TierRun>(path, { rowVersion })).body;
  await server.runJobs();
  await director.post(`/tiers/runs/${tierRunId}/enforce`, {});
  await server.runJobs();
}

beforeAll(async () => {
  await fillGraded(server);
  const tiers = ['VIP', '黄金', '普通'].map((name) => ({ name, badge: 'circle' }));
  set = (await director.post<TierSet>('/tiers/sets', { name: '三级', tiers })).body;
  await graded([0.05, 0.2]);
});

it('says of a demotion what became of it: it waits, was refused with a reason, or was approved', async () => {
  await graded([0.01, 0.05]);
  const { items } = (await director.get<{ items: TierDecision[] }>('/tiers/decisions?kind=demotion')).body;
  const [one, other, third] = items as [TierDecision, TierDecision, TierDecision];
  // Whoever started the run asked for nothing by hand: its demotions are theirs to decide too.
  expect(items.some(({ isOwn }) => isOwn)).toBe(false);
  const decide = (which: TierDecision, more: object) =>
    administrator.post('/tiers/decisions/decide', { ids: [which.tierDecisionId], ...more });
  await decide(one, { approve: false, note: '年度框架在谈' });
  await decide(other, { approve: true });
  const tierOf = async ({ customerId }: TierDecision) =>
    (await director.get<CustomerTier>(`/customers/${customerId}/tier`)).body;
  const by = { decidedByName: 'administrator' };
  expect(await tierOf(one)).toMatchObject({
    tier: { tierId: one.fromTier?.tierId },
    why: 'approval',
    demotion: { status: 'refused', note: '年度框架在谈', ...by },
  });
  expect(await tierOf(other)).toMatchObject({
    tier: { tierId: other.toTier.tierId },
    demotion: { status: 'approved', note: null, ...by },
  });
  expect((await tierOf(third)).demotion).toEqual({ status: 'waiting', note: null, decidedByName: null });
  const history = `/customers/${one.customerId}/tier/history`;
  expect((await director.get<CustomerTierHistory>(history)).body.items[0]).toMatchObject({
    source: 'policy',
    note: '年度框架在谈',
    refusedByName: 'administrator',
  });
});
