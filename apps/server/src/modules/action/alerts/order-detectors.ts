import type { LakeDetectorId } from '@kezi/valuation';
import { sql } from 'kysely';
import { lakeLines } from '../../insight/valuation/index.js';
import type { Detector, Looking } from './detector.js';

/** A pass of the season over all orders is kept for a week; a day is a number of days since 1970-01-01, which was a Thursday. */
const dayNumber = (day: string): number => Date.parse(day) / 86_400_000;
const daysSinceSunday = 4;
const lastSunday = (day: string): number => dayNumber(day) - ((dayNumber(day) + daysSinceSunday) % 7);

/** Orders of those looked at, as the detectors of orders read them in the lake as well. */
function linesOf({ basis, currency, among }: Omit<Looking, 'prepared'>): string {
  return `(${lakeLines(basis, currency, `where ${among('customer_id')}`)}) as lines`;
}

/** The same question as in the lake, of orders in PostgreSQL. */
async function askedOf(
  looking: Looking,
  id: LakeDetectorId,
  { asOfDay, season }: { asOfDay: number; season: readonly number[] },
) {
  // The package brings the engine with it, which a program that only serves pages does without.
  const { lakeDetectors, orderDaysOf } = await import('@kezi/valuation');
  const detector = lakeDetectors.find((one) => one.id === id)!;
  const totals = { returnLines: 1, freeLines: 1 };
  const relation = `${orderDaysOf({ lines: linesOf(looking), totals })} as days`;
  return { ...detector, asked: sql.raw(detector.query({ relation, asOfDay, season })) };
}

/** Without a chance of staying (the naive rule gives none) a silence beyond every rhythm counts as half a loss. */
const unknownFall = 0.5;

/** Silent for longer than ever before. At risk: the value if the customer stays, times the chance that it has gone. */
export const overdue: Detector = {
  id: 'overdue',
  name: { 'zh-CN': '该来未来', 'en-US': 'Overdue' },
  isOn: true,
  dueDays: 3,
  minutes: 30,
  quietDays: 30,
  past: { kind: 'lake', detector: 'overdue' },
  clock: 'orders',
  growing: 'silenceDays',
  find: async (looking) => {
    const { threshold, asOf } = looking;
    const asOfDay = dayNumber(asOf);
    const { asked, highestScore } = await askedOf(looking, 'overdue', { asOfDay, season: [] });
    const { overdueScale } = await import('@kezi/valuation');
    // Above it the story is over.
    const end = Math.max(highestScore, threshold);
    const scale = sql.raw(overdueScale('o.longest_gap'));
    return sql`
    select o.customer_id, case when o.score >= ${threshold}::float8 then o.score end as score,
      case when s.p_alive is null then s.clv * ${unknownFall}
        else s.clv / greatest(s.p_alive, 0.05) * (1 - s.p_alive) end as at_risk,
      jsonb_build_object('silenceDays', o.silence_days, 'longestGapDays', o.longest_gap, 'meanGapDays', o.mean_gap,
        'orders', o.orders, 'pAlive', s.p_alive) as evidence,
      ${asOf}::date + greatest(1, floor(
        case when o.score >= ${threshold}::float8 then ${end}::float8 else ${threshold}::float8 end * ${scale}) - o.silence_days)::int
        as wake_on,
      ${asOf}::date - o.silence_days::int as grows_from, ${scale}::float8 as grows_days
    from (${asked}) o
    join customer_score s on s.valuation_run_id = ${looking.runId}::bigint and s.customer_id = o.customer_id
    where o.score <= ${end}::float8`;
  },
};

/**
 * Spend (or margin) stays below the customer's own usual level. At risk: the share that is missing, of the value. Its periods
 * end on Sundays: everybody is looked at once a week, in the night after, and within a week those whose orders changed.
 */
