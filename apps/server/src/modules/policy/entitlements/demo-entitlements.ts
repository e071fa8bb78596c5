import type { EntitlementInput } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Moment } from './list-entitlements.js';
import { createEntitlement, recordUse } from './write-entitlement.js';

interface DemoEntitlement {
  kind: EntitlementInput['kind'];
  names: Readonly<Record<Language, string>>;
  /** Yuan and hours of a unit. */
  cost: number;
  hours: number;
  /** From the highest tier down; tiers without one have none. */
  quantities: readonly number[];
}

const catalogue: readonly DemoEntitlement[] = [
  {
    kind: 'manager',
    names: { 'zh-CN': '专属客户经理', 'en-US': 'Account manager' },
    cost: 1200,
    hours: 24,
    quantities: [40, 200],
  },
  {
    kind: 'response',
    names: { 'zh-CN': '问题响应', 'en-US': 'Response to questions' },
    cost: 100,
    hours: 2,
    quantities: [2, 8, 24],
  },
  {
    kind: 'solution',
    names: { 'zh-CN': '问题解决', 'en-US': 'Questions solved' },
    cost: 200,
    hours: 3,
    quantities: [24, 72],
  },
  {
    kind: 'payment-terms',
    names: { 'zh-CN': '月结账期', 'en-US': 'Payment terms' },
    cost: 0,
    hours: 0,
    quantities: [60, 30],
  },
  {
    kind: 'credit-limit',
    names: { 'zh-CN': '信用额度', 'en-US': 'Credit limit' },
    cost: 0,
    hours: 0,
    quantities: [2_000_000, 800_000, 300_000],
  },
  {
    kind: 'discount',
    names: { 'zh-CN': '折扣上限', 'en-US': 'Discount ceiling' },
    cost: 0,
    hours: 0,
    quantities: [12, 6, 3],
  },
  {
    kind: 'training',
    names: { 'zh-CN': '产品培训名额', 'en-US': 'Seats in product training' },
    cost: 500,
    hours: 1,
    quantities: [4, 1],
  },
  {
    kind: 'event',
    names: { 'zh-CN': '年度客户大会', 'en-US': 'Yearly customer meeting' },
    cost: 1500,
    hours: 2,
    quantities: [2],
  },
];

/** What the tiers of the made-up company get, from the highest down: a newcomer sees what entitlements are for. */
export async function addDemoEntitlements(
  db: Db,
  tierIds: readonly number[],
  language: Language,
): Promise<void> {
  for (const { kind, names, cost, hours, quantities } of catalogue) {
    const promises = quantities.flatMap((quantity, place) => {
      const tierId = tierIds[place];
      return tierId === undefined ? [] : [{ tierId, quantity }];
    });
    await createEntitlement(db, {
      kind,
      name: names[language],
      unitCostMinor: cost * 100,
      unitHours: hours,
      promises,
    });
  }
}

/** As many as have people and talks in the made-up archive. */
const mostCustomers = 24;
const dayMs = 86_400_000;

/** What the best customers of the made-up company used of it within the year: training, and questions that were answered. */
export async function addDemoUses(db: Db, by: Moment & { userId: number }): Promise<void> {
  const { rows: best } = await sql<{ customerId: number }>`
    select customer_id as "customerId" from customer_order
    where ordered_on > (${by.today}::date - interval '1 year')::date
    group by customer_id order by sum(base_amount_minor) desc, customer_id limit ${mostCustomers}`.execute(
    db,
  );
  const { rows: used } = await sql<{ entitlementId: number; kind: string }>`
    select entitlement_id as "entitlementId", kind from entitlement where kind in ('training', 'response', 'solution')
    order by entitlement_id`.execute(db);
  for (const [place, { customerId }] of best.entries()) {
    for (const [at, { entitlementId, kind }] of used.entries()) {
      if ((place + at) % 3 === 0) continue;
      const usedOn = new Date(Date.parse(by.today) - (15 + ((place * 13 + at * 40) % 300)) * dayMs);
      const quantity = kind === 'training' ? 1 + (place % 3) : 1;
      const use = { entitlementId, quantity, usedOn: usedOn.toISOString().slice(0, 10), isBreach: false };
      await recordUse(db, customerId, use, by);
    }
  }
}
