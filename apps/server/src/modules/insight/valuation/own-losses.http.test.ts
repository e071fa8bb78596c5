import type { CustomerDetail, ValuationRun, ValueChange } from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer({ clock: '2024-12-21T08:00:00Z' });
const { director, member } = server.users;
const asOf = '2024-12-20';

async function fill(): Promise<void> {
  await server.asSystem(async (db) => {
    await sql`
      insert into customer (customer_no, name, owner_id)
      select 'C' || n, '客户' || n, case when n <= 40 then ${member.userId}::int end from generate_series(1, 120) n`.execute(
      db,
    );
    await sql`
      insert into customer_order (order_key, customer_id, ordered_on, currency,
        amount_minor, base_amount_minor, line_count, content_hash)
      select 'O' || c.customer_id || '-' || k, c.customer_id, date '2023-01-02' + ((k * (5 + n % 60) + n * 7) % 700)::int,
        'CNY', 10000 + (n * 37 + k * 911) % 90000, 10000 + (n * 37 + k * 911) % 90000, 1, 'h'
      from (select *, substr(customer_no, 2)::int as n from customer) c, generate_series(0, 30) k
      where k <= case when n % 3 = 0 then 4 else n % 12 end`.execute(db);
    await sql`insert into lake_dirty_customer (customer_id) select customer_id from customer`.execute(db);
  });
}

/** A receivable of 100 a customer that was or is due on a day, received on another or not at all. */
async function bill(customers: string, dueOn: string, receivedOn: string | null): Promise<void> {
  await server.asSystem(async (db) => {
    const { rows } = await sql<{ id: number; customer: number }>`
      insert into receivable (customer_id, owner_id, team_id, title, due_on, currency, amount_minor, received_minor)
      select customer_id, owner_id, team_id, '货款', ${dueOn}::date, 'CNY', 10000, ${receivedOn === null ? 0 : 10_000}::bigint
      from customer where substr(customer_no, 2)::int <@ ${customers}::int4range
      returning receivable_id as id, customer_id as customer`.execute(db);
    if (receivedOn === null) return;
    for (const { id, customer } of rows)
      await sql`
        with paid as (
          insert into payment (customer_id, received_on, currency, amount_minor, allocated_minor)
          values (${customer}::bigint, ${receivedOn}::date, 'CNY', 10000, 10000) returning payment_id, customer_id)
        insert into payment_allocation (payment_id, receivable_id, customer_id, amount_minor)
        select payment_id, ${id}::bigint, customer_id, 10000 from paid`.execute(db);
  });
}

async function runOnce(body: object): Promise<ValuationRun> {
  const started = await director.post<ValuationRun>('/valuation/runs', { asOf, model: 'bg-nbd', ...body });
  await server.runJobs();
  return (await director.get<ValuationRun>(`/valuation/runs/${started.body.valuationRunId}`)).body;
}

async function idOf(customerNo: string): Promise<number> {
  const { rows } = await server.asSystem((db) =>
    sql<{ id: number }>`select customer_id as id from customer where customer_no = ${customerNo}`.execute(db),
  );
  return rows[0]!.id;
}

async function deductedOf(customerNo: string) {
  return (await director.get<CustomerDetail>(`/customers/${await idOf(customerNo)}`)).body.score!;
}

