import type {
  CustomerTier,
  CustomerTierHistory,
  TierDecision,
  TierPolicy,
  TierPreview,
  TierRun,
  TierSet,
} from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import { customerIdOf, fillGraded, gradedBy, tierCounts } from '../../../testing/tier-company.js';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { indicatorSql } from './tier-features.js';
import { gradeJob } from './tiers.jobs.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { director, member, administrator } = server.users;

let set: TierSet;

const idOf = (no: string) => customerIdOf(server, no);

/** Writes, publishes and puts in force a policy of a set of its own. */
async function graded(name: string, tiers: string[], cuts: number[]): Promise<TierSet> {
  const made = await director.post<TierSet>('/tiers/sets', {
    name,
    tiers: tiers.map((each) => ({ name: each, badge: 'circle' })),
  });
  const { tierSetId } = made.body;
  const input = { name, tierSetId, definition: gradedBy({ cuts }) };
  const { tierPolicyId, rowVersion } = (await director.post<TierPolicy>('/tiers/policies', input)).body;
  const { tierRunId } = (
    await director.post<TierRun>(`/tiers/policies/${tierPolicyId}/publish`, { rowVersion })
  ).body;
  await server.runJobs();
  await director.post(`/tiers/runs/${tierRunId}/enforce`, {});
  await server.runJobs();
  return made.body;
}

beforeAll(async () => {
  await fillGraded(server);
  set = await graded('三级', ['VIP', '黄金', '普通'], [0.05, 0.2]);
});

it('names who would move by another, those worth most, also those who wait for approval', async () => {
  const tried = async (more: object) => {
    const definition = { ...gradedBy({ cuts: [0.01, 0.05] }), ...more };
    const { body } = await director.post<TierPreview>('/tiers/preview', {
      tierSetId: set.tierSetId,
      definition,
    });
    return body;
  };
  const strict = await tried({ demotionApproval: 'none' });
  expect(strict.movers.up).toEqual([]);
  expect(strict.movers.down).toHaveLength(10);
  expect(strict.movers.down.map(({ clv }) => clv)).toEqual(
    strict.movers.down.map(({ clv }) => clv).sort((a, b) => b - a),
  );
  expect(strict.movers.down.every(({ needsApproval, toTierId }) => !needsApproval && toTierId > 0)).toBe(
    true,
  );
  const asked = await tried({ demotionApproval: 'all' });
  expect(asked.movers.down.map(({ customerNo }) => customerNo)).toEqual(
    strict.movers.down.map(({ customerNo }) => customerNo),
  );
  expect(asked.movers.down.every(({ needsApproval }) => needsApproval)).toBe(true);
});

it('leaves out of the reasons what is kept from the reader', async () => {
  const id = await idOf('C5');
  await administrator.put('/wall', {
    fields: [{ role: 'member', field: 'amounts', mode: 'hidden' }],
    limits: [],
  });
  const { body } = await member.get<CustomerTier>(`/customers/${id}/tier`);
  expect(body.keptBack).toBe(1);
  expect(body.reasons.map((reason) => reason.feature)).toEqual(['orders12m']);
  const { items } = (await member.get('/tiers/candidates')).body;
  expect(items.every((item: { lever: { feature: string } }) => item.lever.feature !== 'spend12m')).toBe(true);
  await administrator.put('/wall', { fields: [], limits: [] });
  expect((await member.get<CustomerTier>(`/customers/${id}/tier`)).body.keptBack).toBe(0);
});

it('names axes and indicators as the reader does where a policy does not hold together', async () => {
  const axis = gradedBy().axes[0]!;
  const tried = (definition: object) =>
    director.post('/tiers/policies', { name: '试', tierSetId: set.tierSetId, definition });
  const twice = [0, 1].map(() => ({ feature: 'clv', weight: 50 }));
  const refused = await tried({ ...gradedBy(), axes: [{ ...axis, indicators: twice }] });
  expect(refused.body).toMatchObject({ code: 'tiers.feature_twice', params: { feature: '客户终身价值' } });
  const axes = ['收入', '深度', '潜力'].map((name, i) => ({
    ...axis,
    key: `axis-${i}`,
    name,
    weight: 0,
    indicators: [{ feature: ['clv', 'orders12m', 'tenure'][i]!, weight: 100 }],
  }));
  const { body } = await tried({
    ...gradedBy(),
    axes,
    axisWeighing: 'ahp',
    axisJudgements: [9, 1 / 9, 9],
  });
  const published = await director.post(`/tiers/policies/${body.tierPolicyId}/publish`, { rowVersion: 1 });
  expect(published.body).toMatchObject({
    code: 'tiers.contradiction',
    params: { of: '收入 · 深度 · 潜力', first: '收入', second: '潜力' },
  });
});

