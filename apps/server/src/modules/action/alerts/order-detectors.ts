import { sql } from 'kysely';
import type { Detector } from './detector.js';

/** Without a chance of staying (the naive rule gives none) a silence beyond every rhythm counts as half a loss. */
const unknownFall = 0.5;

/** Silent for longer than ever before. At risk: the value if the customer stays, times the chance that it has gone. */
export const overdue: Detector = {
  id: 'overdue',
  isOn: true,
  dueDays: 3,
  minutes: 30,
  quietDays: 30,
  lake: 'overdue',
  find: ({ runId }) => sql`
    select h.customer_id, h.score, h.evidence || jsonb_build_object('pAlive', s.p_alive) as evidence,
      case when s.p_alive is null then s.clv * ${unknownFall}
        else s.clv / greatest(s.p_alive, 0.05) * (1 - s.p_alive) end as at_risk
    from lake_hit h join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = h.customer_id
    where h.detector_id = 'overdue'`,
};

/** Spend (or margin) stays below the customer's own usual level. At risk: the share that is missing, of the value. */
export const spendFall: Detector = {
  id: 'spend-fall',
  isOn: false,
  dueDays: 7,
  minutes: 45,
  quietDays: 60,
  lake: 'spend-fall',
  find: ({ runId }) => sql`
    select h.customer_id, h.score, h.evidence,
      s.clv * least(1, greatest(0, (h.evidence ->> 'fallShare')::float8)) as at_risk
    from lake_hit h join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = h.customer_id
    where h.detector_id = 'spend-fall' and (h.evidence ->> 'fallShare')::float8 > 0`,
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
  isOn: false,
  dueDays: 7,
  minutes: 30,
  quietDays: 90,
  find: ({ runId, asOf, threshold }) => sql`
    select customer_id, score, clv * share as at_risk,
      jsonb_build_object('product', name, 'silenceDays', silence, 'longestGapDays', longest, 'share', share) as evidence
    from (
      select g.customer_id, p.name, g.silence, g.longest, g.amount / g.spend::float8 as share, s.clv,
        g.silence / (g.longest + ${graceDays}::float8) as score,
        row_number() over (partition by g.customer_id order by g.amount desc, g.product_id) as place
      from (
        select customer_id, product_id, count(*) as days, max(gap) as longest,
          ${asOf}::date - max(ordered_on) as silence, sum(amount) as amount,
          sum(sum(amount)) over (partition by customer_id) as spend
        from (
          select l.customer_id, l.product_id, o.ordered_on, sum(l.base_amount_minor) as amount,
            o.ordered_on - lag(o.ordered_on) over (partition by l.customer_id, l.product_id order by o.ordered_on) as gap
          from order_line l join customer_order o on o.order_id = l.order_id
          where l.product_id is not null and o.ordered_on <= ${asOf}::date
          group by 1, 2, 3) d
        group by customer_id, product_id) g
      join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = g.customer_id
      join product p on p.product_id = g.product_id
      where g.days >= ${leastDays} and g.spend > 0 and g.amount >= ${leastShare} * g.spend
        and s.last_order_on > ${asOf}::date - ${stillOrderingDays}::int
        and g.silence >= ${threshold}::float8 * (g.longest + ${graceDays})) found
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
  isOn: false,
  dueDays: 10,
  minutes: 45,
  quietDays: 90,
  find: ({ runId, asOf, threshold }) => sql`
    select m.customer_id, (m.usual - m.recent) / ${marginCut} as score,
      s.clv * least(1, (m.usual - m.recent) / m.usual) as at_risk,
      jsonb_build_object('usualMargin', m.usual, 'recentMargin', m.recent) as evidence
    from (
      select customer_id, sum(base_margin_minor) filter (where is_recent) / sum(base_amount_minor) filter (where is_recent)::float8 as recent,
        sum(base_margin_minor) filter (where not is_recent) / sum(base_amount_minor) filter (where not is_recent)::float8 as usual
      from (
        select customer_id, base_amount_minor, base_margin_minor, ordered_on > ${asOf}::date - ${recentDays}::int as is_recent
        from customer_order
        where ordered_on > ${asOf}::date - ${recentDays + yearDays}::int and ordered_on <= ${asOf}::date) o
      group by customer_id
      having count(base_margin_minor) = count(*) and count(*) filter (where is_recent) >= ${leastRecentOrders}
        and count(*) filter (where not is_recent) >= ${leastOrdersBefore}
        and sum(base_amount_minor) filter (where is_recent) > 0
        and sum(base_amount_minor) filter (where not is_recent) > 0) m
    join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = m.customer_id
    where m.usual > 0 and m.usual - m.recent >= ${marginCut * threshold}::float8`,
};