export const spendFall: Detector = {
  id: 'spend-fall',
  name: { 'zh-CN': '花费下滑', 'en-US': 'Spend falling' },
  isOn: false,
  dueDays: 7,
  minutes: 45,
  quietDays: 60,
  past: { kind: 'lake', detector: 'spend-fall' },
  clock: 'orders',
  prepare: async (db, looking, before) => {
    const asOfDay = lastSunday(looking.asOf);
    // A history that came in since may tell a season where there was none; whoever brings one values anew.
    const isFlat = Array.isArray(before?.['season']) && new Set(before['season']).size === 1;
    if (before?.['asOfDay'] === asOfDay && (!isFlat || before['runId'] === looking.runId)) return before;
    const isLastWeek = before !== null && asOfDay - Number(before['asOfDay']) === 7;
    if (looking.isAwaited && isLastWeek && before['runId'] === looking.runId) return before;
    const { periodQuery, seasonOfPeriods } = await import('@kezi/valuation');
    const { rows } = await sql<{ period: number; spend: string }>`
      select period, spend from (${sql.raw(periodQuery(linesOf({ ...looking, among: () => 'true' }), asOfDay))}) p
      order by period`.execute(db);
    const season = seasonOfPeriods(
      rows.map(({ period }) => period),
      rows.map(({ spend }) => Number(spend)),
    );
    return { asOfDay, season, runId: looking.runId };
  },
  find: async (looking) => {
    const { asOfDay, season } = looking.prepared as unknown as { asOfDay: number; season: readonly number[] };
    const { recentSpendDays } = await import('@kezi/valuation');
    // Of others nothing is said: their years of orders need not be added up.
    const among = (column: string): string =>
      `${looking.among(column)} and ${column} in (select customer_id from customer_order
        where ordered_on > date '1970-01-01' + ${asOfDay - recentSpendDays})`;
    const { asked } = await askedOf({ ...looking, among }, 'spend-fall', { asOfDay, season });
    return sql`
    select f.customer_id, case when f.score >= ${looking.threshold}::float8 then f.score end as score,
      s.clv * least(1, f.fall_share) as at_risk,
      jsonb_build_object('usualSpend', f.usual_spend, 'recentSpend', f.recent_spend, 'fallShare', f.fall_share) as evidence,
      null::date as wake_on
    from (${asked}) f
    join customer_score s on s.valuation_run_id = ${looking.runId}::bigint and s.customer_id = f.customer_id
    where f.fall_share > 0 and f.score >= ${looking.threshold}::float8`;
  },
};

/** A product counts as a habit from four order days and a tenth of the spend on. */
const leastDays = 4;
const leastShare = 0.1;
const graceDays = 28;
/** Whoever is silent altogether is the concern of `overdue`. */
const stillOrderingDays = 60;

/**
 * A product that was a habit is no longer bought, though the customer still orders: silence by the longest gap between two
 * order days with the product, plus four weeks. At risk: the product's share of the spend, of the value.
 */
