import { registerTierFeatures, type FeatureDefinition } from './tier-features.js';

const noOrders = { 'zh-CN': '这段时间没有订单', 'en-US': 'No orders in that time' };
const notValued = { 'zh-CN': '还没有估值', 'en-US': 'Not valued yet' };

const more = { direction: 'more', missing: 'worst' } as const;

const year: FeatureDefinition[] = [
  {
    key: 'spend12m',
    source: 'year_orders',
    sql: 'year_orders.amount',
    unit: 'money-minor',
    ...more,
    property: 'spendMinor',
    names: { 'zh-CN': '近 12 个月消费额', 'en-US': 'Spend, 12 months' },
    nullMeans: noOrders,
  },
  {
    key: 'marginRate12m',
    source: 'year_orders',
    sql: 'case when year_orders.amount > 0 then year_orders.margin / year_orders.amount end',
    unit: 'share',
    direction: 'more',
    missing: 'middle',
    property: 'marginMinor',
    names: { 'zh-CN': '毛利率', 'en-US': 'Margin rate' },
    nullMeans: { 'zh-CN': '没有订单或没有成本', 'en-US': 'No orders, or costs are not known' },
  },
  {
    key: 'margin12m',
    source: 'year_orders',
    sql: 'year_orders.margin',
    unit: 'money-minor',
    ...more,
    property: 'marginMinor',
    names: { 'zh-CN': '近 12 个月毛利', 'en-US': 'Margin, 12 months' },
    nullMeans: { 'zh-CN': '没有订单或没有成本', 'en-US': 'No orders, or costs are not known' },
  },
  {
    key: 'orders12m',
    source: 'year_orders',
    sql: 'year_orders.orders',
    unit: 'count',
    ...more,
    property: 'orders',
    names: { 'zh-CN': '近 12 个月订单数', 'en-US': 'Orders, 12 months' },
    nullMeans: noOrders,
  },
  {
    key: 'orderFrequency',
    source: 'year_orders',
    sql: 'year_orders.orders / greatest(1, least(12, (:asOf - year_orders.first_on) / 30.44))',
    unit: 'rate',
    ...more,
    property: 'orders',
    names: { 'zh-CN': '月均下单次数', 'en-US': 'Orders a month' },
    nullMeans: noOrders,
  },
  {
    key: 'averageOrder',
    source: 'year_orders',
    sql: 'year_orders.amount / year_orders.orders',
    unit: 'money-minor',
    ...more,
    property: 'amountMinor',
    names: { 'zh-CN': '客单价', 'en-US': 'Average order' },
    nullMeans: noOrders,
  },
  {
    key: 'spendTrend',
    source: 'year_orders',
    sql: `case when year_orders.late + year_orders.early > 0
      then (year_orders.late - year_orders.early) / (year_orders.late + year_orders.early) end`,
    unit: 'share',
    direction: 'more',
    missing: 'worst',
    names: { 'zh-CN': '消费趋势（近半年比前半年）', 'en-US': 'Trend of spend, half-year on half-year' },
    nullMeans: noOrders,
  },
  {
    key: 'productBreadth',
    source: 'year_products',
    sql: 'year_products.products',
    unit: 'count',
    ...more,
    property: 'products',
    names: { 'zh-CN': '购买产品种数', 'en-US': 'Different products, 12 months' },
    nullMeans: { 'zh-CN': '没有订单行', 'en-US': 'No order lines' },
  },
];

const valued: FeatureDefinition[] = [
  {
    key: 'clv',
    source: 'score',
    sql: 'score.clv',
    unit: 'money',
    ...more,
    names: { 'zh-CN': '客户终身价值', 'en-US': 'Customer lifetime value' },
    nullMeans: notValued,
  },
  {
    key: 'pAlive',
    source: 'score',
    sql: 'score.p_alive',
    unit: 'share',
    ...more,
    names: { 'zh-CN': '活跃概率', 'en-US': 'Probability of being active' },
    nullMeans: notValued,
  },
  {
    key: 'expectedOrders',
    source: 'score',
    sql: 'score.expected_orders',
    unit: 'rate',
    ...more,
    names: { 'zh-CN': '预计订单数', 'en-US': 'Expected orders' },
    nullMeans: notValued,
  },
  {
    key: 'tenure',
    source: 'score',
    sql: '(:asOf - score.first_order_on) / 30.44',
    unit: 'months',
    ...more,
    names: { 'zh-CN': '合作时长', 'en-US': 'Months since the first order' },
    nullMeans: notValued,
  },
];