it('is known up to today; what follows a tier by hand is no history yet, nor is who has one a candidate', async () => {
  const id = await idOf('C150');
  const candidates = async () =>
    (await director.get('/tiers/candidates?limit=200')).body.items.map(
      (each: { customerNo: string }) => each.customerNo,
    );
  expect(await candidates()).toContain('C150');
  const ahead = await director.get(`/customers/${id}/tier?on=2026-03-03`);
  expect(ahead.body).toMatchObject({
    code: 'tiers.day_ahead',
    params: { on: '2026-03-03', today: '2026-03-02' },
  });
  const wish = { tierId: set.tiers[1]!.tierId, reason: '大单在谈', expiresOn: '2026-12-01' };
  const { body } = await administrator.post(`/customers/${id}/tier/override`, wish);
  const { items } = (await director.get<CustomerTierHistory>(`/customers/${id}/tier/history`)).body;
  expect(items.map(({ from, to, nameThen }) => [from, to, nameThen])).toEqual([
    ['2026-03-02', '2026-12-01', '黄金'],
  ]);
  expect(await candidates()).not.toContain('C150');
  await administrator.post(`/tiers/decisions/${body.tierDecisionId}/end`);
});

it('begun twice from one tier set has a name of its own each time', async () => {
  const begun = async () => (await director.post<TierPolicy>('/tiers/start', { template: 'abc' })).body.name;
  const [first, second] = [await begun(), await begun()];
  expect(second).toBe(`${first} 2`);
});

it('that was accepted for a later day is given up until then', async () => {
  const { tierSetId } = set;
  const definition = gradedBy({ cuts: [0.1, 0.3] });
  const made = (await director.post<TierPolicy>('/tiers/policies', { name: '改过', tierSetId, definition }))
    .body;
  const { tierRunId } = (
    await director.post<TierRun>(`/tiers/policies/${made.tierPolicyId}/publish`, {
      rowVersion: made.rowVersion,
      effectiveOn: '2026-04-01',
    })
  ).body;
  await server.runJobs();
  expect((await director.post<TierRun>(`/tiers/runs/${tierRunId}/enforce`, {})).body.status).toBe(
    'scheduled',
  );
  expect((await director.post<TierRun>(`/tiers/runs/${tierRunId}/withdraw`)).body.status).toBe('withdrawn');
  expect((await director.post(`/tiers/runs/${tierRunId}/withdraw`)).body.code).toBe('tiers.run_state');
});

it('that is withdrawn takes its approved demotions with it, and says so', async () => {
  const definition = { ...gradedBy({ cuts: [0.01, 0.05] }), demotionApproval: 'all' };
  const input = { name: '严一些', tierSetId: set.tierSetId, definition };
  const made = (await director.post<TierPolicy>('/tiers/policies', input)).body;
  const { tierRunId } = (
    await director.post<TierRun>(`/tiers/policies/${made.tierPolicyId}/publish`, {
      rowVersion: made.rowVersion,
    })
  ).body;
  await server.runJobs();
  const of = async (status: string) =>
    (await director.get<{ items: TierDecision[] }>(`/tiers/decisions?status=${status}&kind=demotion`)).body
      .items;
  const waiting = await of('waiting');
  expect(waiting.length).toBeGreaterThan(1);
  const ids = [waiting[0]!.tierDecisionId];
  await director.post('/tiers/decisions/decide', { ids, approve: true });
  expect(await of('approved')).toMatchObject([{ tierDecisionId: ids[0], runStatus: 'proposed' }]);
  await director.post(`/tiers/runs/${tierRunId}/withdraw`);
  expect([await of('waiting'), await of('approved')]).toEqual([[], []]);
  const ended = await of('ended');
  expect(ended).toHaveLength(waiting.length);
  expect(new Set(ended.map(({ runStatus, tierRunId: run }) => `${runStatus} ${run}`))).toEqual(
    new Set([`withdrawn ${tierRunId}`]),
  );
});

it('is not kept waiting by a run whose job ended without a word', async () => {
  const { tierRunId, jobId } = (await director.post<TierRun>('/tiers/runs', {})).body;
  await server.asSystem((db) =>
    sql`update job set status = 'failed', error = '{"code":"app.internal","params":{}}' where job_id = ${jobId}`.execute(
      db,
    ),
  );
  expect((await director.post('/tiers/runs', {})).status).toBe(202);
  expect((await director.get<TierRun>(`/tiers/runs/${tierRunId}`)).body).toMatchObject({
    status: 'failed',
    error: { code: 'app.internal' },
  });
  await server.runJobs();
});

it('by another tier set ends the tiers that were given by hand in the one before', async () => {
  const id = await idOf('C7');
  const wish = { tierId: set.tiers[0]!.tierId, reason: '大单在谈', expiresOn: '2026-12-01' };
  expect((await administrator.post(`/customers/${id}/tier/override`, wish)).status).toBe(201);
  expect(await tierCounts(server)).toHaveProperty('VIP');
  await graded('两级', ['甲', '乙'], [0.1]);
  expect(await tierCounts(server)).toEqual({ 甲: 20, 乙: 180 });
  const { body } = await director.get<CustomerTier>(`/customers/${id}/tier`);
  expect(body).toMatchObject({ tier: { name: '乙' }, source: 'policy' });
  const history = (await director.get(`/customers/${id}/tier/history`)).body.items;
  expect(history.map((item: { source: string }) => item.source)).toContain('policy');
});

