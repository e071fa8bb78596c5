import { detectorRow, warningPage, type DetectorRow, type WarningRow } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { made, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;
server.clock.set('2026-05-20T02:00:00Z');

async function run(): Promise<void> {
  await users.director.post('/warnings/runs');
  await server.runJobs();
}

const openOf = async (customerId: number, detectorId: string): Promise<WarningRow> => {
  const { body } = await users.director.get(`/warnings?customerId=${customerId}&detector=${detectorId}`);
  return warningPage.parse(body).items[0]!;
};

const detectors = async () =>
  (await users.director.get<{ items: DetectorRow[] }>('/detectors')).body.items.map((row) =>
    detectorRow.parse(row),
  );

const { customerId: busy } = await made(users.member);
const { customerId: silent } = await made(users.member);
await publish(server, '2026-05-20', [
  { customerId: busy, pAlive: 0.9, spend: 100, clv: 900 },
  { customerId: silent, pAlive: 0.9, spend: 100, clv: 900 },
]);

describe('detectors of what people write down', () => {
  it('see a bill that is late, a contract that ends and a competitor, and forget what is settled', async () => {
    const owed = { title: '三月货款', dueOn: '2026-05-01', amountMinor: 1234_00 };
    await users.member.post(`/customers/${busy}/receivables`, owed);
    const contract = { contractNo: 'HT-1', title: '年度框架', startsOn: '2025-06-01', endsOn: '2026-05-31' };
    const { status } = await users.member.post(`/customers/${busy}/contracts`, contract);
    expect(status).toBe(201);
    const rival = { kind: 'competitor', title: '对手', sharePercent: 40, notedOn: '2026-05-02' };
    expect((await users.member.post(`/customers/${busy}/notes`, rival)).status).toBe(201);
    await run();
    expect(await openOf(busy, 'payment-late')).toMatchObject({
      valueAtRisk: 1234,
      evidence: { lateDays: 19, bills: 1 },
    });
    expect(await openOf(busy, 'contract-ending')).toMatchObject({
      valueAtRisk: 225,
      evidence: { contractNo: 'HT-1', daysLeft: 11 },
    });
    expect(await openOf(busy, 'competitor-seen')).toMatchObject({
      valueAtRisk: 360,
      evidence: { share: 0.4 },
    });
    const renewed = { contractNo: 'HT-2', title: '续约', startsOn: '2026-06-01', endsOn: '2027-05-31' };
    await users.member.post(`/customers/${busy}/contracts`, renewed);
    await run();
    expect(await openOf(busy, 'contract-ending')).toBeUndefined();
  });

  it('believe a trained model only as far as it was right', async () => {
    const train = (trusted: boolean) =>
      server.asSystem(async (db) => {
        const report = {
          model: { trusted },
          heldOut: { rate: 0.1 },
          calibration: [{ rows: 40, meanPredicted: 0.2, rate: 0.22 }],
        };
        const { churn_run_id } = await db
          .insertInto('churn_run')
          .values({
            status: 'published',
            options: '{}',
            as_of: '2026-03-01',
            silence_days: 60,
            report: JSON.stringify(report),
            created_by: users.director.userId,
            published_at: new Date(trusted ? '2026-03-02T00:00:00Z' : '2026-03-03T00:00:00Z'),
          })
          .returning('churn_run_id')
          .executeTakeFirstOrThrow();
        for (const customer_id of [silent, busy]) {
          await db
            .insertInto('customer_churn')
            .values({ churn_run_id, customer_id, probability: customer_id === busy ? 0.4 : 0.2, tenth: 1 })
            .execute();
          await db
            .updateTable('customer_score')
            .set({ last_order_on: '2026-02-20' })
            .where('customer_id', '=', customer_id)
            .execute();
        }
      });
    await train(true);
    await run();
    // The odds of a tenth, three times over, are a quarter: 0.4 is over it, 0.2 is not.
    const warning = await openOf(busy, 'churn-model');
    expect(warning).toMatchObject({ evidence: { probability: 0.4, usualRate: 0.1 } });
    expect([warning.score, warning.valueAtRisk]).toEqual([expect.closeTo(1.6, 9), expect.closeTo(270, 9)]);
    expect(await openOf(silent, 'churn-model')).toBeUndefined();
    const row = (await detectors()).find(({ detectorId }) => detectorId === 'churn-model');
    expect(row?.calibration).toEqual([{ rows: 40, meanPredicted: 0.2, rate: 0.22 }]);
    await train(false);
    await run();
    expect(await openOf(busy, 'churn-model')).toBeUndefined();
  });
});

describe('the policy by tier', () => {
  it('has its own threshold, days and words for a tier, or leaves it in peace', async () => {
    const { best, plain } = await server.asSystem(async (db) => {
      const { tier_set_id } = await db
        .insertInto('tier_set')
        .values({ name: '两级' })
        .returning('tier_set_id')
        .executeTakeFirstOrThrow();
      const tiers = await db
        .insertInto('tier')
        .values([
          { tier_set_id, rank: 1, name: '重点', badge: 'crown' },
          { tier_set_id, rank: 2, name: '普通', badge: 'circle' },
        ])
        .returning('tier_id')
        .execute();
      const [best, plain] = tiers.map(({ tier_id }) => tier_id) as [number, number];
      for (const [customerId, tier] of [
        [busy, best],
        [silent, plain],
      ] as const) {
        await db
          .updateTable('register_entry')
          .set({ tier_id: tier })
          .where('customer_id', '=', customerId)
          .execute();
      }
      return { best, plain };
    });
    const owed = { title: '五月货款', dueOn: '2026-05-10', amountMinor: 50_00 };
    await users.member.post(`/customers/${silent}/receivables`, owed);
    const rest = { isOn: true, threshold: null, dueDays: null, play: null };
    const set = async (tiers: object[], rowVersion: number) => {
      const { status, body } = await users.director.patch('/detectors/payment-late', { tiers, rowVersion });
      if (status !== 200) throw new Error(JSON.stringify(body));
      return detectorRow.parse(body);
    };
    const row = await set(
      [
        { ...rest, tierId: best, dueDays: 1, play: '总监亲自打电话' },
        { ...rest, tierId: plain, threshold: 0.5 },
      ],
      0,
    );
    expect([row.dueDays, row.tiers]).toMatchObject([3, [{ dueDays: 1 }, { threshold: 0.5 }]]);
    await run();
    // Ten days late: under the cut of everybody, over that of the tier.
    expect(await openOf(silent, 'payment-late')).toMatchObject({ play: null, dueOn: '2026-05-23' });
    expect(await openOf(busy, 'payment-late')).toMatchObject({ play: '总监亲自打电话' });
    await set([{ ...rest, tierId: plain, isOn: false }], 1);
    await run();
    expect(await openOf(silent, 'payment-late')).toBeUndefined();
    const unknown = await users.director.patch('/detectors/payment-late', {
      tiers: [{ ...rest, tierId: 99_999, dueDays: 1 }],
      rowVersion: 2,
    });
    expect(unknown.body.code).toBe('alerts.tier_unknown');
  });
});
