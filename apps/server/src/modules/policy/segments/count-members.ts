import {
  rfmSegments,
  type RfmCuts,
  type RfmGrid,
  type Segment,
  type SegmentCount,
  type SegmentPreview,
  type SegmentPreviewInput,
} from '@kezi/contract';
import { sql, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { figuresAsOf, type Condition, type Reader } from '../../records/customers/index.js';
import { checkRule } from './segments.queries.js';
import { inRfmGroup, ruleCondition } from './segment-rule.js';

/** That a customer `c` is in a segment. */
export function memberCondition({ kind, rule, segmentId }: Segment, asOf: string | null): Condition {
  if (kind === 'dynamic' && rule !== null) return ruleCondition(rule, asOf);
  return sql`exists (select from segment_member m
    where m.segment_id = ${segmentId}::int and m.customer_id = c.customer_id)`;
}

/**
 * Customers and value of those who fit, and of all, in one pass over the register: half a second at a million. Of the
 * customers whom the reader sees, by the policy of the table.
 */
export async function countFitting(db: Db, fits: Condition): Promise<SegmentCount> {
  // The same expression once: a condition with sub-queries would be worked out for each of the two sums.
  const { rows } = await sql<Omit<SegmentCount, 'currency'>>`
    select count(*) filter (where fits) as customers, coalesce(sum(clv) filter (where fits), 0) as clv,
      count(*) as "allCustomers", coalesce(sum(clv), 0) as "allClv"
    from (select c.clv, (${fits}) as fits from register_entry c offset 0) c`.execute(db);
  const { baseCurrency: currency } = await readSettings(db);
  const none = { customers: 0, clv: 0, allCustomers: 0, allClv: 0 };
  return { ...(rows[0] ?? none), currency };
}

/**
 * Whom a rule would find: how many, worth how much, and the most valuable of them.
 * @throws CodedError fields.restricted_forbidden, and those of `ruleCondition`
 */
export async function previewRule(
  db: Db,
  reader: Reader,
  { rule, sample }: SegmentPreviewInput,
): Promise<SegmentPreview> {
  checkRule(reader, rule);
  const fits = ruleCondition(rule, await figuresAsOf(db));
  const counted = await countFitting(db, fits);
  return {
    ...counted,
    items: sample === 0 || counted.customers === 0 ? [] : await topOf(db, reader, fits, sample),
  };
}

async function topOf(
  db: Db,
  { fieldRules }: Reader,
  fits: Condition,
  limit: number,
): Promise<SegmentPreview['items']> {
  const { by } = valueOrder(fieldRules, 'c.clv');
  const { rows } = await sql<SegmentPreview['items'][number]>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", c.region,
      c.clv, c.p_alive as "pAlive", c.orders, c.last_order_on as "lastOrderOn", c.stage
    from (select * from register_entry c where ${fits}
        order by ${by} desc nulls last, customer_id desc limit ${limit}) c
      left join colleague u on u.user_id = c.owner_id
    order by ${by} desc nulls last, c.customer_id desc`.execute(db);
  return rows;
}

/** The middles of the reader's customers who ordered: half are above each. */
async function usualCuts(db: Db, asOf: string | null): Promise<RfmCuts> {
  const { rows } = await sql<{ [Key in keyof RfmCuts]: number | null }>`
    select percentile_disc(0.5) within group (order by ${asOf}::date - last_order_on) as "recencyDays",
      percentile_disc(0.5) within group (order by orders) as orders,
      percentile_disc(0.5) within group (order by monetary_value) filter (where monetary_value is not null) as amount
    from register_entry where last_order_on is not null`.execute(db);
  const [middle] = rows;
  return {
    recencyDays: Math.max(0, Math.round(middle?.recencyDays ?? 90)),
    orders: Math.max(1, middle?.orders ?? 2),
    amount: Math.max(0, Math.round(middle?.amount ?? 0)),
  };
}

/** The eight groups by cuts of one's own, all in one pass. */
export async function rfmGridOf(db: Db, cuts: RfmCuts | undefined): Promise<RfmGrid> {
  const asOf = await figuresAsOf(db);
  const by = cuts ?? (await usualCuts(db, asOf));
  const side = (condition: Condition) => sql<SqlBool>`(${condition})`;
  const cases = rfmSegments.map(
    (group) => sql`when ${side(inRfmGroup(group, by, asOf))} then ${group}::text`,
  );
  const { rows } = await sql<RfmGrid['groups'][number]>`
    select "group", count(*) as customers, coalesce(sum(clv), 0) as clv
    from (select c.clv, case ${sql.join(cases, sql` `)} end as "group" from register_entry c) grouped
    where "group" is not null group by 1`.execute(db);
  const found = new Map(rows.map((row) => [row.group, row]));
  const { baseCurrency: currency } = await readSettings(db);
  return {
    cuts: by,
    groups: rfmSegments.map((group) => found.get(group) ?? { group, customers: 0, clv: 0 }),
    currency,
  };
}
