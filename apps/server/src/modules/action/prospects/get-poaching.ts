import { poachingReasons, type PoachingReason, type PoachingRisk } from '@kezi/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { lastOrderDay } from '../../insight/valuation/index.js';

const halfYear = 182;
/** Nearly a third less than in the half-year before, and still ordering: a share goes elsewhere. */
const fallen = 0.7;
/** Less than half is lost. */
const lostShare = 0.5;
/** Those who matter: looking at all takes as long as a detector. */
const mostLooked = 20_000;
const mostListed = 50;
const newsDays = 365;
const endingDays = 90;
/** What people write when somebody complains of the price. */
const priceWords =
  '太贵|价格高|价格偏高|报价高|降价|压价|便宜|比价|price is too|too expensive|cheaper|lower price|price complaint';

/**
 * A row a customer who ordered in the half-year before the day: the signs as one could see them then. Whether a competitor of long
 * ago has gone since is not looked at for days past: that was not known.
 */
function signsOn(day: RawBuilder<unknown>, isPast: boolean): RawBuilder<unknown> {
  return sql`
    select o.customer_id, o.late, o.early,
      case when o.early > 0 and o.late < ${fallen}::float8 * o.early then 1 - o.late / o.early end as falling,
      complaint.on_day as complaint, rival.title as rival, ending.ends_on as ending
    from (
      select customer_id, coalesce(sum(base_amount_minor) filter (where ordered_on > ${day} - ${halfYear}::int), 0)::float8 as late,
        coalesce(sum(base_amount_minor) filter (where ordered_on <= ${day} - ${halfYear}::int), 0)::float8 as early
      from customer_order where ordered_on > ${day} - ${2 * halfYear}::int and ordered_on <= ${day}
      group by customer_id
      having sum(base_amount_minor) filter (where ordered_on > ${day} - ${halfYear}::int) > 0
      order by sum(base_amount_minor) desc, customer_id limit ${mostLooked}) o
    left join (
      select customer_id, max(happened_at)::date as on_day from interaction
      where deleted_at is null and happened_at > ${day} - ${halfYear}::int and happened_at < ${day} + 1 and summary ~* ${priceWords}
      group by customer_id) complaint on complaint.customer_id = o.customer_id
    left join (
      select distinct on (customer_id) customer_id, title from customer_note
      where kind = 'competitor' and deleted_at is null and noted_on between ${day} - ${newsDays}::int and ${day}
        and (${isPast} or status = 'present')
      order by customer_id, share_percent desc nulls last, noted_on desc) rival on rival.customer_id = o.customer_id
    left join (
      select k.customer_id, min(k.ends_on) as ends_on from contract k
      where k.deleted_at is null and k.status <> 'draft' and not k.is_renewed_by_itself
        and k.ends_on between ${day} and ${day} + ${endingDays}::int and k.starts_on <= ${day}
        and not exists (
          select from contract later where later.customer_id = k.customer_id and later.deleted_at is null
            and later.contract_id <> k.contract_id and later.starts_on <= ${day} + ${endingDays}::int
            and (later.ends_on is null or later.ends_on > k.ends_on)
            and (not ${isPast}::boolean or coalesce(later.signed_on, later.starts_on) <= ${day}))
      group by k.customer_id) ending on ending.customer_id = o.customer_id`;
}

const signs: Readonly<Record<PoachingReason, RawBuilder<unknown>>> = {
  'spend-falling': sql`(s.falling is not null)::int`,
  'price-complaint': sql`(s.complaint is not null)::int`,
  competitor: sql`(s.rival is not null)::int`,
  'contract-ending': sql`(s.ending is not null)::int`,
};
const points = sql.join(Object.values(signs), sql` + `);

/** What became within half a year of those who had a sign half a year ago. */
async function backtest(db: Db, asOf: string): Promise<Pick<PoachingRisk, 'baseRate' | 'backtest'>> {
  const then = sql`(${asOf}::date - ${halfYear}::int)`;
  const counted = [...poachingReasons, 'two-or-more'] as const;
  const has = (sign: (typeof counted)[number]) =>
    sign === 'two-or-more' ? sql`${points} >= 2` : sql`${signs[sign]} = 1`;
  const columns = counted.map(
    (sign) => sql`count(*) filter (where ${has(sign)})::int as ${sql.id(`n ${sign}`)},
      count(*) filter (where ${has(sign)} and after.spend < ${lostShare}::float8 * s.late)::int as ${sql.id(`lost ${sign}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    select count(*)::int as n, count(*) filter (where after.spend < ${lostShare}::float8 * s.late)::int as lost, ${sql.join(columns)}
    from (${signsOn(then, true)}) s
    left join lateral (
      select coalesce(sum(base_amount_minor), 0)::float8 as spend from customer_order o
      where o.customer_id = s.customer_id and o.ordered_on > ${then} and o.ordered_on <= ${asOf}::date) after on true`.execute(
    db,
  );
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
  complaint: string | null;
  rival: string | null;
  ending: string | null;
}

/** Customers whom somebody may be winning over, those with most signs first, then the most valuable; as far as the reader sees. */
export async function getPoaching(db: Db, today: string): Promise<PoachingRisk> {
  const asOf = await lastOrderDay(db);
  if (asOf === null) return { asOf: null, baseRate: null, backtest: [], items: [] };
  const day = asOf < today ? asOf : today;
  const { rows } = await sql<Row>`
    select s.customer_id as "customerId", c.customer_no as "customerNo", c.name, u.name as "ownerName", t.name as "tierName", e.clv,
      s.falling, s.complaint, s.rival, s.ending
    from (${signsOn(sql`${day}::date`, false)}) s join customer c on c.customer_id = s.customer_id
      left join register_entry e on e.customer_id = s.customer_id left join app_user u on u.id = c.owner_id
      left join tier t on t.tier_id = e.tier_id
    where ${points} > 0
    order by ${points} desc, e.clv desc nulls last, s.customer_id limit ${mostListed}`.execute(db);
  const items = rows.map(({ falling, complaint, rival, ending, ...customer }) => {
    const details: Record<PoachingReason, string | number | null> = {
      'spend-falling': falling,
      'price-complaint': complaint,
      competitor: rival,
      'contract-ending': ending,
    };
    return {
      ...customer,
      reasons: poachingReasons
        .filter((reason) => details[reason] !== null)
        .map((reason) => ({ reason, detail: details[reason] })),
    };
  });
  return { asOf: day, ...(await backtest(db, day)), items };
}