const others: FeatureDefinition[] = [
  {
    key: 'shareOfGroup',
    source: 'group_spend',
    sql: 'group_spend.share',
    unit: 'share',
    direction: 'more',
    missing: 'middle',
    names: { 'zh-CN': '占集团消费比重', 'en-US': "Share of the group's spend" },
    nullMeans: {
      'zh-CN': '不属于集团，或集团没有订单',
      'en-US': 'Belongs to no group, or the group has no orders',
    },
  },
  {
    key: 'interactions12m',
    source: 'year_interactions',
    sql: 'coalesce(year_interactions.interactions, 0)',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '近 12 个月跟进次数', 'en-US': 'Interactions, 12 months' },
    nullMeans: { 'zh-CN': '没有跟进，按 0 次计', 'en-US': 'None count as 0' },
  },
  {
    key: 'contacts',
    source: 'people',
    sql: 'coalesce(people.contacts, 0)',
    unit: 'count',
    ...more,
    names: { 'zh-CN': '在任联系人数', 'en-US': 'Contacts who are there' },
    nullMeans: { 'zh-CN': '没有联系人，按 0 计', 'en-US': 'None count as 0' },
  },
];

const inYear = `ordered_on > :asOf - interval '12 months' and ordered_on <= :asOf`;

registerTierFeatures(
  {
    year_orders: {
      sql: `select customer_id, count(*)::float8 as orders, sum(base_amount_minor)::float8 as amount,
          case when count(base_margin_minor) = count(*) then sum(base_margin_minor)::float8 end as margin,
          min(ordered_on) as first_on,
          coalesce(sum(base_amount_minor) filter (where ordered_on > :asOf - interval '6 months'), 0)::float8 as late,
          coalesce(sum(base_amount_minor) filter (where ordered_on <= :asOf - interval '6 months'), 0)::float8 as early,
          -- A bit a month, counted at the end: no sorting of a million groups.
          bit_count(bit_or(1 << extract(month from ordered_on)::int)::bit(16)) as months
        from customer_order where ${inYear} group by customer_id`,
    },
    // A row a customer and product: what is asked of order lines is asked of these, once for all indicators.
    year_lines: {
      sql: `select line.customer_id, line.product_id, sum(line.base_amount_minor::float8) as amount
        from customer_order o join order_line line on line.order_id = o.order_id
        where ${inYear} group by line.customer_id, line.product_id`,
    },
    year_products: {
      reads: ['year_lines'],
      sql: `select line.customer_id, count(line.product_id) as products,
          coalesce(sum(line.amount) filter (where sole.product_id is not null), 0) / nullif(sum(line.amount), 0) as sole_share,
          case when count(line.product_id) > 0 then 1 - count(distinct p.category)::float8
            / nullif((select count(distinct category) from product), 0) end as room
        from year_lines line
          left join (select product_id from year_lines where product_id is not null
            group by product_id having min(customer_id) = max(customer_id)) sole on sole.product_id = line.product_id
          left join product p on p.product_id = line.product_id
        group by line.customer_id`,
    },
    group_spend: {
      sql: `select customer_id, amount / nullif(sum(amount) over (partition by head), 0) as share
        from (select member.customer_id, coalesce(member.parent_customer_id, member.customer_id) as head,
            coalesce(sum(o.base_amount_minor), 0)::float8 as amount
          from customer member left join customer_order o
            on o.customer_id = member.customer_id and ${inYear}
          where member.parent_customer_id is not null
            or exists (select from customer child where child.parent_customer_id = member.customer_id)
          group by member.customer_id) spent`,
    },
    score: {
      sql: `select customer_id, clv, p_alive, expected_orders, first_order_on
        from customer_score where valuation_run_id = :run`,
    },
    year_interactions: {
      sql: `select customer_id, count(*) as interactions from interaction
        where deleted_at is null and happened_at > :asOf - interval '12 months' and happened_at < :asOf + 1
        group by customer_id`,
    },
    people: {
      sql: `select customer_id, count(*) as contacts from contact
        where deleted_at is null and left_on is null group by customer_id`,
    },
  },
  [...year, ...valued, ...others],
);
