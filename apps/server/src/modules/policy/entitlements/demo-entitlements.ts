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
    kind: 'meeting',
    names: { 'zh-CN': '定期拜访', 'en-US': 'Regular visits' },
    cost: 300,
    hours: 3,
    quantities: [4, 2],
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
    quantities: [150_000, 60_000, 20_000],
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

interface DemoUse {
  kind: EntitlementInput['kind'];
  /** Of three customers one after the other; 0: not used, as what is a limit never is. */
  quantities: readonly [number, number, number];
  /** Every so manyth was promised and not given. */
  brokenEvery: number;
  why: Readonly<Record<Language, string>>;
}

const uses: readonly DemoUse[] = [
  {
    // Support on the spot, which nobody asked for in writing.
    kind: 'response',
    quantities: [1, 0, 2],
    brokenEvery: 24,
    why: { 'zh-CN': '约好的上门支持没有去', 'en-US': 'The agreed visit of support did not take place' },
  },
  {
    kind: 'training',
    quantities: [0, 2, 3],
    brokenEvery: 9,
    why: { 'zh-CN': '讲师临时有事，培训改期后没有补上', 'en-US': 'Trainer fell ill; no other day was found' },
  },
  {
    kind: 'event',
    quantities: [2, 0, 1],
    brokenEvery: 11,
    why: { 'zh-CN': '名额已满，没有给到', 'en-US': 'No seats were left' },
  },
  {
    kind: 'payment-terms',
    quantities: [0, 0, 0],
    brokenEvery: 12,
    why: {
      'zh-CN': '财务按 30 天催款，没有按承诺的账期',
      'en-US': 'Dunned after 30 days, before the promised term',
    },
  },
  {
    kind: 'discount',
    quantities: [0, 0, 0],
    brokenEvery: 10,
    why: { 'zh-CN': '报价漏了协议折扣', 'en-US': 'The quotation left the agreed discount out' },
  },
];

/**
 * What the best customers of the made-up company used of it within the year, and what they were promised and did not get.
 * Answers and solutions are counted by their clocks, visits by what was written down of them.
 */
export async function addDemoUses(
  db: Db,
  { language, ...by }: Moment & { userId: number; language: Language },
): Promise<void> {
  const { rows: best } = await sql<{ customerId: number }>`
    select customer_id as "customerId" from customer_order
    where ordered_on > (${by.today}::date - interval '1 year')::date
    group by customer_id order by sum(base_amount_minor) desc, customer_id limit ${mostCustomers}`.execute(
    db,
  );
  const known = await db
    .selectFrom('entitlement')
    .select(['entitlement_id as entitlementId', 'kind'])
    .execute();
  for (const [at, { kind, quantities, brokenEvery, why }] of uses.entries()) {
    const entitlementId = known.find((each) => each.kind === kind)?.entitlementId;
    if (entitlementId === undefined) continue;
    for (const [place, { customerId }] of best.entries()) {
      const isBreach = place % brokenEvery === at + 1;
      const quantity = isBreach ? 1 : (quantities[place % 3] ?? 0);
      if (quantity === 0) continue;
      const usedOn = new Date(Date.parse(by.today) - (15 + ((place * 13 + at * 40) % 300)) * dayMs);
      const use = { entitlementId, quantity, isBreach, usedOn: usedOn.toISOString().slice(0, 10) };
      await recordUse(db, customerId, { ...use, ...(isBreach ? { note: why[language] } : {}) }, by);
    }
  }
}
