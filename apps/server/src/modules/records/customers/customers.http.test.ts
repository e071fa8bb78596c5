import { beforeAll, describe, expect, it } from 'vitest';
import type { RfmSegment } from '@kezi/contract';
import { randomFrom } from '../../../testing/register-rows.js';
import { testServer } from '../../../testing/test-server.js';
import type { TestClient } from '../../../testing/test-users.js';
import { keepReference } from './keep-reference.js';

const server = await testServer();
const { users } = server;
const { teams } = users;

let serial = 0;
const wish = (more: Record<string, unknown> = {}) => ({
  customerNo: `N-${++serial}`,
  name: `上海星辰电子科技有限公司${serial}`,
  ...more,
});

async function made(client: TestClient, more: Record<string, unknown> = {}) {
  const { status, body } = await client.post('/customers', wish(more));
  expect(status).toBe(201);
  return body;
}

async function orderOf(
  customerId: number,
  orderedOn: string,
  amountMinor: number,
  more = {},
): Promise<number> {
  return server.asSystem(async (db) => {
    const customer = await db
      .selectFrom('customer')
      .where('customer_id', '=', customerId)
      .select(['owner_id', 'team_id'])
      .executeTakeFirstOrThrow();
    const order = await db
      .insertInto('customer_order')
      .values({
        order_key: `K${++serial}`,
        order_no: `O${serial}`,
        customer_id: customerId,
        ordered_on: orderedOn,
        currency: 'CNY',
        amount_minor: amountMinor,
        base_amount_minor: amountMinor,
        line_count: 1,
        content_hash: 'x',
        ...customer,
        ...more,
      })
      .returning('order_id')
      .executeTakeFirstOrThrow();
    return order.order_id;
  });
}

async function lineOf(orderId: number, customerId: number, productId: number | null, amountMinor: number) {
  await server.asSystem(async (db) => {
    const order = await db
      .selectFrom('customer_order')
      .where('order_id', '=', orderId)
      .select(['owner_id', 'team_id'])
      .executeTakeFirstOrThrow();
    await db
      .insertInto('order_line')
      .values({
        order_id: orderId,
        line_no: 1,
        customer_id: customerId,
        product_id: productId,
        quantity: '2.5',
        amount_minor: amountMinor,
        base_amount_minor: amountMinor,
        ...order,
      })
      .execute();
  });
}

/** A published run with scores of the customers given. */
async function publish(
  asOf: string,
  scores: readonly { customerId: number; pAlive: number; spend: number; clv: number; nextOrderOn?: string }[],
): Promise<number> {
  return server.asSystem(async (db) => {
    const run = await db
      .insertInto('valuation_run')
      .values({
        status: 'published',
        as_of: asOf,
        options: JSON.stringify({ timeUnit: 'week', horizon: 52 }),
        card: JSON.stringify({ model: { name: 'bg-nbd' } }),
        created_by: users.administrator.userId,
        published_at: new Date(`${asOf}T08:00:00Z`),
      })
      .returning('valuation_run_id')
      .executeTakeFirstOrThrow();
    const valuation_run_id = run.valuation_run_id;
    for (const { customerId, pAlive, spend, clv, nextOrderOn } of scores) {
      const segment: RfmSegment = 'important-value';
      const owner = await db
        .selectFrom('customer')
        .where('customer_id', '=', customerId)
        .select(['owner_id', 'team_id'])
        .executeTakeFirstOrThrow();
      const figures = {
        orders: 3,
        monetary_value: spend,
        p_alive: pAlive,
        expected_orders: 2,
        clv,
        clv_low: clv / 2,
        clv_high: clv * 2,
        next_order_on: nextOrderOn ?? null,
        rfm_segment: segment,
      };
      await db
        .insertInto('customer_score')
        .values({
          valuation_run_id,
          customer_id: customerId,
          ...owner,
          ...figures,
          frequency: 2,
          recency: 10,
          age: 20,
          expected_spend: spend,
          clv_sd: 1,
        })
        .execute();
      await db
        .updateTable('customer')
        .set({ ...figures, score_run_id: valuation_run_id })
        .where('customer_id', '=', customerId)
        .execute();
    }
    await keepReference(db, valuation_run_id);
    return valuation_run_id;
  });
}

