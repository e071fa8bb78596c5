import type { ClusterRun, DuplicatePair, Segment, SegmentCondition, SegmentPreview } from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';

const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { administrator, director, manager, member, stranger } = server.users;

const all = (...items: unknown[]) => ({ match: 'all', not: false, items });
const any = (...items: unknown[]) => ({ match: 'any', not: false, items });
const one = (condition: Partial<SegmentCondition>) => all({ values: undefined, ...condition });

/**
 * 60 customers: the n-th has n orders of 1,000 n yuan, is worth 100 n, and ordered n days before 1 March; the first ten are the
 * member's. Every third is in 上海, the fifth ones carry a tag.
 */
beforeAll(async () => {
  const { teams } = server.users;
  await server.asSystem(async (db) => {
    await sql`
      insert into customer (customer_no, name, owner_id, team_id, region, custom)
      select 'C' || n, '客户' || n, case when n <= 10 then ${member.userId}::int end,
        case when n <= 10 then ${teams.north1}::int end, case when n % 3 = 0 then '上海' when n % 3 = 1 then '北京' end,
        jsonb_build_object('评分', n % 10)
      from generate_series(1, 60) n`.execute(db);
    await sql`
      insert into valuation_run (status, as_of, options, card, created_by, published_at)
      values ('published', '2026-03-01', '{"timeUnit":"week","horizon":52}', '{"model":{"name":"bg-nbd"},"horizon":52,"timeUnit":"week"}',
        ${administrator.userId}, '2026-03-01T08:00:00Z')`.execute(db);
    await sql`
      insert into customer_score (valuation_run_id, customer_id, owner_id, team_id, first_order_on, last_order_on, orders,
        frequency, recency, age, monetary_value, p_alive, expected_orders, expected_spend, clv, clv_low, clv_high, clv_sd, rfm_segment)
      select (select max(valuation_run_id) from valuation_run), c.customer_id, c.owner_id, c.team_id, '2025-01-01',
        date '2026-03-01' - n, n, n - 1, 10, 60, 1000 * n, n / 60.0, 2, 1000 * n, 100 * n, 50 * n, 200 * n, 1, 'important-value'
      from (select *, substr(customer_no, 2)::int as n from customer) c`.execute(db);
    await sql`
      update register_entry e set orders = s.orders, last_order_on = s.last_order_on, monetary_value = s.monetary_value,
        p_alive = s.p_alive, clv = s.clv, clv_low = s.clv_low, clv_high = s.clv_high, rfm_segment = s.rfm_segment, score_run_id = s.valuation_run_id,
        spend_minor = s.orders * 100000
      from customer_score s where s.customer_id = e.customer_id`.execute(db);
    await sql`
      insert into customer_tag (tag, customer_id, owner_id, team_id)
      select '重点', customer_id, owner_id, team_id from customer where substr(customer_no, 2)::int % 5 = 0`.execute(
      db,
    );
    await sql`
      insert into customer_stage (customer_id, owner_id, team_id, stage, reason, entered_on)
      select customer_id, owner_id, team_id, case when substr(customer_no, 2)::int > 50 then 'at-risk' else 'mature' end,
        'on-rhythm', '2026-02-01' from customer`.execute(db);
  });
});

const preview = async (client: TestClient, rule: unknown): Promise<SegmentPreview> => {
  const { status, body } = await client.post<SegmentPreview>('/segments/preview', { rule });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
};
const countOf = async (rule: unknown) => (await preview(director, rule)).customers;

