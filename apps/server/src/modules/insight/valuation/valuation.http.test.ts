import type { Overview, ValuationRun } from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { testServer } from '../../../testing/test-server.js';
import { valuationJob } from './valuation.jobs.js';

const server = await testServer({ clock: '2024-12-31T08:00:00Z' });
const { director, member } = server.users;

/** 300 customers with a rhythm of their own, deterministic: every third falls silent half-way; the first 40 are the member's. */
async function fill(): Promise<void> {
  await server.asSystem(async (db) => {
    await sql`
      insert into customer (customer_no, name, owner_id)
      select 'C' || n, '客户' || n, case when n <= 40 then ${member.userId}::int end from generate_series(1, 300) n`.execute(
      db,
    );
    await sql`
      insert into customer_order (order_key, order_no, customer_id, ordered_on, currency,
        amount_minor, base_amount_minor, line_count, content_hash)
      select 'O' || c.customer_id || '-' || k, null, c.customer_id,
        date '2023-01-02' + ((k * (5 + c.n % 60) + c.n * 7) % 720)::int,
        'CNY', 10000 + (c.n * 37 + k * 911) % 90000, 10000 + (c.n * 37 + k * 911) % 90000, 1, 'h'
      from (select customer_id, owner_id, team_id, substr(customer_no, 2)::int as n from customer) c,
        generate_series(0, 30) k
      where k <= case when c.n % 3 = 0 then 4 else c.n % 12 end
      on conflict do nothing`.execute(db);
    await sql`insert into lake_dirty_customer (customer_id) select customer_id from customer`.execute(db);
  });
}

async function runOnce(body: object = {}): Promise<ValuationRun> {
  const started = await director.post<ValuationRun>('/valuation/runs', body);
  await server.runJobs();
  const run = await director.get<ValuationRun>(`/valuation/runs/${started.body.valuationRunId}`);
  return run.body;
}

async function scoreSum(): Promise<{ customers: number; clv: number }> {
  const { rows } = await server.asSystem((db) =>
    sql<{
      customers: number;
      clv: number;
    }>`select count(clv) as customers, sum(clv) as clv from register_entry`.execute(db),
  );
  return rows[0]!;
}