describe('adding a customer', () => {
  it('gives it to whoever adds it, findable at once, on record', async () => {
    const customer = await made(users.member, {
      name: '重庆长安汽车股份有限公司',
      custom: { 等级: 'A', 额度: 12.5 },
    });
    expect(customer).toMatchObject({
      ownerId: users.member.userId,
      teamId: teams.north1,
      rowVersion: 1,
      custom: { 等级: 'A', 额度: 12.5 },
      score: null,
      previousClv: null,
      subsidiaries: [],
    });
    const found = await users.manager.get('/customers?q=cqca');
    expect(found.body.items.map((item: { customerId: number }) => item.customerId)).toEqual([
      customer.customerId,
    ]);
    const audit = await server.asSystem((db) =>
      db
        .selectFrom('audit_entry')
        .where('subject', '=', 'customer')
        .where('subject_id', '=', String(customer.customerId))
        .select(['action', 'user_id'])
        .execute(),
    );
    expect(audit).toEqual([{ action: 'customer.created', user_id: users.member.userId }]);
  });

  it('refuses a number that is taken, without saying by whom', async () => {
    const theirs = await made(users.stranger);
    const mine = await made(users.member);
    for (const customerNo of [theirs.customerNo, mine.customerNo]) {
      const { status, body } = await users.member.post('/customers', wish({ customerNo }));
      expect([status, body.code, body.params]).toEqual([409, 'customers.number_conflict', { customerNo }]);
      const changed = await users.member.patch(`/customers/${(await made(users.member)).customerId}`, {
        customerNo,
        rowVersion: 1,
      });
      expect([changed.status, changed.body.code]).toEqual([409, 'customers.number_conflict']);
    }
  });

  it('lets only who may assign give it to somebody else, and only within sight', async () => {
    const toStranger = wish({ ownerId: users.stranger.userId });
    expect((await users.member.post('/customers', toStranger)).body.code).toBe('customers.owner_unknown');
    const toManager = wish({ ownerId: users.manager.userId, teamId: teams.north1 });
    expect((await users.member.post('/customers', toManager)).body.code).toBe('customers.assign_forbidden');
    expect((await users.manager.post('/customers', wish({ teamId: teams.south }))).status).toBe(201);
    const away = wish({ ownerId: null, teamId: teams.south });
    expect((await users.manager.post('/customers', away)).body.code).toBe('customers.assign_forbidden');
    const down = await made(users.manager, { ownerId: users.member.userId });
    expect(down).toMatchObject({ ownerId: users.member.userId, teamId: teams.north1 });
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'x'.repeat(401) }, 'name'],
    [{ customerNo: null }, 'customerNo'],
    [{ region: 'a\0b' }, 'region'],
    [{ custom: { a: { b: 1 } } }, 'custom'],
    [{ custom: { a: 'x\0' } }, 'custom'],
    [{ ownerId: 1.5 }, 'ownerId'],
    [{ ownerId: 2 ** 40 }, 'ownerId'],
    [{ parentCustomerId: -1 }, 'parentCustomerId'],
  ])('refuses %j', async (wrong, field) => {
    const { status, body } = await users.member.post('/customers', wish(wrong));
    expect([status, body.code]).toEqual([400, 'app.invalid_input']);
    expect(body.errors[0].path).toContain(field);
  });
});