const kept = async (client: TestClient, name: string, rule: unknown, more = {}): Promise<Segment> => {
  const { status, body } = await client.post<Segment>('/segments', { name, rule, ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
};

const numbersOf = async (client: TestClient, query: string): Promise<string[]> => {
  const { status, body } = await client.get(`/customers?limit=200&${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.items.map((item: { customerNo: string }) => item.customerNo).sort();
};

describe('a rule', () => {
  it.each<[string, unknown, number]>([
    ['asks for nothing', all(), 60],
    ['words', one({ field: 'region', is: 'in', values: ['上海', '天津'] }), 20],
    ['other words, and none', one({ field: 'region', is: 'not-in', values: ['上海'] }), 40],
    ['nothing filled in', one({ field: 'region', is: 'empty' }), 20],
    ['a part of a word', one({ field: 'region', is: 'contains', values: ['海'] }), 20],
    ['figures', one({ field: 'clv', is: 'between', min: 1000, max: 2000 }), 11],
    ['spend in yuan', one({ field: 'spend', is: 'between', min: 30_000 }), 31],
    ['days within', one({ field: 'lastOrderOn', is: 'within', days: 10 }), 9],
    ['days beyond', one({ field: 'lastOrderOn', is: 'beyond', days: 10 }), 51],
    ['days between', one({ field: 'lastOrderOn', is: 'between', from: '2026-02-27', to: '2026-02-28' }), 2],
    ['a tag', one({ field: 'tag', is: 'in', values: ['重点'] }), 12],
    ['no tag', one({ field: 'tag', is: 'not-in', values: ['重点'] }), 48],
    ['a free field as a number', one({ field: 'custom:评分', is: 'between', min: 8 }), 12],
    ['never met', one({ field: 'lastContactOn', is: 'beyond', days: 60 }), 60],
    ['a stage', one({ field: 'stage', is: 'in', values: ['at-risk'] }), 10],
    [
      'own cuts of RFM',
      one({
        field: 'rfm',
        is: 'in',
        values: ['important-win-back', 'important-retain'],
        cuts: { recencyDays: 30, orders: 40, amount: 20_000 },
      }),
      30,
    ],
    [
      'groups in groups',
      all(
        { field: 'clv', is: 'between', min: 1000 },
        any(
          { field: 'tag', is: 'in', values: ['重点'] },
          all({ field: 'region', is: 'in', values: ['上海'] }),
        ),
      ),
      // 17 in 上海 and 11 with the tag from 10 on; 15, 30, 45 and 60 are both.
      24,
    ],
    ['not a group', { ...one({ field: 'region', is: 'in', values: ['上海'] }), not: true }, 40],
  ])('finds by %s', async (_, rule, customers) => {
    expect(await countOf(rule)).toBe(customers);
  });

  it('takes a visit for one of the day that it was here', async () => {
    await server.asSystem(async (db) => {
      // Midnight of the 20th in China, as a file without hours brings it; the 19th by UTC.
      await sql`
        insert into interaction (customer_id, kind, happened_at, summary)
        select customer_id, 'visit', '2026-02-19T16:00:00Z', '拜访' from customer where customer_no = 'C7'`.execute(
        db,
      );
    });
    const on = (day: string) => one({ field: 'lastContactOn', is: 'between', from: day, to: day });
    expect(await countOf(on('2026-02-20'))).toBe(1);
    expect(await countOf(on('2026-02-19'))).toBe(0);
  });

  it('is shown with its value, its share and its most valuable members', async () => {
    const found = await preview(director, one({ field: 'clv', is: 'between', min: 5900 }));
    expect(found).toMatchObject({ customers: 2, clv: 11_900, allCustomers: 60, allClv: 183_000 });
    expect(found.items.map(({ customerNo }) => customerNo)).toEqual(['C60', 'C59']);
  });

  it.each<[unknown, string]>([
    [one({ field: 'unknown', is: 'set' }), 'segments.field_unknown'],
    [one({ field: 'field:x', is: 'set' }), 'segments.field_unknown'],
    [one({ field: 'clv', is: 'contains', values: ['1'] }), 'segments.test_unfit'],
    [one({ field: 'clv', is: 'between' }), 'segments.condition_incomplete'],
    [one({ field: 'tierId', is: 'in', values: ['x'] }), 'segments.condition_incomplete'],
    [one({ field: 'rfm', is: 'in', values: ['important-value'] }), 'segments.condition_incomplete'],
  ])('%j is refused as %s', async (rule, code) => {
    expect((await director.post('/segments/preview', { rule })).body.code).toBe(code);
    expect((await director.post('/segments', { name: '错', rule })).body.code).toBe(code);
  });
});

describe('a segment', () => {
  it('filters the register, its count and its export, and follows what happens when it is dynamic', async () => {
    const rule = one({ field: 'region', is: 'in', values: ['上海'] });
    const { segmentId } = await kept(director, '上海客户', rule);
    const frozen = await director.post<Segment>(`/segments/${segmentId}/freeze`, { name: '三月的上海客户' });
    expect(frozen.body).toMatchObject({ kind: 'static', frozenOn: '2026-03-02' });
    expect(await numbersOf(director, `segmentId=${segmentId}`)).toHaveLength(20);
    expect(await numbersOf(director, `segmentId=${segmentId}&sort=stage&order=asc&clvMin=5000`)).toEqual([
      'C51',
      'C54',
      'C57',
      'C60',
    ]);
    expect((await director.get(`/customers/count?segmentId=${segmentId}`)).body).toEqual({
      count: 20,
      exact: true,
    });
    const file = await director.get(
      `/customers/export?segmentId=${segmentId}&columns=customerNo&columns=stage`,
    );
    expect(file.raw.body.trim().split('\r\n')).toHaveLength(21);
    await server.asSystem((db) =>
      sql`update customer set region = null where customer_no = 'C3'`.execute(db),
    );
    expect(await numbersOf(director, `segmentId=${segmentId}`)).toHaveLength(19);
    expect(await numbersOf(director, `segmentId=${frozen.body.segmentId}`)).toHaveLength(20);
    const both = `segmentId=${segmentId}&segmentId=${frozen.body.segmentId}`;
    expect(await numbersOf(director, both)).toHaveLength(20);
    const lifecycle = await director.get(`/lifecycle?segmentId=${segmentId}`);
    expect(lifecycle.body.stages.map((stage: { customers: number }) => stage.customers).sort()).toEqual([
      15, 4,
    ]);
  });

  it('counts what the reader sees, and no more', async () => {
    const { segmentId } = await kept(director, '全部', all(), { isShared: true });
    const counts = [];
    for (const client of [director, member, stranger]) {
      counts.push((await client.get(`/segments/${segmentId}/count`)).body.customers);
    }
    expect(counts).toEqual([60, 10, 0]);
    const frozen = await kept(director, '全部，固定', all(), { kind: 'static', isShared: true });
    expect(await numbersOf(member, `segmentId=${frozen.segmentId}`)).toHaveLength(10);
    const own = await kept(director, '没有分享', all());
    expect((await member.get(`/segments/${own.segmentId}/count`)).body.code).toBe('segments.not_found');
    expect((await member.get(`/customers?segmentId=${own.segmentId}`)).body.code).toBe('segments.not_found');
  });

  it('cannot be asked or used by who may not see its fields', async () => {
    const rule = one({ field: 'clv', is: 'between', min: 5000 });
    const { segmentId } = await kept(director, '值钱的', rule, { isShared: true });
    await administrator.put('/wall', {
      fields: [{ role: 'member', field: 'value', mode: 'hidden' }],
      limits: [],
    });
    expect((await member.post('/segments/preview', { rule })).body.code).toBe('fields.restricted_forbidden');
    expect((await member.post('/segments', { name: '试', rule })).body.code).toBe(
      'fields.restricted_forbidden',
    );
    for (const path of [`/segments/${segmentId}/count`, `/customers?segmentId=${segmentId}`]) {
      expect((await member.get(path)).body.code).toBe('segments.not_usable');
    }
    expect((await member.get(`/segments/${segmentId}`)).body).toMatchObject({ isUsable: false });
    const fields = (await member.get('/segments/fields')).body.items;
    expect(fields.some(({ field }: { field: string }) => field === 'clv')).toBe(false);
    await administrator.put('/wall', { fields: [], limits: [] });
  });

  it('is changed by its maker alone, and never over a change that was not seen', async () => {
    const made = await kept(director, '改一改', all(), { isShared: true });
    const path = `/segments/${made.segmentId}`;
    const change = (client: TestClient, rowVersion: number, more = {}) =>
      client.patch(path, { rowVersion, name: '改过了', ...more });
    expect((await change(manager, 1)).body.code).toBe('segments.others_forbidden');
    expect((await change(director, 1)).body).toMatchObject({ name: '改过了', rowVersion: 2 });
    expect((await change(director, 1)).body.code).toBe('segments.changed');
    expect((await director.post('/segments', { name: '改过了', rule: all() })).body.code).toBe(
      'segments.name_exists',
    );
    const fixed = await kept(director, '固定的', all(), { kind: 'static' });
    const refused = await director.patch(`/segments/${fixed.segmentId}`, { rowVersion: 1, rule: all() });
    expect(refused.body.code).toBe('segments.static_rule');
    expect((await manager.delete(path)).body.code).toBe('segments.others_forbidden');
    expect((await director.delete(path)).status).toBe(204);
    expect((await director.get(path)).status).toBe(404);
  });
});

it('the eight groups add up to whoever ordered, by the middles or by cuts of one’s own', async () => {
  const usual = (await director.post('/segments/rfm', {})).body;
  expect(usual.cuts).toEqual({ recencyDays: 30, orders: 30, amount: 30_000 });
  const sum = (groups: { customers: number }[]) =>
    groups.reduce((total, { customers }) => total + customers, 0);
  expect(sum(usual.groups)).toBe(60);
  const cuts = { recencyDays: 60, orders: 1, amount: 59_000 };
  const { groups } = (await director.post('/segments/rfm', { cuts })).body;
  const counts = groups.map(({ group, customers }: { group: string; customers: number }) => [
    group,
    customers,
  ]);
  expect(Object.fromEntries(counts)).toMatchObject({ 'important-value': 2, 'general-value': 58 });
});

it('customers are clustered by a job, and each cluster is a static segment with a portrait', async () => {
  const input = { features: ['recencyDays', 'averageOrder', 'pAlive'], clusters: 2 };
  expect((await manager.post('/segments/clusters', input)).status).toBe(403);
  const started = await director.post<ClusterRun>('/segments/clusters', input);
  expect(started.status).toBe(202);
  expect((await director.post('/segments/clusters', input)).body.code).toBe('segments.cluster_busy');
  await server.runJobs();
  const run = (await director.get<ClusterRun>(`/segments/clusters/${started.body.clusterRunId}`)).body;
  expect(run).toMatchObject({ status: 'done', customers: 60, error: null, asOf: '2026-03-01' });
  expect(run.portraits).toHaveLength(2);
  expect(run.portraits.reduce((total, { clvShare }) => total + (clvShare ?? 0), 0)).toBeCloseTo(1, 9);
  expect(run.portraits[0]?.portrait).toMatch(/占客户的 \d+%、价值的 \d+%/);
  const sizes = [];
  for (const { segmentId, customers } of run.portraits) {
    expect(await numbersOf(director, `segmentId=${segmentId}`)).toHaveLength(customers);
    sizes.push(customers);
  }
  expect(sizes.reduce((total, size) => total + size, 0)).toBe(60);
  const [first] = run.portraits;
  const renamed = await director.patch(`/segments/${first?.segmentId}`, { rowVersion: 1, name: '大单沉默' });
  expect(renamed.body).toMatchObject({ name: '大单沉默', rule: null, clusterRunId: run.clusterRunId });
  expect(
    (await director.get<{ items: ClusterRun[] }>('/segments/clusters')).body.items[0]?.portraits[0]?.name,
  ).toBe('大单沉默');
});

describe('a segment as a filter', () => {
  it('means the same customers wherever they are listed or summed up, and never more than the reader sees', async () => {
    const rule = one({ field: 'region', is: 'in', values: ['北京'] });
    const { segmentId } = await kept(director, '处处筛选', rule, { isShared: true });
    const { body: register } = await member.get('/customers?limit=200');
    const own: { customerId: number; customerNo: string; clv: number }[] = register.items;
    for (const { customerId, customerNo } of own) {
      const person = await member.post(`/customers/${customerId}/contacts`, { name: `联系人${customerNo}` });
      expect(person.status).toBe(201);
      const task = { title: `回访${customerNo}`, customerId, dueOn: '2026-03-02', minutes: 10 };
      expect((await member.post('/tasks', task)).status).toBe(201);
      const contract = { contractNo: `K${customerNo}`, title: '年度合同', startsOn: '2026-01-01' };
      expect((await member.post(`/customers/${customerId}/contracts`, contract)).status).toBe(201);
      const owed = { title: '首付', dueOn: '2026-02-01', amountMinor: 100 };
      expect((await member.post(`/customers/${customerId}/receivables`, owed)).status).toBe(201);
      const paid = { receivedOn: '2026-02-01', amountMinor: 40 };
      expect((await member.post(`/customers/${customerId}/payments`, paid)).status).toBe(201);
    }
    const ofSegment = own.filter(({ customerNo }) => Number(customerNo.slice(1)) % 3 === 1);
    const ids = ofSegment.map(({ customerId }) => customerId).sort((a, b) => a - b);
    expect(ids).toHaveLength(4);
    const query = `segmentId=${segmentId}`;
    const idsAt = async (path: string) => {
      const { body } = await member.get(path);
      const found: { customerId: number }[] = body.items;
      return found.map(({ customerId }) => customerId).sort((a, b) => a - b);
    };
    expect(await idsAt(`/contacts?${query}`)).toEqual(ids);
    expect(await idsAt(`/contracts?${query}`)).toEqual(ids);
    expect(await idsAt(`/receivables?${query}`)).toEqual(ids);
    const { items: owed } = (await member.get(`/receivables/ageing?${query}`)).body;
    expect(owed).toMatchObject([{ receivables: 4, openMinor: 240, buckets: { to30: 240 } }]);
    expect(await idsAt(`/payments?${query}`)).toEqual(ids);
    expect(await idsAt(`/worklist?${query}`)).toEqual(ids);
    await server.asSystem(async (db) => {
      await sql`
        insert into ownership_dispute (customer_id, owner_id, team_id, claimant_id, respondent_id, grounds)
        select customer_id, owner_id, team_id, ${manager.userId}::int, owner_id, '先谈的' from customer where owner_id = ${member.userId}::int`.execute(
        db,
      );
      await sql`
        insert into duplicate_pair (customer_id, other_customer_id, score, reasons)
        select customer_id, lead(customer_id) over (order by customer_id), 0.9, array['name'] from customer
        where owner_id = ${member.userId}::int order by customer_id limit 9`.execute(db);
    });
    expect(await idsAt(`/disputes?${query}`)).toEqual(ids);
    const { items: pairs } = (await member.get(`/duplicates?${query}`)).body;
    const paired: number[][] = pairs.map((pair: DuplicatePair) => [pair.a.customerId, pair.b.customerId]);
    // The n-th is of the segment where n is one more than a multiple of three: a pair of neighbours without one is left out.
    expect(paired).toHaveLength(6);
    expect(paired.every((two) => two.some((id) => ids.includes(id)))).toBe(true);
    expect(await idsAt(`/tasks?from=2026-01-01&to=2027-12-31&${query}`)).toEqual(ids);
    const load = (await director.get(`/worklist/team?${query}`)).body.items;
    expect(load.reduce((sum: number, { tasks }: { tasks: number }) => sum + tasks, 0)).toBe(4);
    const { items: judged } = (await director.get(`/worklist/appraisal?${query}`)).body;
    expect(judged).toEqual([]);
    const overview = (await member.get(`/overview?${query}`)).body;
    expect(overview.customers).toBe(4);
    expect(overview.total.clv).toBe(ofSegment.reduce((sum, { clv }) => sum + clv, 0));
    expect(
      overview.top
        .map((item: { customerId: number }) => item.customerId)
        .sort((a: number, b: number) => a - b),
    ).toEqual(ids);
    // Who sees everybody has kept sums for everybody, and none for a segment.
    const whole = (await director.get(`/overview?${query}`)).body;
    expect([whole.customers, whole.total.customers]).toEqual([20, 20]);
    expect(whole.total.clv).toBe((await director.get(`/segments/${segmentId}/count`)).body.clv);
    const draft = (await director.post('/tiers/start', { template: 'retail' })).body;
    const { tierSetId, definition } = draft;
    const ask = { tierSetId, definition };
    const everybody = (await director.post('/tiers/preview', ask)).body;
    const counted = (await director.post('/tiers/preview', { ...ask, segmentId: [segmentId] })).body;
    expect([everybody.customers, counted.customers]).toEqual([60, 20]);
    expect(counted.clv).toBe(whole.total.clv);
    // Graded among all 60: the same cut-offs.
    const cuts = (told: { tiers: { cutScore: number | null }[] }) =>
      told.tiers.map(({ cutScore }) => cutScore);
    expect(cuts(counted)).toEqual(cuts(everybody));
  });

  it.each([
    'overview',
    'worklist',
    'worklist/team',
    'worklist/appraisal',
    'contacts',
    'contracts',
    'receivables',
    'receivables/ageing',
    'disputes',
    'duplicates',
    'payments',
    'tiers/decisions',
    'entitlements',
    'entitlements/capacity',
    'entitlements/clocks',
    'prospects/poaching',
    'prospects/lookalikes',
    'warnings',
    'lifecycle',
  ])('is refused at /%s where it is not the reader’s to use', async (path) => {
    const rule = one({ field: 'region', is: 'in', values: ['北京'] });
    const { segmentId } = await kept(director, `自己看的 ${path}`, rule);
    const given = await director.get(`/${path}?segmentId=${segmentId}`);
    expect(given.status).toBe(200);
    const refused = await (path.startsWith('worklist/') ? manager : member).get(
      `/${path}?segmentId=${segmentId}`,
    );
    expect([refused.status, refused.body.code]).toEqual([404, 'segments.not_found']);
  });
});