export const productDropped: Detector = {
  id: 'product-dropped',
  name: { 'zh-CN': '停购产品', 'en-US': 'Product dropped' },
  isOn: false,
  dueDays: 7,
  minutes: 30,
  quietDays: 90,
  past: { kind: 'records', tables: ['customer_order'] },
  clock: 'orders',
  growing: 'silenceDays',
  find: ({ runId, asOf, threshold, among }) => sql`
    select customer_id, case when is_dropped then score end as score, clv * share as at_risk,
      jsonb_build_object('product', name, 'silenceDays', silence, 'longestGapDays', longest, 'share', share) as evidence,
      least(last_order_on + ${stillOrderingDays}::int, ${asOf}::date + case when wait is not null then greatest(1, wait) end)
        as wake_on,
      ${asOf}::date - silence as grows_from, longest + ${graceDays}::float8 as grows_days
    from (
      select g.customer_id, p.name, g.silence, g.longest, g.amount / g.spend::float8 as share, s.clv, s.last_order_on, is_dropped,
        g.silence / (g.longest + ${graceDays}::float8) as score,
        -- Until the next product is dropped, which may be the larger one.
        min(floor(${threshold}::float8 * (g.longest + ${graceDays}))::int - g.silence) filter (where not is_dropped)
          over (partition by g.customer_id) as wait,
        row_number() over (partition by g.customer_id order by is_dropped desc, g.amount desc, g.product_id) as place
      from (
        select customer_id, product_id, count(*) as days, max(gap) as longest,
          ${asOf}::date - max(ordered_on) as silence, sum(amount) as amount,
          sum(sum(amount)) over (partition by customer_id) as spend
        from (
          select l.customer_id, l.product_id, o.ordered_on, sum(l.base_amount_minor) as amount,
            o.ordered_on - lag(o.ordered_on) over (partition by l.customer_id, l.product_id order by o.ordered_on) as gap
          from order_line l join customer_order o on o.order_id = l.order_id
          where l.product_id is not null and o.ordered_on <= ${asOf}::date and ${sql.raw(among('o.customer_id'))}
            and o.customer_id in (select customer_id from customer_score
              where valuation_run_id = ${runId}::bigint and last_order_on > ${asOf}::date - ${stillOrderingDays}::int)
          group by 1, 2, 3) d
        group by customer_id, product_id) g
      cross join lateral (select g.silence >= ${threshold}::float8 * (g.longest + ${graceDays}) as is_dropped) cut
      join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = g.customer_id
      join product p on p.product_id = g.product_id
      where g.days >= ${leastDays} and g.spend > 0 and g.amount >= ${leastShare} * g.spend
        and s.last_order_on > ${asOf}::date - ${stillOrderingDays}::int) found
    where place = 1`,
};

/** Five points of margin less than in the year before. */
const marginCut = 0.05;
const recentDays = 91;
const yearDays = 365;
const leastRecentOrders = 2;
const leastOrdersBefore = 4;

/**
 * The margin rate of the last quarter against the customer's own of the year before it. Only where every order has its cost. At
 * risk: the part of the margin that is missing, of the value.
 */
export const marginFall: Detector = {
  id: 'margin-fall',
  name: { 'zh-CN': '毛利率下滑', 'en-US': 'Margin falling' },
  isOn: false,
  dueDays: 10,
  minutes: 45,
  quietDays: 90,
  past: { kind: 'records', tables: ['customer_order'] },
  clock: 'orders',
  find: ({ runId, asOf, threshold, among }) => sql`
    select m.customer_id,
      case when is_judged and usual > 0 and usual - recent >= ${marginCut * threshold}::float8
        then (usual - recent) / ${marginCut}::float8 end as score,
      case when usual > 0 then s.clv * least(1, (usual - recent) / usual) end as at_risk,
      jsonb_build_object('usualMargin', usual, 'recentMargin', recent) as evidence, wake_on
    from (
      select customer_id, sum(base_margin_minor) filter (where is_recent)
          / nullif(sum(base_amount_minor) filter (where is_recent), 0)::float8 as recent,
        sum(base_margin_minor) filter (where not is_recent)
          / nullif(sum(base_amount_minor) filter (where not is_recent), 0)::float8 as usual,
        count(base_margin_minor) = count(*) and count(*) filter (where is_recent) >= ${leastRecentOrders}
          and count(*) filter (where not is_recent) >= ${leastOrdersBefore}
          and sum(base_amount_minor) filter (where is_recent) > 0
          and sum(base_amount_minor) filter (where not is_recent) > 0 as is_judged,
        -- The next day on which an order leaves its quarter or its year.
        min(ordered_on + case when is_recent then ${recentDays}::int else ${recentDays + yearDays}::int end) as wake_on
      from (
        select customer_id, ordered_on, base_amount_minor, base_margin_minor,
          ordered_on > ${asOf}::date - ${recentDays}::int as is_recent
        from customer_order
        where ordered_on > ${asOf}::date - ${recentDays + yearDays}::int and ordered_on <= ${asOf}::date
          and ${sql.raw(among('customer_id'))}) o
      group by customer_id
      -- By time alone recent orders become fewer, and none comes to those of before but from them: others are not judged later.
      having count(*) filter (where is_recent) >= ${leastRecentOrders} and count(*) >= ${leastRecentOrders + leastOrdersBefore}) m
    join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = m.customer_id`,
};
