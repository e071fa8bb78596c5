import { beforeAll, describe, expect, it } from 'vitest';
import { lineOf, made, orderOf } from '../../../testing/customer-records.js';
import { importFile } from '../../../testing/import-file.js';
import { testServer } from '../../../testing/test-server.js';

const server = await testServer();
const { users } = server;

describe('what an order leaves', () => {
  it.each([
    ['毛利,服务成本', '40,3\n40,\n', [3700, 4000]],
    ['成本,服务成本', '60,3\n,3\n', [3700, null]],
    ['cost to serve', '3\n0.5\n', [9700, 9950]],
    ['成本,运费', '60,3\n60,3\n', [4000, 4000]],
  ])('%s: less what its lines cost to serve, where the file says', async (columns, cells, margins) => {
    const customer = `S-${columns.replace(',', '-')}`;
    const lines = cells
      .trimEnd()
      .split('\n')
      .map((rest, i) => `${customer}-${i},${customer},2026-01-05,100,${rest}\n`);
    const file = `订单号,客户编号,订单日期,金额,${columns}\n${lines.join('')}`;
    const batch = await importFile(server, users.administrator, 'orders', file);
    expect([batch.status, batch.counts?.accepted]).toEqual(['imported', 2]);
    const orders = await server.asSystem((db) =>
      db
        .selectFrom('customer_order')
        .select('base_margin_minor')
        .where('order_no', 'like', `${customer}-%`)
        .orderBy('order_no')
        .execute(),
    );
    expect(orders.map((order) => order.base_margin_minor)).toEqual(margins);
  });
});

describe('orders and products of a customer', () => {
  let customerId = 0;
  const orderIds: number[] = [];
  beforeAll(async () => {
    ({ customerId } = await made(users.member));
    const products = await server.asSystem((db) =>
      db
        .insertInto('product')
        .values([
          { product_no: 'P-1', name: '伺服电机', category: '电机' },
          { product_no: 'P-2', name: '变频器 100%', category: '电气' },
          { product_no: 'P-3', name: '接触器_A', category: '电气' },
        ])
        .returning('product_id')
        .execute(),
    );
    for (let i = 0; i < 25; i++) {
      const orderId = await orderOf(
        server,
        customerId,
        `2026-01-${String(1 + (i % 4)).padStart(2, '0')}`,
        100 + i,
      );
      orderIds.push(orderId);
      await lineOf(server, orderId, customerId, products[i % 2]?.product_id ?? null, 100 + i);
    }
  });

  it('pages hold every order once, the newest first', async () => {
    const seen: { orderId: number; orderedOn: string }[] = [];
    for (let cursor = ''; ;) {
      const { body } = await users.manager.get(`/customers/${customerId}/orders?limit=4${cursor}`);
      seen.push(...body.items);
      if (body.nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    expect(seen.map((order) => order.orderId).sort((a, b) => a - b)).toEqual(orderIds);
    const days = seen.map((order) => order.orderedOn);
    expect(days).toEqual([...days].sort().reverse());
    for (const cursor of ['WzFd', 'WyIyMDI2LTAyLTMxIiwxXQ', 'x']) {
      const { status } = await users.manager.get(`/customers/${customerId}/orders?cursor=${cursor}`);
      expect(status).toBe(422);
    }
  });

  it('shows the lines of an order', async () => {
    const { body } = await users.member.get(`/orders/${orderIds[0]}`);
    expect(body).toMatchObject({ orderId: orderIds[0], customerId, amountMinor: 100, currency: 'CNY' });
    expect(body.lines).toEqual([
      { lineNo: 1, productNo: 'P-1', productName: '伺服电机', quantity: 2.5, amountMinor: 100 },
    ]);
  });

  it('sums what the customer buys, the largest first', async () => {
    const { body } = await users.member.get(`/customers/${customerId}/products`);
    const sumOf = (rest: number) =>
      Array.from({ length: 25 }, (_, i) => (i % 2 === rest ? 100 + i : 0)).reduce((a, b) => a + b, 0);
    expect(body.items).toMatchObject([
      { productNo: 'P-1', orders: 13, quantity: 32.5, amountMinor: sumOf(0), lastOrderOn: '2026-01-03' },
      { productNo: 'P-2', orders: 12, quantity: 30, amountMinor: sumOf(1), lastOrderOn: '2026-01-04' },
    ]);
  });

  it('lists products with search, where signs of patterns are signs', async () => {
    const numbers = async (query: string) => {
      const { body } = await users.stranger.get(`/products?${query}`);
      return body.items.map((item: { productNo: string }) => item.productNo);
    };
    expect(await numbers('')).toEqual(['P-1', 'P-2', 'P-3']);
    expect(await numbers('q=变频')).toEqual(['P-2']);
    expect(await numbers('q=p-')).toEqual(['P-1', 'P-2', 'P-3']);
    expect(await numbers('q=%25')).toEqual(['P-2']);
    expect(await numbers('q=_')).toEqual(['P-3']);
    expect(await numbers(`category=${encodeURIComponent('电气')}`)).toEqual(['P-2', 'P-3']);
    const first = await users.stranger.get('/products?limit=2');
    const next = await users.stranger.get(`/products?limit=2&cursor=${first.body.nextCursor}`);
    expect(next.body).toMatchObject({ items: [{ productNo: 'P-3' }], nextCursor: null });
  });
});
