import type { ChurnCustomer, ChurnOfCustomer, ChurnRun } from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { enqueueJob } from '../../../platform/jobs/enqueue-job.js';
import { testServer } from '../../../testing/test-server.js';
import { churnJob } from './churn.jobs.js';

const server = await testServer({ clock: '2024-12-31T08:00:00Z' });
const { director, member } = server.users;

/** 400 customers who order every 10 to 40 days; every third stops at a day of his own. The first 30 are the member's. */
async function fill(): Promise<void> {
  await server.asSystem(async (db) => {
    await sql`
      insert into customer (customer_no, name, owner_id)
      select 'C' || n, '客户' || n, case when n <= 30 then ${member.userId}::int end from generate_series(1, 400) n`.execute(
      db,
    );
    await sql`
      insert into customer_order (order_key, customer_id, ordered_on, currency,
        amount_minor, base_amount_minor, line_count, content_hash)
      select 'O' || c.customer_id || '-' || k, c.customer_id, date '2023-01-02' + day,
        'CNY', 10000, 10000 + (c.n * 37 + k * 911) % 9000, 1, 'h'
      from (select customer_id, owner_id, team_id, substr(customer_no, 2)::int as n from customer) c,
        generate_series(0, 75) k, lateral (select k * (10 + c.n % 31) + (c.n * 13 + k * 5) % 7 as day) d
      where day < 725 and (c.n % 3 <> 0 or day < 150 + (c.n * 53) % 560)
      on conflict do nothing`.execute(db);
    await sql`insert into lake_dirty_customer (customer_id) select customer_id from customer`.execute(db);
  });
}

async function runOnce(body: object = {}): Promise<ChurnRun> {
  const started = await director.post<ChurnRun>('/churn/runs', body);
  await server.runJobs();
  return (await director.get<ChurnRun>(`/churn/runs/${started.body.churnRunId}`)).body;
}

interface Page {
  items: ChurnCustomer[];
  nextCursor: string | null;
}

