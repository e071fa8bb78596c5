import { negotiationPack, type NegotiationPack } from '@kezi/contract';
import { describe, expect, it } from 'vitest';
import { withoutRestricted } from '../../../platform/http/field-wall.rules.js';
import { lineOf, made, orderOf, publish } from '../../../testing/customer-records.js';
import { testServer } from '../../../testing/test-server.js';
import { drawPack } from './draw-pack.js';

const server = await testServer();
const { users } = server;

const { customerId } = await made(users.member);
const productId = await server.asSystem(async (db) => {
  const { product_id } = await db
    .insertInto('product')
    .values({ product_no: 'P1', name: '精密轴承' })
    .returning('product_id')
    .executeTakeFirstOrThrow();
  return product_id;
});
for (const [day, amount] of [
  ['2025-07-01', 100_00],
  ['2026-02-01', 150_00],
] as const) {
  const margin = { base_margin_minor: amount * 0.3 };
  const orderId = await orderOf(server, customerId, day, amount, margin);
  await lineOf(server, orderId, customerId, productId, amount);
}
await orderOf(server, customerId, '2024-12-01', 50_00, { base_margin_minor: 20_00 });
await publish(server, '2026-03-01', [{ customerId, pAlive: 0.8, spend: 100, clv: 5000 }]);
const owed = { title: '货款', dueOn: '2026-02-01', amountMinor: 80_00 };
await users.member.post(`/customers/${customerId}/receivables`, owed);
const rival = { kind: 'competitor', title: '对手甲', sharePercent: 30 };
await users.member.post(`/customers/${customerId}/notes`, rival);
const boss = { name: '李总', decisionRole: 'decider', influence: 5 };
await users.member.post(`/customers/${customerId}/contacts`, boss);

describe('the negotiation pack', () => {
  it('holds what one needs to know, and how far a price can go', async () => {
    const { body } = await users.member.get(`/customers/${customerId}/pack`);
    const pack = negotiationPack.parse(body);
    expect(pack).toMatchObject({
      score: { clv: 5000, clvLow: 2500, clvHigh: 10_000, pAlive: 0.8 },
      year: { orders: 2, amountMinor: 250_00, marginMinor: 75_00, amountBeforeMinor: 50_00 },
      payments: { openMinor: 80_00, overdueMinor: 80_00, oldestDays: 29, bills: 0 },
      products: [{ name: '精密轴承', share: 1, priceMinor: 60_00, priceBeforeMinor: 40_00 }],
      notes: [{ kind: 'competitor', title: '对手甲', sharePercent: 30 }],
      contacts: [{ name: '李总', decisionRole: 'decider' }],
    });
    expect(pack.products[0]?.priceChange).toBeCloseTo(0.5, 9);
    expect(pack.walkAway?.marginFloorRate).toBeCloseTo(0.3, 9);
    expect(pack.walkAway?.marginBreakEvenRate).toBeCloseTo(0.06, 9);
    expect((await users.stranger.get(`/customers/${customerId}/pack`)).body.code).toBe('customers.not_found');
  });

  it('is a PDF that is on record as an export', async () => {
    const answer = await users.member.get(`/customers/${customerId}/pack.pdf`);
    expect(answer.headers['content-type']).toContain('application/pdf');
    const bytes = answer.raw.rawPayload;
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.length).toBeGreaterThan(5000);
    const { body } = await users.administrator.get('/audit?action=customer.packed');
    expect(body.items).toMatchObject([{ action: 'customer.packed', subjectId: String(customerId) }]);
    expect((await users.stranger.get(`/customers/${customerId}/pack.pdf`)).body.code).toBe(
      'customers.not_found',
    );
  });

  it('draws dashes where figures are kept from the reader', async () => {
    const { body } = await users.member.get(`/customers/${customerId}/pack`);
    const kept = withoutRestricted(body, { amounts: 'hidden', margin: 'hidden', value: 'hidden' });
    expect(JSON.stringify(kept)).not.toMatch(/25000|7500|5000/);
    expect((await drawPack(kept as NegotiationPack, 'en-US')).length).toBeGreaterThan(3000);
  });
});
