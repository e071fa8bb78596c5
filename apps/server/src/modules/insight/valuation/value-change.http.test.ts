import type { ValueChange } from '@kezi/contract';
import { expect, it } from 'vitest';
import { made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { anonymous, director, member } = server.users;

const changeOf = async (customerId: number, reader = director) =>
  (await reader.get<ValueChange>(`/customers/${customerId}/value-change`)).body;

it('says what a customer was worth, is worth, and what the difference is made of', async () => {
  const [kept, gone, late, none] = [
    await made(member),
    await made(member),
    await made(member),
    await made(member),
  ].map((customer) => customer.customerId as number) as [number, number, number, number];
  expect(await changeOf(kept)).toMatchObject({ kind: 'not-valued', before: null, now: null });
  for (const [on, amount] of [
    ['2026-01-10', 100],
    ['2026-02-01', 7],
    ['2026-02-10', 300],
    ['2026-02-20', -50],
    ['2026-03-01', 900],
  ] as const) {
    await orderOf(server, kept, on, amount);
  }
  await publish(server, '2026-01-31', [
    { customerId: kept, pAlive: 0.5, spend: 100, clv: 200.004 },
    { customerId: gone, pAlive: 0.5, spend: 100, clv: 50 },
  ]);
  expect(await changeOf(kept)).toMatchObject({ kind: 'first-run', now: { clv: 200.004 }, changeMinor: null });
  await publish(server, '2026-02-28', [
    { customerId: kept, pAlive: 0.8, spend: 110, clv: 400.006 },
    { customerId: late, pAlive: 0.8, spend: 110, clv: 1 },
  ]);
  const change = await changeOf(kept);
  expect(change).toMatchObject({
    kind: 'compared',
    currency: 'CNY',
    before: { asOf: '2026-01-31', clv: 200.004 },
    now: { asOf: '2026-02-28', clv: 400.006 },
    changeMinor: 20001,
    // The day of the first run is in it, the day of the second in the second, later ones in neither.
    between: { days: 28, newOrderDays: 0, orders: 2, returns: 1, amountMinor: 257 },
    settings: [],
  });
  expect(change.parts.map((part) => part.factor)).toEqual(['survival', 'orderRate', 'spend']);
  expect(change.parts.reduce((sum, part) => sum + part.contributionMinor, 0)).toBe(20001);
  expect(await changeOf(late)).toMatchObject({ kind: 'new', before: null, now: { clv: 1 } });
  expect(await changeOf(gone)).toMatchObject({ kind: 'gone', before: { clv: 50 }, now: null });
  expect(await changeOf(none)).toMatchObject({ kind: 'not-valued' });
});

it('is for those who may see the customer, and tells orders to those who may see orders', async () => {
  const foreign = (await made(director)).customerId as number;
  const answer = await member.get(`/customers/${foreign}/value-change`);
  expect([answer.status, answer.body.code]).toEqual([404, 'customers.not_found']);
  const own = (await made(member)).customerId as number;
  const scores = [{ customerId: own, pAlive: 0.5, spend: 100, clv: 200 }];
  await publish(server, '2026-03-30', scores);
  await publish(server, '2026-03-31', scores);
  await orderOf(server, own, '2026-03-31', 100);
  expect((await changeOf(own, member)).between).toMatchObject({ orders: 1, amountMinor: 100 });
  const { body: keyed } = await member.post('/keys', { name: 'scores', scopes: ['customers:read'] });
  const byKey = await anonymous.get<ValueChange>(`/customers/${own}/value-change`, {
    authorization: `Bearer ${keyed.key}`,
  });
  expect(byKey.body.between).toEqual({
    days: 1,
    newOrderDays: 0,
    orders: null,
    returns: null,
    amountMinor: null,
  });
});
