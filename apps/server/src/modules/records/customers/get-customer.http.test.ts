import { describe, expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { randomFrom } from '../../../testing/register-rows.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

describe('a customer in detail', () => {
  it('explains the value against the middle customer of the run', async () => {
    const ids: number[] = [];
    for (let i = 0; i < 5; i++) ids.push((await made(users.member)).customerId);
    const random = randomFrom(3);
    const scores = ids.map((customerId) => {
      const pAlive = 0.2 + 0.7 * random();
      const spend = 50 + 500 * random();
      return { customerId, pAlive, spend, clv: pAlive * spend * (1 + 5 * random()) };
    });
    await publish(
      server,
      '2026-02-01',
      scores.map((score) => ({ ...score, clv: score.clv / 2 })),
    );
    const runId = await publish(server, '2026-02-28', scores);
    const middle = (values: number[]) => values.sort((a, b) => a - b)[2] ?? 0;
    const reference = {
      survival: middle(scores.map((score) => score.pAlive)),
      orderRate: middle(scores.map((score) => score.clv / (score.pAlive * score.spend))),
      spend: middle(scores.map((score) => score.spend)),
    };
    for (const { customerId, clv, pAlive } of scores) {
      const { body } = await users.member.get(`/customers/${customerId}`);
      expect(body.score).toMatchObject({
        valuationRunId: runId,
        asOf: '2026-02-28',
        modelName: 'bg-nbd',
        timeUnit: 'week',
        horizon: 52,
        clv,
      });
      expect(body.previousClv).toBeCloseTo(clv / 2, 9);
      const reasons = body.score.reasons as {
        factor: string;
        value: number;
        reference: number;
        contribution: number;
      }[];
      expect(reasons.map((reason) => reason.factor)).toEqual(['survival', 'orderRate', 'spend']);
      expect(reasons[0]?.value).toBe(pAlive);
      expect(reasons.map((reason) => reason.reference)).toEqual(
        Object.values(reference).map((value) => expect.closeTo(value, 9)),
      );
      const sum = reasons.reduce((total, reason) => total + reason.contribution, 0);
      expect(sum).toBeCloseTo(clv - reference.survival * reference.orderRate * reference.spend, 6);
    }
  });

  it('shows order days with returns netted, gaps, and the window of the next order', async () => {
    const { customerId } = await made(users.member);
    for (const [on, amount] of [
      ['2026-01-01', 100],
      ['2026-01-01', 50],
      ['2026-01-05', 300],
      ['2026-01-05', -400],
      ['2026-01-11', 70],
      ['2026-01-25', 80],
    ] as const) {
      await orderOf(server, customerId, on, amount);
    }
    await publish(server, '2026-02-28', [
      { customerId, pAlive: 0.9, spend: 1, clv: 1, nextOrderOn: '2026-03-10' },
    ]);
    const { body } = await users.member.get(`/customers/${customerId}/rhythm`);
    expect(body).toEqual({
      currency: 'CNY',
      days: [
        { on: '2026-01-01', amountMinor: 150 },
        { on: '2026-01-05', amountMinor: -100 },
        { on: '2026-01-11', amountMinor: 70 },
        { on: '2026-01-25', amountMinor: 80 },
      ],
      // 10 and 14 days between the days that were order days.
      gapDays: { low: 11, median: 12, high: 13 },
      asOf: '2026-02-28',
      nextOrderOn: '2026-03-10',
      nextOrderFrom: '2026-03-09',
      nextOrderTo: '2026-03-11',
    });
  });

  it('adds the amounts of twelve months to the rows of the register when asked', async () => {
    const { customerId } = await made(users.member, { name: '十二个月测试' });
    await publish(server, '2026-02-28', [{ customerId, pAlive: 0.9, spend: 1, clv: 1 }]);
    await orderOf(server, customerId, '2026-02-28', 5);
    await orderOf(server, customerId, '2026-02-01', 7);
    await orderOf(server, customerId, '2026-01-31', 11);
    await orderOf(server, customerId, '2025-03-01', 13);
    await orderOf(server, customerId, '2025-02-28', 17);
    await orderOf(server, customerId, '2026-03-01', 19);
    const { body } = await users.member.get('/customers?spark=true&q=十二个月测试');
    expect(body.items[0].monthlyAmountMinor).toEqual([13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 12]);
  });
});
