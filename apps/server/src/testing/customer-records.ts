import type { RfmSegment } from '@kezi/contract';
import { keepReference } from '../modules/records/customers/index.js';
import type { TestServer } from './test-server.js';
import type { TestClient } from './test-users.js';

let serial = 0;
/** A customer as somebody sends it, with a number of its own. */
export const wish = (more: Record<string, unknown> = {}) => ({
  customerNo: `N-${++serial}`,
  name: `上海星辰电子科技有限公司${serial}`,
  ...more,
});

/** Adds a customer over the interface. */
export async function made(client: TestClient, more: Record<string, unknown> = {}) {
  const { status, body } = await client.post('/customers', wish(more));
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

/** An order without lines. */
export async function orderOf(
  server: TestServer,
  customerId: number,
  orderedOn: string,
  amountMinor: number,
  more = {},
): Promise<number> {
  return server.asSystem(async (db) => {
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
        ...more,
      })
      .returning('order_id')
      .executeTakeFirstOrThrow();
    return order.order_id;
  });
}

/** The first line of an order. */
export async function lineOf(
  server: TestServer,
  orderId: number,
  customerId: number,
  productId: number | null,
  amountMinor: number,
) {
  await server.asSystem(async (db) => {
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
      })
      .execute();
  });
}

/** A published run with scores of the customers given. */
export async function publish(
  server: TestServer,
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
        created_by: server.users.administrator.userId,
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
        .updateTable('register_entry')
        .set({ ...figures, score_run_id: valuation_run_id })
        .where('customer_id', '=', customerId)
        .execute();
    }
    await keepReference(db, valuation_run_id);
    return valuation_run_id;
  });
}
