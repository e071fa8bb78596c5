import { noticePage, type CustomerTier, type TierPolicy, type TierRun, type TierSet } from '@kezi/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { made } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { administrator, director, manager, member } = server.users;

let tiers: TierSet['tiers'];
const customerIds: number[] = [];

beforeAll(async () => {
  for (let i = 0; i < 4; i++) customerIds.push((await made(member)).customerId as number);
  const { tierPolicyId, tierSetId, rowVersion } = (
    await director.post<TierPolicy>('/tiers/start', { template: 'finance' })
  ).body;
  const run = await director.post<TierRun>(`/tiers/policies/${tierPolicyId}/publish`, { rowVersion });
  await server.runJobs();
  await director.post(`/tiers/runs/${run.body.tierRunId}/enforce`, {});
  await server.runJobs();
  const { items } = (await director.get<{ items: TierSet[] }>('/tiers/sets')).body;
  tiers = items.find((set) => set.tierSetId === tierSetId)!.tiers;
});

/** Another tier than the customer has, asked for by the manager. */
async function askFor(customerId: number): Promise<number> {
  const { tier } = (await director.get<CustomerTier>(`/customers/${customerId}/tier`)).body;
  const wanted = tiers.find(({ tierId }) => tierId !== tier?.tierId)!;
  const wish = { tierId: wanted.tierId, reason: '年度大单在谈', expiresOn: '2026-06-01' };
  const { body } = await manager.post<{ tierDecisionId: number }>(
    `/customers/${customerId}/tier/override`,
    wish,
  );
  return body.tierDecisionId;
}

async function newTo(client: TestClient): Promise<(string | number | null)[][]> {
  await server.runJobs();
  const { items } = noticePage.parse((await client.get('/me/notices?unread=true')).body);
  await client.post('/me/notices/read', {});
  return items.map(({ kind, subjectId }) => [kind, subjectId]);
}

describe('a tier by hand', () => {
  it('is told to the owner whose customer moves, and to whoever asked for it', async () => {
    const [customerId = 0] = customerIds;
    const id = await askFor(customerId);
    await newTo(member);
    await newTo(manager);
    await director.post('/tiers/decisions/decide', { ids: [id], approve: true });
    expect(await newTo(member)).toEqual([['tier.changed', customerId]]);
    expect(await newTo(manager)).toEqual([['tier.decided', customerId]]);
    expect(await newTo(director)).toEqual([]);
  });

  it('that is refused is told to whoever asked for it, and to nobody else', async () => {
    const customerId = customerIds[1] ?? 0;
    const id = await askFor(customerId);
    await director.post('/tiers/decisions/decide', { ids: [id], approve: false, note: '理由不足' });
    expect(await newTo(manager)).toEqual([['tier.decided', customerId]]);
    expect(await newTo(member)).toEqual([]);
  });

  it('that ends is told to the owner', async () => {
    const customerId = customerIds[2] ?? 0;
    const id = await askFor(customerId);
    await administrator.post('/tiers/decisions/decide', { ids: [id], approve: true });
    await newTo(member);
    await administrator.post(`/tiers/decisions/${id}/end`, {});
    expect(await newTo(member)).toEqual([['tier.changed', customerId]]);
  });
});