describe('credit loss by what customers owe', () => {
  beforeAll(fill);

  it('is that of the run, and says why, while too few receivables are a year past due', async () => {
    await bill('[1,40]', '2023-06-01', '2023-06-01');
    const run = await runOnce({ costs: { creditLoss: 0.02 }, ownCreditLoss: true });
    expect([run.status, run.error]).toEqual(['published', null]);
    expect(run.card!.ownCreditLoss).toEqual({ customers: 0, receivables: 40, rates: null });
    const { deducted } = await deductedOf('C1');
    expect(deducted!.ownLossShare).toBeNull();
    expect(Math.abs(deducted!.creditLossMinor - 0.02 * deducted!.grossMinor)).toBeLessThan(1);
  });

  it('comes from the class of what is open and what such classes have lost, customer by customer', async () => {
    await bill('[41,80]', '2023-06-01', '2023-06-01');
    await bill('[81,90]', '2023-06-01', '2023-07-16');
    await bill('[91,100]', '2023-06-01', null);
    // The first owes 100 that are 10 days late and 100 that are not due; the second has two receivables, too few to tell.
    await bill('[1,2]', '2024-11-01', '2024-11-20');
    await bill('[1,2]', '2024-12-10', null);
    await bill('[1,1]', '2025-01-15', null);
    // These owe what is lost by now, and have paid two since; the payment of one of them comes after the day of the run.
    await bill('[91,92]', '2024-10-01', '2024-10-01');
    await bill('[91,91]', '2024-11-01', '2024-11-01');
    await bill('[92,92]', '2024-12-01', '2024-12-21');
    const run = await runOnce({ costs: { share: 0.1, creditLoss: 0.02 }, ownCreditLoss: true });
    expect([run.status, run.error]).toEqual(['published', null]);
    // Of 100 billed 10 were lost; 20 were open a day after they were due, 10 of them 61 days after.
    const rates = [0.1, 0.5, 0.5, 1, 1, 1];
    expect(run.card!.ownCreditLoss).toEqual({
      customers: 3,
      receivables: 100,
      rates: [0, 1, 31, 61, 91, 181].map((fromDays, k) => ({ fromDays, rate: rates[k] })),
    });
    const shares = { C1: (0.5 + 0.1) / 3, C91: 1 / 3, C92: 1.5 / 3 };
    for (const [no, share] of Object.entries(shares)) {
      const { deducted, clv } = await deductedOf(no);
      expect(deducted!.ownLossShare).toBeCloseTo(share, 6);
      const { grossMinor, costToServeMinor, creditLossMinor, clvMinor } = deducted!;
      expect(grossMinor - costToServeMinor - creditLossMinor).toBe(clvMinor);
      expect(clvMinor).toBe(Math.round(clv * 100));
      expect(Math.abs(creditLossMinor - share * grossMinor)).toBeLessThan(1);
      expect(Math.abs(costToServeMinor - 0.1 * grossMinor)).toBeLessThan(2);
    }
    expect((await deductedOf('C2')).deducted!.ownLossShare).toBeNull();
    const { grossClv, costToServe, creditLossAmount } = run.card!.costs!;
    expect(grossClv! - costToServe! - creditLossAmount!).toBeCloseTo(run.totals!.clv, 0);
  });

  it('may be asked for without any other cost', async () => {
    const run = await runOnce({ ownCreditLoss: true });
    expect(run.card!.costs).toMatchObject({ share: 0, creditLoss: 0 });
    expect(run.card!.costs!.creditLossAmount).toBeGreaterThan(0);
    expect((await deductedOf('C2')).deducted!.creditLossMinor).toBe(0);
    // The run before deducted a tenth more: that is what changed, not what is ordered.
    const change = (await director.get<ValueChange>(`/customers/${await idOf('C91')}/value-change`)).body;
    expect(change.parts.map(({ factor }) => factor)).toEqual(['survival', 'orderRate', 'spend', 'kept']);
    const [survival, orderRate, spend, kept] = change.parts;
    for (const same of [survival, orderRate, spend]) {
      // Scores are kept to the cent.
      expect(same!.now / same!.before).toBeCloseTo(1, 5);
      expect(Math.abs(same!.contributionMinor)).toBeLessThanOrEqual(1);
    }
    expect([kept!.before, kept!.now]).toEqual([expect.closeTo(0.9 - 1 / 3, 6), expect.closeTo(1 - 1 / 3, 6)]);
    const { reasons } = await deductedOf('C91');
    expect(reasons.find(({ factor }) => factor === 'kept')).toMatchObject({
      value: expect.closeTo(1 - 1 / 3, 6) as number,
      reference: 1,
    });
    expect(reasons.find(({ factor }) => factor === 'orderRate')!.value).toBeCloseTo(orderRate!.now, 9);
  });

  it('keeps rates from who sees a part of the customers', async () => {
    const { items } = (await director.get('/valuation/runs?limit=1')).body;
    const seen = await member.get<ValuationRun>(`/valuation/runs/${items[0].valuationRunId}`);
    expect(seen.body.card).not.toHaveProperty('ownCreditLoss');
  });
});
