import { poachingReasons, type PoachingReason, type PoachingRisk } from '@kezi/contract';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import type { Among } from '../../records/customers/index.js';
import { latestRun } from './latest-run.js';

const mostListed = 50;
const points = sql`num_nonnulls(s.falling, s.complained_on, s.competitor, s.ending_on)`;

/** What became within half a year of those customers of the reader who had a sign half a year ago. */
async function recordOf(db: Db, among: Among): Promise<Pick<PoachingRisk, 'baseRate' | 'backtest'>> {
  const counted = [...poachingReasons, 'two-or-more'] as const;
  const has = (sign: (typeof counted)[number]) =>
    sign === 'two-or-more' ? sql`cardinality(past_signs) >= 2` : sql`${sign}::text = any (past_signs)`;
  const columns = counted.map(
    (sign) => sql`count(*) filter (where ${has(sign)})::int as ${sql.id(`n ${sign}`)},
      count(*) filter (where ${has(sign)} and is_lost)::int as ${sql.id(`lost ${sign}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    select count(*)::int as n, count(*) filter (where is_lost)::int as lost, ${sql.join(columns)}
    from poaching_sign where past_signs is not null and ${among('customer_id')}`.execute(db);
  const row = rows[0] ?? {};
  const all = row['n'] ?? 0;
  const baseRate = all === 0 ? null : (row['lost'] ?? 0) / all;
  return {
    baseRate,
    backtest: counted.map((sign) => {
      const customers = row[`n ${sign}`] ?? 0;
      const lost = row[`lost ${sign}`] ?? 0;
      const rate = customers === 0 ? null : lost / customers;
      return { sign, customers, lost, rate, lift: rate === null || !baseRate ? null : rate / baseRate };
    }),
  };
}

interface Row extends Omit<PoachingRisk['items'][number], 'reasons'> {
  falling: number | null;
  complainedOn: string | null;
  competitor: string | null;
  endingOn: string | null;
}

/**
 * Customers whom somebody may be winning over, as the last run found them: those with most signs first, then the most valuable;
 * as far as the reader sees.
 */
export async function getPoaching(db: Db, rules: FieldRules, among: Among): Promise<PoachingRisk> {
  const run = await latestRun(db);
  if (run === null) return { asOf: null, baseRate: null, backtest: [], items: [] };
  const { rows } = await sql<Row>`
    select s.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", t.name as "tierName", e.clv,
      s.falling, s.complained_on as "complainedOn", s.competitor, s.ending_on as "endingOn"
    from poaching_sign s join customer c on c.customer_id = s.customer_id
      left join register_entry e on e.customer_id = s.customer_id left join colleague u on u.user_id = s.owner_id
      left join tier t on t.tier_id = e.tier_id
    where ${points} > 0 and ${among('s.customer_id')}
    order by ${points} desc, ${valueOrder(rules, 'e.clv').by} desc nulls last, s.customer_id limit ${mostListed}`.execute(
    db,
  );
  const items = rows.map(({ falling, complainedOn, competitor, endingOn, ...customer }) => {
    const details: Record<PoachingReason, string | number | null> = {
      'spend-falling': falling,
      'price-complaint': complainedOn,
      competitor,
      'contract-ending': endingOn,
    };
    return {
      ...customer,
      reasons: poachingReasons
        .filter((reason) => details[reason] !== null)
        .map((reason) => ({ reason, detail: details[reason] })),
    };
  });
  return { asOf: run.asOf, ...(await recordOf(db, among)), items };
}
