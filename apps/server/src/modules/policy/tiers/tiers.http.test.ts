import type {
  CustomerTier,
  TierDecision,
  TierDefinition,
  TierPolicy,
  TierPreview,
  TierRun,
  TierSet,
} from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import { addOrders, customerIdOf, fillGraded, gradedBy, tierCounts } from '../../../testing/tier-company.js';
import { keepUpWithDays } from './keep-up.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director, manager, member, administrator, stranger } = server.users;

let set: TierSet;
let run: TierRun;

async function draft(more: Partial<TierDefinition> = {}): Promise<TierPolicy> {
  const { body, status } = await director.post<TierPolicy>('/tiers/policies', {
    name: '重点客户',
    tierSetId: set.tierSetId,
    definition: gradedBy(more),
  });
  expect(status).toBe(201);
  return body;
}

async function publish(policy: TierPolicy, effectiveOn?: string): Promise<TierRun> {
  const started = await director.post<TierRun>(`/tiers/policies/${policy.tierPolicyId}/publish`, {
    rowVersion: policy.rowVersion,
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
  });
  expect(started.status).toBe(202);
  await server.runJobs();
  return (await director.get<TierRun>(`/tiers/runs/${started.body.tierRunId}`)).body;
}

async function enforce(tierRunId: number): Promise<TierRun> {
  const { status } = await director.post<TierRun>(`/tiers/runs/${tierRunId}/enforce`, {});
  expect(status).toBe(200);
  await server.runJobs();
  return (await director.get<TierRun>(`/tiers/runs/${tierRunId}`)).body;
}

const idOf = (no: string) => customerIdOf(server, no);

const countByTier = () => tierCounts(server);

beforeAll(async () => {
  await fillGraded(server);
  set = (
    await director.post<TierSet>('/tiers/sets', {
      name: '三级',
      tiers: [
        { name: 'VIP', badge: 'crown' },
        { name: '黄金', badge: 'medal' },
        { name: '普通', badge: 'circle' },
      ],
    })
  ).body;
});

