import { registerTierFeatures, type FeatureDefinition } from './tier-features.js';

/*
 * What orders alone do not tell of loyalty, depth of cooperation and room to grow. What people write down and what is asked of a
 * whole industry stands on tables of its own, so that a policy without them costs nothing more.
 */

const more = { direction: 'more', missing: 'worst' } as const;
const noOrders = { 'zh-CN': '这段时间没有订单', 'en-US': 'No orders in that time' };
const noLines = { 'zh-CN': '没有订单行', 'en-US': 'No order lines' };
const countsAsNone = { 'zh-CN': '没有记录，按 0 计', 'en-US': 'None count as 0' };

const loyalty: FeatureDefinition[] = [
  {
    key: 'orderMonths12m',
    source: 'year_orders',
    sql: 'year_orders.months',
    property: 'orders',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '复购：12 个月里有订单的月数', 'en-US': 'Repeat: months with an order, of 12' },
    nullMeans: noOrders,
  },
  {
    key: 'referrals',
    source: 'noted',
    sql: 'coalesce(noted.brought, 0)',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '转介绍：带来的下游客户数', 'en-US': 'Referral: customers it brings along' },
    nullMeans: countsAsNone,
  },
];

const depth: FeatureDefinition[] = [
  {
    key: 'soleProductShare',
    source: 'year_products',
    sql: 'year_products.sole_share',
    unit: 'share',
    ...more,
    names: { 'zh-CN': '定制产品占比（只卖给它的产品）', 'en-US': 'Share of products that it alone buys' },
    nullMeans: noLines,
  },
  {
    key: 'trainingUsed12m',
    source: 'services',
    sql: 'coalesce(services.training, 0)',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '近 12 个月参加培训', 'en-US': 'Training used, 12 months' },
    nullMeans: countsAsNone,
  },
  {
    key: 'supportUsed12m',
    source: 'services',
    sql: 'coalesce(services.support, 0)',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '近 12 个月技术支持', 'en-US': 'Technical support used, 12 months' },
    nullMeans: countsAsNone,
  },
];

const growth: FeatureDefinition[] = [
  {
    key: 'industryTrend',
    source: 'industry_trend',
    sql: 'industry_trend.trend',
    unit: 'share',
    direction: 'more',
    missing: 'middle',
    names: {
      'zh-CN': '所在行业的趋势（近半年比前半年）',
      'en-US': 'Trend of its industry, half-year on half-year',
    },
    nullMeans: {
      'zh-CN': '没有填行业，或者这个行业没有订单',
      'en-US': 'No industry, or no orders in that industry',
    },
  },
  {
    key: 'planAmount',
    source: 'noted',
    sql: 'coalesce(noted.planned, 0)::float8',
    property: 'amountMinor',
    unit: 'money-minor',
    ...more,
    names: { 'zh-CN': '扩展计划金额（未完成的）', 'en-US': 'Open plans of growth' },
    nullMeans: countsAsNone,
  },
  {
    key: 'openNeeds',
    source: 'noted',
    sql: 'coalesce(noted.needs, 0)',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '还没满足的需求数', 'en-US': 'Needs not met yet' },
    nullMeans: countsAsNone,
  },
  {
    key: 'crossSellRoom',
    source: 'year_products',
    sql: 'year_products.room',
    unit: 'share',
    direction: 'more',
    missing: 'middle',
    names: {
      'zh-CN': '交叉销售空间（没买过的品类占比）',
      'en-US': 'Room to cross-sell: categories not bought',
    },
    nullMeans: noLines,
  },
];

const inYear = `o.ordered_on > :asOf - interval '12 months' and o.ordered_on <= :asOf`;

registerTierFeatures(
  {
    noted: {
      sql: `select customer_id, count(*) filter (where kind = 'channel' and status = 'active') as brought,
          count(*) filter (where kind = 'need' and status = 'open') as needs,
          sum(amount_minor) filter (where kind = 'plan' and status in ('planned', 'underway')) as planned
        from customer_note where deleted_at is null and noted_on <= :asOf + 365 group by customer_id`,
    },
    // Support is what people wrote down and what was answered by the clock.
    services: {
      sql: `select customer_id, sum(training) as training, sum(support) as support
        from (
          select u.customer_id, case e.kind when 'training' then u.quantity end as training,
            case when e.kind in ('response', 'solution') then u.quantity end as support
          from entitlement_use u join entitlement e on e.entitlement_id = u.entitlement_id
          where not u.is_breach and u.used_on > :asOf - interval '12 months' and u.used_on <= :asOf
          union all
          select k.customer_id, null, 1 from service_clock k
          where k.responded_at >= :asOf - interval '12 months' and k.responded_at < :asOf + 1) used
        group by customer_id`,
    },
    industry_trend: {
      sql: `select member.customer_id, trend.rise as trend
        from customer member join (
          select c.industry, sum(case when o.ordered_on > :asOf - interval '6 months' then o.base_amount_minor
              else -o.base_amount_minor end)::float8 / nullif(sum(o.base_amount_minor), 0) as rise
          from customer_order o join customer c on c.customer_id = o.customer_id
          where ${inYear} and c.industry is not null group by 1) trend on trend.industry = member.industry`,
    },
  },
  [...loyalty, ...depth, ...growth],
);