describe('a training of churn', () => {
  let run: ChurnRun;
  let none: { status: number; body: { code: string } };
  let before: Page;
  beforeAll(async () => {
    none = await director.post('/churn/runs', {});
    before = (await director.get<Page>('/churn/customers')).body;
    await fill();
    run = await runOnce({ silenceDays: 60 });
  });

  it('is refused in words before there are orders', () => {
    expect([none.status, none.body.code]).toEqual([422, 'valuation.no_orders']);
    expect(before).toEqual({ items: [], nextCursor: null });
  });

  it('publishes what it learnt, better than recency alone, and what it expects', () => {
    expect([run.status, run.error, run.silenceDays, run.asOf]).toEqual(['published', null, 60, '2024-12-26']);
    const { model, candidates, customers } = run.report!;
    expect(model).toMatchObject({ trusted: true, reason: null });
    expect(candidates[0]!.name).toBe(model.inUse);
    expect(candidates[0]!.auc!).toBeGreaterThan(0.7);
    expect(customers.asOf).toBe(400);
  });

  it('is left as it is when its job runs again, as when the program died before the job had said that it was done', async () => {
    // The version of its row: whatever is written makes a new one.
    const version = async () => {
      const { rows } = await server.asSystem((db) =>
        sql`select xmin::text as version from churn_run where churn_run_id = ${run.churnRunId}`.execute(db),
      );
      return rows;
    };
    const before = await version();
    await server.asSystem((db) => enqueueJob(db, churnJob, { runId: run.churnRunId }));
    await server.runJobs();
    expect(await version()).toEqual(before);
  });

  it('lists customers in pages, the likeliest to leave first; their mean is what the run says', async () => {
    const seen: ChurnCustomer[] = [];
    let cursor = '';
    for (;;) {
      const { body } = await director.get<Page>(`/churn/customers?limit=150${cursor}`);
      seen.push(...body.items);
      if (body.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    expect(new Set(seen.map(({ customerId }) => customerId)).size).toBe(400);
    const chances = seen.map(({ probability }) => probability);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    const mean = chances.reduce((sum, chance) => sum + chance, 0) / 400;
    expect(mean).toBeCloseTo(run.report!.expectedRate!, 9);
    expect([seen[0]!.tenth, seen.at(-1)!.tenth]).toEqual([1, 10]);
    expect(seen[0]!.reasons).toHaveLength(3);
    // Who has been silent for long is likelier to stay so than who ordered last week.
    const { rows } = await server.asSystem((db) =>
      sql<{ silent: boolean; chance: number }>`
        select max(ordered_on) < '2024-10-01' as silent, max(s.probability) as chance
        from customer_order o join customer_churn s using (customer_id) group by o.customer_id`.execute(db),
    );
    const meanOf = (silent: boolean) => {
      const own = rows.filter((row) => row.silent === silent);
      return own.reduce((sum, row) => sum + row.chance, 0) / own.length;
    };
    expect(meanOf(true)).toBeGreaterThan(meanOf(false) + 0.2);
  });

  it('lists them by value at risk as well, in pages', async () => {
    await server.asSystem(async (db) => {
      await sql`update register_entry set clv = (customer_id * 7919) % 1000`.execute(db);
    });
    const seen: ChurnCustomer[] = [];
    let cursor = '';
    do {
      const { body } = await director.get<Page>(`/churn/customers?sort=valueAtRisk&limit=150${cursor}`);
      seen.push(...body.items);
      cursor = body.nextCursor === null ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`;
    } while (cursor !== '');
    expect(new Set(seen.map(({ customerId }) => customerId)).size).toBe(400);
    const atRisk = seen.map(({ clv, probability }) => (clv ?? 0) * probability);
    expect(atRisk[0]).toBeGreaterThan(0);
    expect(atRisk).toEqual(atRisk.toSorted((a, b) => b - a));
  });

  it('shows a member his own customers and nobody else’s', async () => {
    const { items } = (await member.get<Page>('/churn/customers?limit=200')).body;
    expect(items).toHaveLength(30);
    expect((await member.post('/churn/runs', {})).status).toBe(403);
    const [own] = items;
    const told = (await member.get<ChurnOfCustomer>(`/customers/${own!.customerId}/churn`)).body;
    expect(told).toEqual({
      run: { churnRunId: run.churnRunId, asOf: '2024-12-26', silenceDays: 60, trusted: true },
      churn: { probability: own!.probability, tenth: own!.tenth, reasons: own!.reasons },
    });
    const other = (await director.get<Page>('/churn/customers?limit=200')).body.items.find(
      ({ customerId }) => !items.some((item) => item.customerId === customerId),
    );
    expect((await member.get(`/customers/${other!.customerId}/churn`)).body.code).toBe('customers.not_found');
  });

  it('lists the members of a segment alone, of whom a member sees his own', async () => {
    await server.asSystem((db) =>
      sql`update customer set region = '上海' where substr(customer_no, 2)::int between 21 and 40`.execute(
        db,
      ),
    );
    const rule = { match: 'all', not: false, items: [{ field: 'region', is: 'in', values: ['上海'] }] };
    const made = async (name: string, isShared: boolean) =>
      (await director.post('/segments', { name, rule, isShared })).body.segmentId as number;
    const shared = await made('上海客户', true);
    const listed = async ({ get }: typeof director) =>
      (await get<Page>(`/churn/customers?limit=200&segmentId=${shared}`)).body.items.length;
    expect([await listed(director), await listed(member)]).toEqual([20, 10]);
    const refused = await member.get(`/churn/customers?segmentId=${await made('自己看的', false)}`);
    expect([refused.status, refused.body.code]).toEqual([404, 'segments.not_found']);
  });

  it('follows a customer who changes hands', async () => {
    const [first] = (await director.get<Page>('/churn/customers')).body.items;
    const { body } = await director.get(`/customers/${first!.customerId}`);
    const { rowVersion } = body as { rowVersion: number };
    const moved = await director.patch(`/customers/${first!.customerId}`, {
      rowVersion,
      ownerId: member.userId,
    });
    expect(moved.status).toBe(200);
    const own = (await member.get<Page>('/churn/customers?limit=200')).body.items;
    expect(own.map(({ customerId }) => customerId)).toContain(first!.customerId);
  });

  it('fails in words when the history is too short, and the probabilities of before stay', async () => {
    const failed = await runOnce({ silenceDays: 400 });
    expect([failed.status, failed.error?.code]).toEqual(['failed', 'churn.history_too_short']);
    expect((await director.get<Page>('/churn/customers')).body.items.length).toBeGreaterThan(0);
    const runs = (await director.get('/churn/runs?limit=1')).body;
    expect([runs.items[0].status, runs.nextCursor === null]).toEqual(['failed', false]);
  });

  it('is cancelled while it waits, and then cannot be cancelled again', async () => {
    const started = await director.post<ChurnRun>('/churn/runs', { model: 'logistic' });
    const path = `/churn/runs/${started.body.churnRunId}/cancel`;
    expect((await director.post(path, {})).body.status).toBe('cancelled');
    expect((await director.post(path, {})).body.code).toBe('churn.not_running_conflict');
    expect((await director.get('/churn/runs/999999')).body.code).toBe('churn.not_found');
    expect((await director.post('/churn/runs', { silenceDays: 0 })).status).toBe(400);
  });
});