it('measures loyalty, depth and growth from what was noted, used and bought', async () => {
  const [one, two] = [await idOf('C1'), await idOf('C2')];
  const measured = await server.asSystem(async (db) => {
    await sql`insert into product (product_no, name, category)
      values ('A', 'a', 'x'), ('B', 'b', 'y'), ('C', 'c', 'z'), ('D', 'd', 'z')`.execute(db);
    await sql`
      insert into order_line (order_id, line_no, customer_id, product_id, quantity, amount_minor, base_amount_minor)
      select o.order_id, p.place, o.customer_id, p.product_id, 1, p.amount, p.amount
      from (select customer_id, min(order_id) as order_id from customer_order group by 1) o
        join (select product_id, row_number() over (order by product_no) as place,
            case product_no when 'A' then 300 when 'B' then 100 when 'C' then 50 else 25 end as amount
          from product) p
          on (o.customer_id = ${one} and p.place in (1, 2)) or (o.customer_id = ${two} and p.place in (2, 3))`.execute(
      db,
    );
    await sql`
      insert into customer_note (customer_id, kind, title, status, noted_on, amount_minor)
      select ${one}::bigint, n.kind, n.kind, n.status, date '2026-02-01', n.amount
      from (values ('channel', 'active', null), ('channel', 'former', null), ('plan', 'planned', 5000),
        ('plan', 'won', 900), ('need', 'open', null)) n(kind, status, amount)`.execute(db);
    await sql`update customer set industry = '制造' where customer_id in (${one}, ${two})`.execute(db);
    const training = await sql<{ id: number }>`
      insert into entitlement (kind, name) values ('training', '培训'), ('solution', '支持') returning entitlement_id as id`.execute(
      db,
    );
    for (const { id } of training.rows) {
      await sql`insert into entitlement_use (entitlement_id, customer_id, used_on, quantity)
        values (${id}, ${one}, '2026-02-01', 3)`.execute(db);
    }
    // Answered within the year; too late to be known then; not at all.
    await sql`insert into service_clock (customer_id, source, source_id, asked_at, responded_at)
      select ${one}::bigint, 'need', n.place, '2026-02-09', n.answered
      from (values (1, timestamptz '2026-02-10'), (2, '2026-03-05'), (3, null)) n(place, answered)`.execute(
      db,
    );
    const keys = [
      'orderMonths12m',
      'referrals',
      'soleProductShare',
      'trainingUsed12m',
      'supportUsed12m',
      'planAmount',
      'openNeeds',
      'crossSellRoom',
      'industryTrend',
    ];
    const query = indicatorSql({ asOf: '2026-03-01', valuationRunId: null, features: keys });
    const { rows } = await sql<Record<string, number | null>>`${sql.raw(`${query.with} select
      ${query.columns.map((column, i) => `${column} as "${keys[i]}"`).join(', ')}
      from customer c ${query.joins} where c.customer_id in (${one}, ${two}) order by c.customer_id`)}`.execute(
      db,
    );
    return rows;
  });
  expect(measured[0]).toMatchObject({
    orderMonths12m: 1,
    referrals: 1,
    soleProductShare: 0.75,
    trainingUsed12m: 3,
    supportUsed12m: 4,
    planAmount: 5000,
    openNeeds: 1,
  });
  expect(measured[0]!['crossSellRoom']).toBeCloseTo(1 / 3, 12);
  expect(measured[0]!['industryTrend']).toBe(1);
  expect(measured[1]).toMatchObject({ referrals: 0, planAmount: 0, trainingUsed12m: 0 });
  expect(measured[1]!['soleProductShare']).toBeCloseTo(50 / 150, 12);
});

it('leaves a run in force whose job is run again, as when the program died before the job had said that it was done', async () => {
  await graded('again', ['高', '低'], [0.5]);
  const { run } = (await director.get<{ run: TierRun }>('/tiers')).body;
  expect(run.status).toBe('in_force');
  await server.asSystem((db) => enqueueJob(db, gradeJob, { tierRunId: run.tierRunId, enforce: false }));
  await server.runJobs();
  expect((await director.get<TierRun>(`/tiers/runs/${run.tierRunId}`)).body).toEqual(
    expect.objectContaining({ status: 'in_force', digest: run.digest, finishedAt: run.finishedAt }),
  );
  const { rows } = await server.asSystem((db) =>
    sql`select count(*)::int as count from tier_result where tier_run_id = ${run.tierRunId}`.execute(db),
  );
  expect(rows).toEqual([{ count: run.summary?.customers }]);
});
