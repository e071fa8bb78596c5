import type { Language } from '@kezi/contract/errors';
import { findDetector } from '../../action/alerts/index.js';

const zh = {
  title: '谈判包',
  made: '{{today}} 生成，金额单位 {{currency}}。内部资料，请勿外传。',
  owner: '负责人',
  tier: '等级',
  value: '客户价值',
  clv: '终身价值（80% 区间）',
  alive: '活跃概率',
  year: '近 12 个月',
  orders: '订单数',
  amount: '销售额',
  before: '此前 12 个月',
  margin: '毛利率',
  service: '服务成本（按等级权益，一年）',
  walkAway: '底线',
  floor: '亏本线：毛利率减服务成本率，再多让，每一单都亏',
  stake: '流失的可能性',
  breakEven: '最多值得让：前提是真能留住客户，再多让还不如不让',
  ceiling: '本等级折扣上限',
  reasoning:
    '不让价，期望留下 (1 − 流失可能性) × 净毛利率；让价 d 并留住，留下 净毛利率 − d。两者相等时 d = 流失可能性 × 净毛利率，就是最多值得让。',
  unknown: '缺少成本或一年内没有订单，算不出底线。',
  payments: '应收与付款习惯',
  open: '未收',
  overdue: '其中逾期',
  oldest: '最久逾期（天）',
  delay: '近两年平均晚付（天）',
  late: '晚付的比例',
  products: '主要产品与价格走势（近半年对前半年）',
  share: '占比',
  price: '均价',
  priceBefore: '此前均价',
  change: '变化',
  contracts: '合同',
  minimum: '承诺采购',
  paymentDays: '账期 {{days}} 天',
  none: '无',
  warnings: '未了结的预警',
  atRisk: '风险金额',
  needs: '需求与竞争对手',
  competitor: '竞争对手',
  need: '需求',
  contacts: '谁说了算',
  influence: '影响力',
  attitude: '态度',
  talks: '最近的接触',
} as const;
export type PackWord = keyof typeof zh;

const en: Readonly<Record<PackWord, string>> = {
  title: 'Negotiation pack',
  made: 'Made on {{today}}, amounts in {{currency}}. Internal: not for the customer.',
  owner: 'Owner',
  tier: 'Tier',
  value: 'Value of the customer',
  clv: 'Lifetime value (80 % interval)',
  alive: 'Chance of being active',
  year: 'Last 12 months',
  orders: 'Orders',
  amount: 'Sales',
  before: '12 months before',
  margin: 'Margin rate',
  service: 'Cost to serve (entitlements of the tier, a year)',
  walkAway: 'Walk-away price',
  floor: 'At a loss beyond: margin rate less cost to serve',
  stake: 'Chance of losing the customer',
  breakEven: 'Worth giving, at most, if it really keeps them',
  ceiling: 'Ceiling of the tier',
  reasoning:
    'Without a discount (1 - chance of losing) x net margin rate is expected; with a discount d that keeps the customer, net margin rate - d. Both are equal at d = chance of losing x net margin rate, the most worth giving: more leaves less than giving nothing.',
  unknown: 'Costs are not known, or nothing was bought in a year: there is no walk-away price.',
  payments: 'Receivables and how they pay',
  open: 'Open',
  overdue: 'Of it overdue',
  oldest: 'Oldest, days overdue',
  delay: 'Days late on average, two years',
  late: 'Share paid late',
  products: 'Main products and their price (half-year on half-year)',
  share: 'Share',
  price: 'Price',
  priceBefore: 'Before',
  change: 'Change',
  contracts: 'Contracts',
  minimum: 'Promised to buy',
  paymentDays: '{{days}} days to pay',
  none: 'None',
  warnings: 'Open warnings',
  atRisk: 'at risk',
  needs: 'Needs and competitors',
  competitor: 'Competitor',
  need: 'Need',
  contacts: 'Who decides',
  influence: 'influence',
  attitude: 'attitude',
  talks: 'Latest contacts',
};

const words: Readonly<Record<Language, Readonly<Record<PackWord, string>>>> = { 'zh-CN': zh, 'en-US': en };

const stages = {
  'zh-CN': {
    draft: '草稿',
    upcoming: '未开始',
    running: '执行中',
    ending: '将到期',
    ended: '已结束',
    terminated: '已终止',
  },
  'en-US': {
    draft: 'draft',
    upcoming: 'to come',
    running: 'running',
    ending: 'ending',
    ended: 'ended',
    terminated: 'terminated',
  },
} as const;
const roles: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  decider: { 'zh-CN': '决策者', 'en-US': 'decides' },
  influencer: { 'zh-CN': '影响者', 'en-US': 'influences' },
  user: { 'zh-CN': '使用者', 'en-US': 'uses' },
  gatekeeper: { 'zh-CN': '把关人', 'en-US': 'keeps the gate' },
  sponsor: { 'zh-CN': '支持者', 'en-US': 'speaks for us' },
  opponent: { 'zh-CN': '反对者', 'en-US': 'speaks against us' },
};

/** What the printed pack says, in the reader's language. */
export function packWords(language: Language) {
  return {
    say: (word: PackWord, params: Readonly<Record<string, string>> = {}) =>
      words[language][word].replaceAll(/\{\{(\w+)\}\}/g, (whole, key: string) => params[key] ?? whole),
    stage: (stage: keyof (typeof stages)['zh-CN']) => stages[language][stage],
    detector: (id: string) => findDetector(id)?.name[language] ?? id,
    role: (role: string | null) => (role === null ? '' : (roles[role]?.[language] ?? role)),
  };
}