describe('valuation run', () => {
  let first: ValuationRun;
  let none: { status: number; body: { code: string } };
  beforeAll(async () => {
    none = await director.post('/valuation/runs', {});
    await fill();
    first = await runOnce();
  });

  it('is refused in words before there are orders', () => {
    expect(none.status).toBe(422);
    expect(none.body.code).toBe('valuation.no_orders');
  });

  it('publishes a score for every customer, with a card and totals that add up', async () => {
    expect(first.error).toBeNull();
    expect(first.status).toBe('published');
    expect(first.stages.every((stage) => stage.status === 'done')).toBe(true);
    expect(first.card?.customers).toBe(300);
    expect(first.card?.valueBasis).toBe('revenue');
    const { customers, clv } = await scoreSum();
    expect(customers).toBe(300);
    expect(clv).toBeCloseTo(first.totals!.clv, 0);
    expect(first.totals!.clvLow).toBeLessThan(clv);
    expect(first.totals!.clvHigh).toBeGreaterThan(clv);
  });

  it('is left as it is when its job runs again, as when the program died before the job had said that it was done', async () => {
    // The version of its row: whatever is written makes a new one.
    const version = async () => {
      const { rows } = await server.asSystem((db) =>
        sql`select xmin::text as version from valuation_run where valuation_run_id = ${first.valuationRunId}`.execute(
          db,
        ),
      );
      return rows;
    };
    const before = await version();
    await server.asSystem((db) => enqueueJob(db, valuationJob, { runId: first.valuationRunId }));
    await server.runJobs();
    expect(await version()).toEqual(before);
  });

  it('is known to the planner when it is published: of a run it has not heard of it expects one row', async () => {
    const { rows } = await server.asSystem((db) =>
      sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
        explain (format json) select from customer_score where valuation_run_id = ${sql.lit(first.valuationRunId)}`.execute(
        db,
      ),
    );
    expect(rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows']).toBe(300);
  });

  it('says on the card of the run what the overview says, and counts customers without orders apart', async () => {
    await server.asSystem((db) =>
      sql`insert into customer (customer_no, name) values ('C900', '还没下单')`.execute(db),
    );
    const { customers, total } = (await director.get('/overview')).body as Overview;
    const { expectedSpend: _, ...card } = first.totals!;
    expect(total).toEqual(card);
    expect(total!.customers).toBe(300);
    expect(customers).toBe(301);
  });

  it('gives no value to a customer with returns alone, and says on the card that there is one', async () => {
    expect(first.card).not.toHaveProperty('returnsOnly');
    await server.asSystem(async (db) => {
      await sql`
        insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor, base_amount_minor, line_count, content_hash)
        select 'back', customer_id, '2024-06-03', 'CNY', -7000, -7000, 1, 'h' from customer where customer_no = 'C900'`.execute(
        db,
      );
      await sql`insert into lake_dirty_customer (customer_id) select customer_id from customer where customer_no = 'C900'`.execute(
        db,
      );
    });
    const run = await runOnce();
    expect(run.status).toBe('published');
    expect(run.card?.customers).toBe(300);
    expect(run.card?.returnsOnly).toEqual({ customers: 1, amount: -70 });
    const { rows } = await server.asSystem((db) =>
      sql<{ id: number }>`select customer_id as id from customer where customer_no = 'C900'`.execute(db),
    );
    const customer = await director.get(`/customers/${rows[0]!.id}`);
    expect(customer.body).toMatchObject({ customerNo: 'C900', clv: null, orders: null, rfmSegment: null });
    await server.asSystem(async (db) => {
      await sql`delete from customer_order where order_key = 'back'`.execute(db);
    });
  });

  it('gives the same figures from a rebuilt lake', async () => {
    const before = await server.asSystem((db) =>
      db
        .selectFrom('register_entry')
        .select(['customer_no', 'clv', 'p_alive'])
        .orderBy('customer_no')
        .execute(),
    );
    const again = await runOnce({ rebuild: true });
    expect(again.status).toBe('published');
    const after = await server.asSystem((db) =>
      db
        .selectFrom('register_entry')
        .select(['customer_no', 'clv', 'p_alive'])
        .orderBy('customer_no')
        .execute(),
    );
    expect(after).toEqual(before);
    // Who is worth the same has neither risen nor fallen.
    expect(((await director.get('/overview')).body as Overview).movement).toEqual([]);
  });

  it('moves only changed buckets and still sees what changed', async () => {
    await server.asSystem(async (db) => {
      await sql`
        insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor, base_amount_minor, line_count, content_hash)
        select 'new', customer_id, '2024-12-30', 'CNY', 5000000, 5000000, 1, 'h' from customer where customer_no = 'C299'`.execute(
        db,
      );
      await sql`insert into lake_dirty_customer (customer_id) select customer_id from customer where customer_no = 'C299'`.execute(
        db,
      );
    });
    const run = await runOnce();
    expect(run.asOf).toBe('2024-12-30');
    const { rows } = await server.asSystem((db) =>
      sql<{ last: string; left: number }>`
        select (select last_order_on from register_entry where customer_no = 'C299') as last,
          (select count(*) from lake_dirty_customer) as left`.execute(db),
    );
    expect(rows[0]).toEqual({ last: '2024-12-30', left: 0 });
  });

  it('counts orders that came since the run of those in sight alone', async () => {
    await server.asSystem((db) =>
      sql`
        insert into lake_dirty_customer (customer_id)
        (select customer_id from customer where owner_id = ${member.userId} limit 1)
        union all (select customer_id from customer where owner_id is distinct from ${member.userId} limit 2)`.execute(
        db,
      ),
    );
    const countOf = async (client: typeof director) =>
      ((await client.get('/overview')).body as Overview).changedCustomers;
    expect([await countOf(director), await countOf(member)]).toEqual([3, 1]);
    await server.asSystem((db) => sql`delete from lake_dirty_customer`.execute(db));
  });

  it('shows everybody the sum of what they may see, and no more', async () => {
    const all = (await director.get('/overview')).body as Overview;
    const own = (await member.get('/overview')).body as Overview;
    const { rows } = await server.asSystem((db) =>
      sql<{ all: number; own: number }>`
        select sum(clv) as all, sum(clv) filter (where owner_id = ${member.userId}) as own from register_entry`.execute(
        db,
      ),
    );
    expect(all.total!.clv).toBeCloseTo(rows[0]!.all, 2);
    expect(own.total!.clv).toBeCloseTo(rows[0]!.own, 2);
    expect(own.customers).toBe(40);
    for (const part of [all, own]) {
      const sumOf = (rows: { clv: number }[]) => rows.reduce((sum, row) => sum + row.clv, 0);
      expect(sumOf(part.bySegment)).toBeCloseTo(part.total!.clv, 2);
      expect(sumOf(part.byCohort)).toBeCloseTo(part.total!.clv, 2);
      expect(sumOf(part.histogram)).toBeCloseTo(part.total!.clv, 2);
      expect(part.previous!.clv + sumOf(part.movement)).toBeCloseTo(part.total!.clv, 2);
    }
    const runs = await member.get('/valuation/runs');
    expect(runs.body.items[0].totals).toBeNull();
  });

  it('is cancelled while it waits, and then cannot be cancelled again', async () => {
    const started = await director.post('/valuation/runs', {});
    const cancelled = await director.post(`/valuation/runs/${started.body.valuationRunId}/cancel`, {});
    expect(cancelled.body.status).toBe('cancelled');
    await server.runJobs();
    const again = await director.post(`/valuation/runs/${started.body.valuationRunId}/cancel`, {});
    expect(again.status).toBe(409);
    const after = await director.get(`/valuation/runs/${started.body.valuationRunId}`);
    expect(after.body.status).toBe('cancelled');
  });

  it('is refused to who may not run it, and hides what does not exist', async () => {
    expect((await member.post('/valuation/runs', {})).status).toBe(403);
    expect((await director.get('/valuation/runs/999999')).body.code).toBe('valuation.not_found');
    expect((await director.post('/valuation/runs', { horizon: -1 })).status).toBe(400);
  });

  it('fails in words when the calibration end lies outside the history, and the old figures stay', async () => {
    const before = await scoreSum();
    const run = await runOnce({ calibrationEnd: '1999-01-01' });
    expect(run.status).toBe('failed');
    expect(run.error?.code).toBe('valuation.calibration_outside');
    expect(await scoreSum()).toEqual(before);
  });
});

describe('a run that deducts costs', () => {
  it('takes them from every customer, says on the card how much, and on the page of a customer to the cent', async () => {
    const costs = { share: 0.05, perOrder: 20, perYear: 30, creditLoss: 0.01 };
    const before = await scoreSum();
    const run = await runOnce({ costs });
    expect([run.status, run.error]).toEqual(['published', null]);
    const told = run.card!.costs!;
    expect(told).toMatchObject(costs);
    expect(run.card!.isForever).toBeUndefined();
    const { clv } = await scoreSum();
    expect(clv).toBeLessThan(before.clv);
    expect(told.grossClv! - told.costToServe! - told.creditLossAmount!).toBeCloseTo(clv, 0);
    const { items } = (await director.get('/customers?sort=clv&order=desc&limit=1')).body;
    const { score } = (await director.get(`/customers/${items[0].customerId}`)).body;
    const { grossMinor, costToServeMinor, creditLossMinor, clvMinor } = score.deducted;
    expect(grossMinor - costToServeMinor - creditLossMinor).toBe(clvMinor);
    expect(clvMinor).toBe(Math.round(score.clv * 100));
    expect(creditLossMinor / grossMinor).toBeCloseTo(0.01, 4);
    const seen = (await member.get(`/valuation/runs/${run.valuationRunId}`)).body;
    expect(seen.card.costs).toMatchObject({ share: 0.05, grossClv: null, costToServe: null });
  });

  it('values all orders to come, and refuses what cannot be', async () => {
    const run = await runOnce({ isForever: true });
    expect([run.status, run.card!.isForever, run.card!.costs]).toEqual(['published', true, undefined]);
    const codeOf = async (body: object) => (await director.post('/valuation/runs', body)).body.code;
    expect(await codeOf({ isForever: true, discountRate: 0 })).toBe('valuation.forever_needs_discount');
    expect(await codeOf({ isForever: true, costs: { perYear: 5 } })).toBe(
      'valuation.yearly_cost_needs_horizon',
    );
    expect(await codeOf({ costs: { share: 0.6, creditLoss: 0.4 } })).toBe('valuation.costs_take_all');
  });
});

describe('a run that knows more of the customers', () => {
  beforeAll(async () => {
    await server.asSystem((db) =>
      sql`
        update customer set industry = case when customer_id % 2 = 0 then '零售' when customer_id % 3 = 0 then '餐饮' else null end,
          custom = jsonb_build_object('门店, "数"', (customer_id % 7)::text)`.execute(db),
    );
  });

  it('says which fields there are', async () => {
    const { items } = (await director.get('/valuation/fields')).body;
    expect(items).toEqual([
      { field: 'custom.门店, "数"', customers: 301 },
      { field: 'industry', customers: 200 },
    ]);
    expect((await member.get('/valuation/fields')).status).toBe(403);
  });

  it('values by segment and tells what each is worth to who may see all', async () => {
    const run = await runOnce({ by: 'industry', model: 'bg-nbd' });
    expect([run.status, run.error]).toEqual(['published', null]);
    const told = run.card!.attributes!;
    expect(told.segments.map(({ segment }) => segment).toSorted()).toEqual(['', '零售', '餐饮']);
    expect(told.segments.reduce((sum, { customers }) => sum + customers, 0)).toBe(300);
    const clv = told.segments.reduce((sum, segment) => sum + segment.clv!, 0);
    expect(clv / run.totals!.clv).toBeCloseTo(1, 4);
    const seen = await member.get<ValuationRun>(`/valuation/runs/${run.valuationRunId}`);
    expect(seen.body.card!.attributes!.segments.map((segment) => segment.clv)).toEqual([null, null, null]);
  });

  it('values with covariates, and the scores follow', async () => {
    const run = await runOnce({ covariates: ['industry', 'custom.门店, "数"'], model: 'bg-nbd' });
    expect([run.status, run.error]).toEqual(['published', null]);
    const { attributes } = run.card!;
    expect(attributes!.columns).toMatchObject([{ kind: 'words' }, { kind: 'number', bins: null }]);
    expect(attributes!.effects[0]!.coefficients.map(({ name }) => name)).toContain('custom.门店, "数"');
    const { clv } = await scoreSum();
    expect(clv / run.totals!.clv).toBeCloseTo(1, 4);
  });

  it('answers what does not go together, and what tells nothing', async () => {
    const both = await director.post('/valuation/runs', { by: 'industry', covariates: ['region'] });
    expect([both.status, both.body.code]).toEqual([422, 'valuation.by_and_covariates']);
    const regular = await director.post('/valuation/runs', { covariates: ['region'], model: 'bg-cnbd-k' });
    expect(regular.body.code).toBe('valuation.model_takes_no_attributes');
    expect((await director.post('/valuation/runs', { by: 'phone' })).status).toBe(400);
    const run = await runOnce({ by: 'custom.nothing' });
    expect(run.error?.code).toBe('valuation.attribute_constant');
  });
});
