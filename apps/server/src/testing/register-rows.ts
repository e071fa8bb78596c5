import { sql } from 'kysely';
import { lifecycleStages, rfmSegments, type RfmSegment } from '@kezi/contract';
import { customerTokens } from '../modules/records/customers/index.js';
import type { Db } from '../platform/db/scoped-db.js';

/** A customer of a test, as the tables hold it. */
export interface TestCustomer {
  customerId: number;
  customerNo: string;
  name: string;
  ownerId: number | null;
  teamId: number | null;
  industry: string | null;
  region: string | null;
  clv: number | null;
  pAlive: number | null;
  expectedOrders: number | null;
  orders: number | null;
  monetaryValue: number | null;
  lastOrderOn: string | null;
  nextOrderOn: string | null;
  rfmSegment: RfmSegment | null;
  /** The rank of its tier; 1 is the highest. */
  tier: number | null;
  /** The place of its stage in the lifecycle, from 1 on. */
  stage: number | null;
}

/** Numbers in [0, 1) by Lehmer's generator with the factor of Park & Miller (1988): the same seed, the same rows. */
export function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

const places = ['上海', '北京', '深圳', '广州', '重庆', '成都'];
const trades = ['星辰', '华宇', '恒信', '天成', '金源', '瑞和', '银河'];
const words = ['电子科技', '精密机械', '餐饮管理', '医疗器械', '国际贸易'];

function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}

function dayOf(number: number): string {
  return new Date(Date.UTC(2026, 0, 1) + number * 86_400_000).toISOString().slice(0, 10);
}

/** A row with many ties and gaps: values of few kinds, a tenth without figures, some without owner, region or industry. */
function rowOf(
  number: number,
  random: () => number,
  owners: readonly (readonly [number | null, number | null])[],
) {
  const [ownerId, teamId] = pick(random, owners);
  const isScored = random() > 0.1;
  const figure = (value: number) => (isScored ? value : null);
  const record = {
    customer_no: `C${String(number).padStart(5, '0')}`,
    name: `${pick(random, places)}${pick(random, trades)}${pick(random, words)}有限公司`,
    owner_id: ownerId,
    team_id: teamId,
    industry: random() < 0.1 ? null : pick(random, ['制造', '零售', '餐饮', '医疗']),
    region: random() < 0.1 ? null : pick(random, places),
  };
  const figures = {
    clv: figure(Math.floor(random() * 40) * 12.5),
    p_alive: isScored && random() > 0.1 ? Math.floor(random() * 20) / 20 : null,
    expected_orders: figure(Math.floor(random() * 30) / 7),
    orders: figure(Math.floor(random() * 6)),
    monetary_value: figure(random() * 1000),
    last_order_on: isScored ? dayOf(Math.floor(random() * 50)) : null,
    next_order_on: isScored && random() > 0.3 ? dayOf(50 + Math.floor(random() * 20)) : null,
    rfm_segment: isScored ? pick(random, rfmSegments) : null,
    tier_rank: random() > 0.2 ? 1 + Math.floor(random() * 4) : null,
    stage: lifecycleStages[number % 9] ?? null,
  };
  return { record, figures };
}

/** Writes figures into the register's entries, as a published run does. */
async function showFigures(
  db: Db,
  figures: readonly { customer_no: string; [figure: string]: unknown }[],
): Promise<TestCustomer[]> {
  const { rows } = await sql<TestCustomer>`
    update register_entry c set (clv, p_alive, expected_orders, orders, monetary_value, last_order_on, next_order_on,
        rfm_segment, tier_rank, stage, stage_rank) = (f.clv, f.p_alive, f.expected_orders, f.orders, f.monetary_value, f.last_order_on,
        f.next_order_on, f.rfm_segment, f.tier_rank, f.stage, stage_rank_of(f.stage))
    from jsonb_populate_recordset(null::register_entry, ${JSON.stringify(figures)}::jsonb) f
    where c.customer_no = f.customer_no
    returning c.customer_id as "customerId", c.customer_no as "customerNo", c.name, c.owner_id as "ownerId",
      c.team_id as "teamId", c.industry, c.region, c.clv, c.p_alive as "pAlive", c.expected_orders as "expectedOrders",
      c.orders, c.monetary_value as "monetaryValue", c.last_order_on as "lastOrderOn",
      c.next_order_on as "nextOrderOn", c.rfm_segment as "rfmSegment", c.tier_rank as "tier",
      c.stage_rank as "stage"`.execute(db);
  return rows.toSorted((a, b) => a.customerId - b.customerId);
}

/** Makes customers of random owners with their search words. */
export async function insertRegister(
  db: Db,
  options: { count: number; seed: number; owners: readonly (readonly [number | null, number | null])[] },
): Promise<TestCustomer[]> {
  const random = randomFrom(options.seed);
  const rows = Array.from({ length: options.count }, (_, i) => rowOf(i + 1, random, options.owners));
  const made: TestCustomer[] = [];
  for (let at = 0; at < rows.length; at += 500) {
    const part = rows.slice(at, at + 500);
    await db
      .insertInto('customer')
      .values(part.map(({ record }) => record))
      .execute();
    const some = await showFigures(
      db,
      part.map(({ record, figures }) => ({ customer_no: record.customer_no, ...figures })),
    );
    made.push(...some);
    for (let from = 0; from < some.length; from += 100) {
      const tokens = some.slice(from, from + 100).flatMap((customer) =>
        customerTokens(customer).map((token) => ({
          token,
          customer_id: customer.customerId,
        })),
      );
      await db.insertInto('customer_token').values(tokens).execute();
    }
  }
  return made;
}