describe('changing a customer', () => {
  it('changes what is named and nothing else, and raises the version', async () => {
    const before = await made(users.member, { name: '旧名称', region: '上海', custom: { a: 1 } });
    const { status, body, headers } = await users.member.patch(`/customers/${before.customerId}`, {
      name: '北京华宇精密机械有限公司',
      region: null,
      rowVersion: 1,
    });
    expect(status).toBe(200);
    expect(headers['etag']).toBe('"2"');
    expect(body).toMatchObject({
      name: '北京华宇精密机械有限公司',
      region: null,
      custom: { a: 1 },
      rowVersion: 2,
    });
    const old = await users.member.get('/customers/count?q=旧名称');
    const renamed = await users.member.get('/customers?q=华宇精密');
    expect(old.body.count).toBe(0);
    expect(renamed.body.items).toHaveLength(1);
  });

  it('refuses to write over a change that the writer has not seen', async () => {
    const { customerId } = await made(users.member);
    const path = `/customers/${customerId}`;
    expect((await users.manager.patch(path, { region: '上海', rowVersion: 1 })).status).toBe(200);
    const late = await users.member.patch(path, { region: '北京', rowVersion: 1 });
    expect([late.status, late.body.code]).toEqual([409, 'customers.changed']);
    const header = await users.member.patch(path, { region: '北京', rowVersion: 2 }, { 'if-match': '"1"' });
    expect(header.status).toBe(409);
    expect((await users.member.get(path)).body).toMatchObject({ region: '上海', rowVersion: 2 });
  });

  it('takes of two changes at the same time one', async () => {
    const { customerId } = await made(users.member);
    const answers = await Promise.all(
      ['甲', '乙', '丙'].map((region) =>
        users.member.patch(`/customers/${customerId}`, { region, rowVersion: 1 }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409]);
  });

  it('hands orders, lines, scores and search words over with the customer', async () => {
    const { customerId } = await made(users.member, { name: '成都瑞和餐饮管理有限公司' });
    const orderId = await orderOf(customerId, '2026-01-05', 100);
    await lineOf(orderId, customerId, null, 100);
    await publish('2026-01-31', [{ customerId, pAlive: 0.5, spend: 10, clv: 50 }]);
    const given = await users.administrator.patch(`/customers/${customerId}`, {
      ownerId: users.stranger.userId,
      rowVersion: 1,
    });
    expect(given.body).toMatchObject({ ownerId: users.stranger.userId, teamId: teams.south });
    for (const gone of [users.member, users.manager]) {
      expect((await gone.get(`/customers/${customerId}`)).status).toBe(404);
      expect((await gone.get(`/orders/${orderId}`)).status).toBe(404);
      expect((await gone.get('/customers?q=瑞和餐饮')).body.items).toEqual([]);
    }
    const seen = await users.stranger.get(`/customers/${customerId}`);
    expect(seen.body.score).toMatchObject({ clv: 50 });
    expect((await users.stranger.get('/customers?q=瑞和餐饮')).body.items).toHaveLength(1);
    expect((await users.stranger.get(`/orders/${orderId}`)).body.lines).toHaveLength(1);
  });

  it('refuses circles of parents, also through customers that the writer does not see', async () => {
    const top = await made(users.member);
    const middle = await made(users.member, { parentCustomerId: top.customerId });
    const path = (customer: { customerId: number }) => `/customers/${customer.customerId}`;
    const self = await users.member.patch(path(top), { parentCustomerId: top.customerId, rowVersion: 1 });
    const round = await users.member.patch(path(top), { parentCustomerId: middle.customerId, rowVersion: 1 });
    expect([self.body.code, round.body.code]).toEqual(['customers.parent_cycle', 'customers.parent_cycle']);
    // top <- hidden <- bottom: the member sees top and bottom only.
    const hidden = await made(users.administrator, { parentCustomerId: top.customerId });
    const bottom = await made(users.member);
    await users.administrator.patch(path(bottom), { parentCustomerId: hidden.customerId, rowVersion: 1 });
    const through = await users.member.patch(path(top), {
      parentCustomerId: bottom.customerId,
      rowVersion: 1,
    });
    expect([through.status, through.body.code]).toEqual([422, 'customers.parent_cycle']);
    const unknown = await users.member.patch(path(top), {
      parentCustomerId: hidden.customerId,
      rowVersion: 1,
    });
    expect(unknown.body.code).toBe('customers.parent_unknown');
    const detail = await users.member.get(path(top));
    expect(detail.body.subsidiaries.map((one: { customerId: number }) => one.customerId)).toEqual([
      middle.customerId,
    ]);
  });

  it('treats what is not yours like what does not exist', async () => {
    const { customerId } = await made(users.stranger);
    const orderId = await orderOf(customerId, '2026-01-05', 100);
    for (const part of ['', '/orders', '/rhythm', '/products']) {
      const theirs = await users.member.get(`/customers/${customerId}${part}`);
      const nobody = await users.member.get(`/customers/99999999${part}`);
      expect([theirs.status, theirs.body.code]).toEqual([404, 'customers.not_found']);
      expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
    }
    const change = { region: '北京', rowVersion: 1 };
    const theirs = await users.member.patch(`/customers/${customerId}`, change);
    const nobody = await users.member.patch('/customers/99999999', change);
    expect({ ...theirs.body, requestId: '' }).toEqual({ ...nobody.body, requestId: '' });
    expect((await users.member.get(`/orders/${orderId}`)).body.code).toBe('orders.not_found');
    expect((await users.anonymous.get(`/customers/${customerId}`)).status).toBe(401);
  });
});

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
      '2026-02-01',
      scores.map((score) => ({ ...score, clv: score.clv / 2 })),
    );
    const runId = await publish('2026-02-28', scores);
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
      await orderOf(customerId, on, amount);
    }
    await publish('2026-02-28', [{ customerId, pAlive: 0.9, spend: 1, clv: 1, nextOrderOn: '2026-03-10' }]);
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
    await publish('2026-02-28', [{ customerId, pAlive: 0.9, spend: 1, clv: 1 }]);
    await orderOf(customerId, '2026-02-28', 5);
    await orderOf(customerId, '2026-02-01', 7);
    await orderOf(customerId, '2026-01-31', 11);
    await orderOf(customerId, '2025-03-01', 13);
    await orderOf(customerId, '2025-02-28', 17);
    await orderOf(customerId, '2026-03-01', 19);
    const { body } = await users.member.get('/customers?spark=true&q=十二个月测试');
    expect(body.items[0].monthlyAmountMinor).toEqual([13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 12]);
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
      const orderId = await orderOf(customerId, `2026-01-${String(1 + (i % 4)).padStart(2, '0')}`, 100 + i);
      orderIds.push(orderId);
      await lineOf(orderId, customerId, products[i % 2]?.product_id ?? null, 100 + i);
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