describe('a policy', () => {
  it('is tried on the customers of today without keeping anything', async () => {
    const { body, status } = await director.post<TierPreview>('/tiers/preview', {
      tierSetId: set.tierSetId,
      definition: gradedBy(),
    });
    expect([status, ...body.tiers.map((tier) => tier.customers)]).toEqual([200, 10, 40, 150]);
    expect(body.moves.map((move) => move.fromTierId)).toEqual([null, null, null]);
    expect(body.weights.map(({ weight }) => Math.round(weight))).toEqual([60, 40]);
    expect(await countByTier()).toEqual({ null: 200 });
  });

  it('is tried beside another one, and says contradicting judgements with the worst pair', async () => {
    const other = await draft({ cuts: [0.1, 0.2] });
    const axes = gradedBy().axes.map((axis) => ({
      ...axis,
      weighing: 'ahp' as const,
      judgements: [3, 5, 1 / 9],
      indicators: [...axis.indicators, { feature: 'custom:评分', weight: 0 }],
    }));
    const { body, status } = await director.post<TierPreview>('/tiers/preview', {
      tierSetId: set.tierSetId,
      definition: { ...gradedBy(), axes },
      againstPolicyId: other.tierPolicyId,
    });
    expect(status).toBe(200);
    expect(body.fromTiers).toHaveLength(3);
    expect(body.moves.every((move) => move.fromTierId !== null)).toBe(true);
    // Side by side: what the other policy gives the same customers.
    expect(body.against.map((tier) => tier.customers)).toEqual([20, 40, 140]);
    expect(body.against[0]!.cutScore).toBeGreaterThan(body.against[1]!.cutScore!);
    expect(body.consistency[0]!.ratio).toBeGreaterThan(0.1);
    expect(body.consistency[0]!.worst).not.toBeNull();
    expect(body.doubts.some((doubt) => doubt.kind === 'contradiction')).toBe(true);
    const bad = await draft({ axes } as Partial<TierDefinition>);
    const refused = await director.post(`/tiers/policies/${bad.tierPolicyId}/publish`, { rowVersion: 1 });
    expect(refused.body.code).toBe('tiers.contradiction');
    for (const { tierPolicyId } of [bad, other]) {
      expect((await director.delete(`/tiers/policies/${tierPolicyId}`)).status).toBe(204);
    }
  });

  it('is made of indicators of a catalogue, and of fields that are numbers', async () => {
    const { body: made } = await administrator.post('/custom-fields', { name: '装机量', kind: 'number' });
    const field = `field:${String(made.key).slice(2)}`;
    const { body } = await director.get<{ items: { key: string; name: string }[] }>('/tiers/features', {
      'accept-language': 'en-US',
    });
    const keys = body.items.map((item) => item.key);
    expect(keys).toEqual(
      expect.arrayContaining(['spend12m', 'clv', 'referrals', 'crossSellRoom', 'custom:评分', field]),
    );
    const every = keys.map((feature) => ({ feature, weight: 0 }));
    const axes = [0, 1].map((half) => ({
      key: `half ${half}`,
      name: `${half}`,
      weight: 50,
      weighing: 'critic',
      indicators: every.filter((_, i) => i % 2 === half),
    }));
    const tried = await director.post<TierPreview>('/tiers/preview', {
      tierSetId: set.tierSetId,
      definition: { ...gradedBy(), axes },
    });
    expect(tried.status).toBe(200);
    expect(tried.body.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(100, 6);
  });

  it('is refused in words where it does not hold together', async () => {
    const cases: [Partial<TierDefinition> | object, string][] = [
      [{ cuts: [0.5] }, 'tiers.cuts_count'],
      [{ cuts: [0.6, 0.6] }, 'tiers.cuts_share'],
      [{ cut: 'score', cuts: [20, 80] }, 'tiers.cuts_order'],
      [{ cut: 'count', cuts: [1.5, 3] }, 'tiers.cuts_whole'],
      [{ axes: [{ ...gradedBy().axes[0], weight: 90 }] }, 'tiers.weights_sum'],
      [
        { axes: [{ ...gradedBy().axes[0], indicators: [{ feature: 'nothing', weight: 100 }] }] },
        'tiers.feature_unknown',
      ],
      [
        {
          axes: [
            {
              ...gradedBy().axes[0],
              indicators: [
                { feature: 'clv', weight: 50 },
                { feature: 'clv', weight: 50 },
              ],
            },
          ],
        },
        'tiers.feature_twice',
      ],
      [{ axes: [{ ...gradedBy().axes[0], weighing: 'ahp', judgements: [1, 2] }] }, 'tiers.judgements_count'],
    ];
    for (const [more, code] of cases) {
      const { body } = await director.post('/tiers/preview', {
        tierSetId: set.tierSetId,
        definition: { ...gradedBy(), ...more },
      });
      expect(body.code).toBe(code);
    }
  });

  it('concerns those who see all and may write it', async () => {
    const body = { tierSetId: set.tierSetId, definition: gradedBy() };
    expect((await manager.post('/tiers/preview', body)).status).toBe(403);
    expect((await member.get('/tiers/policies')).status).toBe(200);
    await server.asSystem((db) =>
      db.updateTable('app_user').set({ scope: 'own' }).where('id', '=', director.userId).execute(),
    );
    expect((await director.post('/tiers/preview', body)).body.code).toBe('tiers.needs_all');
    await server.asSystem((db) =>
      db.updateTable('app_user').set({ scope: 'all' }).where('id', '=', director.userId).execute(),
    );
  });
});

describe('a published policy', () => {
  beforeAll(async () => {
    run = await enforce((await publish(await draft())).tierRunId);
  });

  it('puts every customer in exactly one tier, and shows it in the register', async () => {
    expect(run.status).toBe('in_force');
    expect(run.versionNo).toBe(1);
    expect(await countByTier()).toEqual({ VIP: 10, 黄金: 40, 普通: 150 });
    const vip = await director.get(`/customers?tierId=${set.tiers[0]!.tierId}&sort=tier&limit=200`);
    expect(vip.body.items).toHaveLength(10);
    expect(vip.body.items[0].tierName).toBe('VIP');
    const best = await director.get('/customers?sort=tier&order=asc&limit=11');
    expect(best.body.items.map((row: { tierName: string }) => row.tierName)).toEqual([
      ...Array.from({ length: 10 }, () => 'VIP'),
      '黄金',
    ]);
    const own = await member.get('/tiers');
    expect(own.body.tiers.map((tier: { customers: number }) => tier.customers)).toEqual([0, 0, 10]);
    expect(own.body.run.summary).toBeNull();
  });

  it('can no longer be changed, and its tiers only renamed', async () => {
    const policy = (await director.get<TierPolicy>(`/tiers/policies/${run.tierPolicyId}`)).body;
    expect(
      (
        await director.patch(`/tiers/policies/${policy.tierPolicyId}`, {
          name: 'x',
          rowVersion: policy.rowVersion,
        })
      ).body.code,
    ).toBe('tiers.not_draft');
    const removed = await director.delete(`/tiers/policies/${policy.tierPolicyId}`);
    expect(removed.body.code).toBe('tiers.not_draft');
    await expect(
      server.asSystem((db) =>
        sql`update tier_policy set definition = '{}' where tier_policy_id = ${policy.tierPolicyId}`.execute(
          db,
        ),
      ),
    ).rejects.toThrow('never changed');
  });

  it('gives the same bytes when it is replayed, also after orders have changed', async () => {
    await server.asSystem((db) => addOrders(db, 'b', '3', '5000'));
    const { body } = await director.post<{ jobId: number }>(`/tiers/runs/${run.tierRunId}/replay`, {});
    await server.runJobs();
    const job = await director.get(`/jobs/${body.jobId}`);
    expect(job.body.result).toEqual({ same: true, digest: run.digest, expected: run.digest, left: 0 });
    await server.asSystem((db) => sql`delete from customer_order where order_key like 'b%'`.execute(db));
  });

  it('says why: contributions that add up to the score, the next cut-off, and what would lift the customer', async () => {
    const id = await idOf('C185');
    const { body } = await director.get<CustomerTier>(`/customers/${id}/tier`);
    expect(body.tier!.name).toBe('黄金');
    expect(body.reasons.reduce((sum, reason) => sum + reason.contribution, 0)).toBeCloseTo(body.score!, 2);
    expect(body.next!.tier.name).toBe('VIP');
    expect(body.next!.missing).toBeCloseTo(body.next!.cutScore - body.score!, 6);
    const lever = body.reasons.find((reason) => reason.needed !== null)!;
    expect(lever.needed!.points).toBeGreaterThan(lever.points);
    expect(lever.needed!.measured!).toBeGreaterThan(lever.measured!);
    expect(body.policy).toMatchObject({ versionNo: 1, tierRunId: run.tierRunId });
    expect((await stranger.get(`/customers/${id}/tier`)).status).toBe(404);
    const [near] = (await director.get('/tiers/candidates?limit=3')).body.items;
    expect(near.missing).toBeLessThan(1);
    expect(near.lever.room).toBeGreaterThan(0);
  });

  it('asks before anybody goes down, keeps who waits, and holds what is approved from its day', async () => {
    server.clock.set('2026-03-20T02:00:00Z');
    await server.asSystem(async (db) => {
      await sql`delete from customer_order where customer_id in (select customer_id from customer where customer_no in ('C200', 'C199'))`.execute(
        db,
      );
    });
    const next = await publish(await draft({ hysteresis: 0 }), '2026-03-21');
    expect(next.summary!.held.approval).toBeGreaterThanOrEqual(2);
    const scheduled = (await director.post<TierRun>(`/tiers/runs/${next.tierRunId}/enforce`, {})).body;
    expect(scheduled.status).toBe('scheduled');
    expect((await director.post('/tiers/runs', {})).body.code).toBe('tiers.newer_conflict');
    const waiting = (
      await director.get<{ items: TierDecision[] }>('/tiers/decisions?kind=demotion&limit=200')
    ).body.items;
    const c200 = waiting.find((each) => each.customerNo === 'C200')!;
    expect(c200.fromTier!.name).toBe('VIP');
    expect(
      (await manager.post('/tiers/decisions/decide', { ids: [c200.tierDecisionId], approve: true })).status,
    ).toBe(403);
    expect(
      (
        await director.post('/tiers/decisions/decide', {
          ids: [c200.tierDecisionId],
          approve: true,
          note: '已停止合作',
        })
      ).body,
    ).toEqual({ decided: 1 });
    expect(
      (await director.post('/tiers/decisions/decide', { ids: [c200.tierDecisionId], approve: false })).body
        .code,
    ).toBe('tiers.decided');
    server.clock.set('2026-03-21T02:00:00Z');
    await keepUpWithDays(server.platform);
    await server.runJobs();
    const id = await idOf('C200');
    const on = async (day: string) =>
      (await director.get<CustomerTier>(`/customers/${id}/tier?on=${day}`)).body;
    expect((await on('2026-03-01')).tier).toBeNull();
    expect(await on('2026-03-20')).toMatchObject({
      tier: { name: 'VIP' },
      policy: { versionNo: 1 },
      source: 'policy',
    });
    expect(await on('2026-03-21')).toMatchObject({
      tier: { name: '普通' },
      policy: { versionNo: 2 },
      source: 'demotion',
    });
    const held = (await director.get<CustomerTier>(`/customers/${await idOf('C199')}/tier`)).body;
    expect(held).toMatchObject({ tier: { name: 'VIP' }, why: 'approval', since: '2026-03-02' });
    const history = (await director.get(`/customers/${id}/tier/history`)).body.items;
    expect(
      history.map((item: { from: string; to: string | null; nameThen: string }) => [
        item.from,
        item.to,
        item.nameThen,
      ]),
    ).toEqual([
      ['2026-03-21', null, '普通'],
      ['2026-03-02', '2026-03-21', 'VIP'],
    ]);
    const entry = await server.asSystem((db) =>
      sql<{
        name: string;
      }>`select tier.name from register_entry join tier using (tier_id) where customer_id = ${id}`.execute(
        db,
      ),
    );
    expect(entry.rows[0]!.name).toBe('普通');
  });

  it('keeps the name a tier had when it is renamed', async () => {
    const renamed = await director.patch<TierSet>(`/tiers/sets/${set.tierSetId}`, {
      rowVersion: set.rowVersion,
      tiers: [{ tierId: set.tiers[2]!.tierId, name: '标准', badge: 'circle' }],
    });
    expect(renamed.body.tiers[2]!.name).toBe('标准');
    const { body } = await director.get<CustomerTier>(`/customers/${await idOf('C200')}/tier?on=2026-03-21`);
    expect(body).toMatchObject({ tier: { name: '标准' }, nameThen: '普通' });
    expect(
      (await director.patch(`/tiers/sets/${set.tierSetId}`, { rowVersion: set.rowVersion, name: 'x' })).body
        .code,
    ).toBe('tiers.changed');
  });
});

describe('a tier by hand', () => {
  it('is asked for with a reason, approved by another, holds until its end and then gives way', async () => {
    const id = await idOf('C5');
    const gold = set.tiers[1]!.tierId;
    const wish = { tierId: gold, reason: '年度大单在谈', expiresOn: '2026-06-01' };
    expect((await member.post(`/customers/${id}/tier/override`, wish)).status).toBe(403);
    expect(
      (await manager.post(`/customers/${id}/tier/override`, { ...wish, expiresOn: '2026-03-21' })).body.code,
    ).toBe('tiers.expiry_past');
    const asked = await manager.post<{ tierDecisionId: number }>(`/customers/${id}/tier/override`, wish);
    expect(asked.status).toBe(201);
    expect((await manager.post(`/customers/${id}/tier/override`, wish)).body.code).toBe(
      'tiers.override_exists',
    );
    expect((await director.get<CustomerTier>(`/customers/${id}/tier`)).body.source).toBe('policy');
    await administrator.post('/tiers/decisions/decide', { ids: [asked.body.tierDecisionId], approve: true });
    expect((await director.get<CustomerTier>(`/customers/${id}/tier`)).body).toMatchObject({
      tier: { name: '黄金' },
      source: 'override',
      decision: { reason: '年度大单在谈', expiresOn: '2026-06-01', decidedByName: 'administrator' },
    });
    // Who decided is named to whoever sees the customer, though the administrator is of no department of theirs.
    expect((await manager.get<CustomerTier>(`/customers/${id}/tier`)).body.decision).toMatchObject({
      decidedByName: 'administrator',
    });
    server.clock.set('2026-06-01T02:00:00Z');
    await keepUpWithDays(server.platform);
    expect((await director.get<CustomerTier>(`/customers/${id}/tier`)).body).toMatchObject({
      tier: { name: '标准' },
      source: 'policy',
    });
    expect((await director.get<CustomerTier>(`/customers/${id}/tier?on=2026-05-31`)).body.source).toBe(
      'override',
    );
    const row = (await director.get(`/customers/${id}`)).body;
    expect(row.tierName).toBe('标准');
  });
});

describe('a grading run', () => {
  it('is refused while another is under way, cancelled while it waits, and one at a time is proposed', async () => {
    const first = await director.post<TierRun>('/tiers/runs', {});
    expect(first.status).toBe(202);
    expect((await director.post('/tiers/runs', {})).body.code).toBe('tiers.run_busy');
    await server.runJobs();
    const second = await director.post<TierRun>('/tiers/runs', {});
    await server.runJobs();
    expect((await director.get<TierRun>(`/tiers/runs/${first.body.tierRunId}`)).body.status).toBe(
      'withdrawn',
    );
    expect((await director.post(`/tiers/runs/${first.body.tierRunId}/enforce`, {})).body.code).toBe(
      'tiers.run_state',
    );
    const again = await enforce(second.body.tierRunId);
    expect(again.status).toBe('in_force');
    expect(Object.values(await countByTier()).reduce((sum, count) => sum + count, 0)).toBe(200);
  });
});
