import { detectorBacktest, type DetectorBacktestRow } from '@kezi/contract';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { made, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { backtestDetector } from './backtest-detector.js';

const server = await testServer();
const { users } = server;

const day = (ago: number): string =>
  new Date(Date.parse('2026-03-01') - ago * 86_400_000).toISOString().slice(0, 10);

/** Each ordered every week for two years; the first stopped 154 days ago, on a day of its rhythm. */
const [stopped, stayed, replaced, late] = [
  (await made(users.member)).customerId,
  (await made(users.member)).customerId,
  (await made(users.member)).customerId,
  (await made(users.member)).customerId,
];

async function contactOf(customerId: number, role: string, leftAgo: number | null, since: string) {
  await server.asSystem((db) =>
    sql`
      insert into contact (customer_id, name, decision_role, left_on, created_at)
      values (${customerId}, '某人', ${role}, ${leftAgo === null ? null : day(leftAgo)}, ${since})`.execute(
      db,
    ),
  );
}

beforeAll(async () => {
  await server.asSystem(async (db) => {
    await sql`
      insert into customer_order (order_key, order_no, line_count, content_hash, customer_id, ordered_on, currency, amount_minor, base_amount_minor)
      select 'B' || c || '-' || n, 'B' || c || '-' || n, 1, 'x', c, ${day(0)}::date - 7 * n, 'CNY', 10000, 10000
      from unnest(${[stopped, stayed, replaced, late]}::bigint[]) c, generate_series(0, 104) n
      where c <> ${stopped} or 7 * n >= 154`.execute(db);
    // Due 200 days ago, paid 120 days ago: nobody would know of it today.
    await sql`
      with bill as (
        insert into receivable (customer_id, title, due_on, currency, amount_minor, received_minor)
        values (${late}, '货款', ${day(200)}, 'CNY', 5000, 5000) returning receivable_id),
      old as (
        insert into receivable (customer_id, title, due_on, currency, amount_minor, received_minor)
        values (${stayed}, '货款', ${day(500)}, 'CNY', 5000, 5000)),
      paid as (
        insert into payment (customer_id, received_on, currency, amount_minor, allocated_minor)
        values (${late}, ${day(120)}, 'CNY', 5000, 5000) returning payment_id)
      insert into payment_allocation (payment_id, receivable_id, customer_id, amount_minor)
      select payment_id, receivable_id, ${late}, 5000 from bill, paid`.execute(db);
  });
  await contactOf(late, 'user', 500, '2024-01-01');
  for (const customerId of [stopped, stayed, replaced])
    await contactOf(customerId, 'decider', 150, '2024-01-01');
  await contactOf(replaced, 'decider', null, '2024-01-01');
  await publish(server, day(0), [{ customerId: stayed, pAlive: 0.9, spend: 100, clv: 900 }]);
});

async function backtest(id: string): Promise<DetectorBacktestRow> {
  const { status, body } = await users.director.get(`/detectors/${id}/backtest`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return detectorBacktest.parse(body);
}

describe('a back-test of records', () => {
  it('asks them as they were, a week after the other, and looks up who spent less than half since', async () => {
    const report = await backtest('key-contact-left');
    expect(report).toMatchObject({
      from: day(91 + 26 * 7),
      to: day(91),
      looks: 27,
      customers: 4,
      outcomeDays: 91,
    });
    // From 147 days ago to 91, two of three: one lost its buyer and stopped, one went on; the third had another already.
    expect(report.own).toMatchObject({ alarms: 18, precision: 0.5, warnings: 2, warningPrecision: 0.5 });
    // The week after the last order: 83 days before the plain rule would have spoken.
    expect(report.own.leadDays).toBeCloseTo(83, 9);
    expect(report.own.warningsAWeek).toBeCloseTo(2 / 26, 9);
  });

  it('knows nothing that was written down later', async () => {
    await server.asSystem((db) =>
      sql`update contact set created_at = ${day(10)} where customer_id = ${replaced} and left_on is null`.execute(
        db,
      ),
    );
    expect((await backtest('key-contact-left')).own).toMatchObject({ alarms: 27, warnings: 3 });
  });

  it('knows a bill as open until it was paid', async () => {
    // Two weeks and a day late from 185 days ago on; paid 120 days ago.
    expect((await backtest('payment-late')).own).toMatchObject({ alarms: 9, warnings: 1, precision: 0 });
    // Seventy-five days late is later than the bill ever was.
    const setting = (threshold: number, rowVersion: number) =>
      users.director.patch('/detectors/payment-late', { threshold, rowVersion });
    expect((await setting(5, 0)).status).toBe(200);
    const strict = await backtest('payment-late');
    expect([strict.threshold, strict.own.alarms]).toEqual([5, 0]);
    expect((await setting(1, 1)).status).toBe(200);
    const today = await users.director.get('/detectors/payment-late/preview');
    expect(today.body.count).toBe(0);
  });

  it('counts the threshold of the tier that the customer had on the day, before the first grading of that of today', async () => {
    const { best, plain } = await server.asSystem(async (db) => {
      const { rows } = await sql<{ best: number; plain: number }>`
        with tiers as (insert into tier_set (name) values ('两级') returning tier_set_id),
        best as (insert into tier (tier_set_id, rank, name, badge) select tier_set_id, 1, '重点', 'crown' from tiers returning tier_id),
        plain as (insert into tier (tier_set_id, rank, name, badge) select tier_set_id, 2, '普通', 'circle' from tiers returning tier_id),
        policy as (
          insert into tier_policy (tier_set_id, name, definition) select tier_set_id, '评级', '{}' from tiers
          returning tier_policy_id),
        run as (
          insert into tier_run (tier_policy_id, status, as_of, effective_on, in_force_at)
          select tier_policy_id, 'in_force', ${day(151)}, ${day(150)}, now() from policy returning tier_run_id),
        result as (
          insert into tier_result (tier_run_id, customer_id, score, computed_tier_id, tier_id, since, why, measured, points)
          select tier_run_id, ${late}, 9000, tier_id, tier_id, ${day(150)}, 'first', '{}', '{}' from run, best)
        select best.tier_id as best, plain.tier_id as plain from best, plain`.execute(db);
      await sql`update register_entry set tier_id = ${rows[0]!.plain} where customer_id = ${late}`.execute(
        db,
      );
      return rows[0]!;
    });
    const alarmsWith = async (tiers: object[], rowVersion: number) => {
      const { status } = await users.director.patch('/detectors/payment-late', { tiers, rowVersion });
      expect(status).toBe(200);
      const { own, tiersOfToday } = await backtest('payment-late');
      return [own.alarms, tiersOfToday];
    };
    const rest = { isOn: true, threshold: null, dueDays: null, play: null };
    expect(await alarmsWith([{ ...rest, tierId: best, dueDays: 1 }], 2)).toEqual([9, 18]);
    // Off from the first grading on, in the last four weeks.
    expect(await alarmsWith([{ ...rest, tierId: best, isOn: false }], 3)).toEqual([5, 18]);
    expect(await alarmsWith([{ ...rest, tierId: plain, threshold: 5 }], 4)).toEqual([4, 18]);
    expect(await alarmsWith([], 5)).toEqual([9, null]);
  });

  it.each([
    ['product-dropped', 200, undefined],
    ['margin-fall', 200, undefined],
    ['overdue', 409, 'alerts.no_scores_conflict'],
    ['contact-gap', 422, 'alerts.records_none'],
    ['contract-ending', 422, 'alerts.records_none'],
    ['competitor-seen', 422, 'alerts.records_none'],
    ['chance-fall', 422, 'alerts.past_runs_short'],
    ['concentration', 422, 'alerts.backtest_fact'],
    ['churn-model', 422, 'alerts.backtest_training'],
    ['nobody', 404, 'alerts.detector_not_found'],
  ])('of %s is answered with %i', async (id, status, code) => {
    const answer = await users.director.get(`/detectors/${id}/backtest`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('says from when on records that are too young tell something', async () => {
    await users.member.post(`/customers/${stayed}/notes`, {
      kind: 'competitor',
      title: '对手甲',
      notedOn: day(20),
    });
    const { body } = await users.director.get('/detectors/competitor-seen/backtest');
    expect([body.code, body.params]).toEqual([
      'alerts.records_short',
      { from: day(20), to: day(0), days: 91 },
    ]);
  });

  it('takes two past runs where it reads their figures', async () => {
    const figures = (pAlive: number) => [{ customerId: stopped, pAlive, spend: 100, clv: 900 }];
    await publish(server, day(250), figures(0.9));
    await publish(server, day(160), figures(0.5));
    const report = await backtest('chance-fall');
    expect(report).toMatchObject({ from: day(160), to: day(160), looks: 1 });
    // One of four was lost, and that one was named.
    expect(report.own).toMatchObject({ alarms: 1, warnings: 1, precision: 1, recall: 1 });
  });

  it('ends when nobody waits for it any more, and says so', async () => {
    const gone = new AbortController();
    const asked = backtestDetector(server.platform, 'key-contact-left', day(0), gone.signal);
    gone.abort();
    await expect(asked).rejects.toMatchObject({ code: 'alerts.backtest_given_up' });
  });

  it('leaves nothing of the past behind', async () => {
    const { rows } = await server.asSystem((db) =>
      sql<{ orders: number }>`select count(*)::int as orders from customer_order`.execute(db),
    );
    expect(rows[0]?.orders).toBe(4 * 105 - 22);
  });
});
