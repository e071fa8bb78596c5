import type { ClusterFeature } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';
import type { FieldRules } from '../../../platform/http/field-wall.rules.js';
import { isFeatureKept, registerTierFeatures } from '../tiers/index.js';

interface Words {
  high: string;
  low: string;
}

interface ClusterColumn {
  /** Sums and gaps with a long tail are compared by their logarithm: from 100 to 200 is as far as from 1,000 to 2,000. */
  scale: 'log' | 'linear';
  /** What stands for a value that is not known: nothing bought, or the middle of the others. */
  missing: 'zero' | 'middle';
  words: Readonly<Record<Language, Words>>;
}

export const clusterColumns: Readonly<Record<ClusterFeature, ClusterColumn>> = {
  recencyDays: {
    scale: 'log',
    missing: 'middle',
    words: {
      'zh-CN': { high: '沉默中', low: '近期活跃' },
      'en-US': { high: 'silent', low: 'recently active' },
    },
  },
  orders12m: {
    scale: 'log',
    missing: 'zero',
    words: { 'zh-CN': { high: '高频', low: '低频' }, 'en-US': { high: 'frequent', low: 'infrequent' } },
  },
  spend12m: {
    scale: 'log',
    missing: 'zero',
    words: {
      'zh-CN': { high: '买得多', low: '买得少' },
      'en-US': { high: 'big spenders', low: 'small spenders' },
    },
  },
  averageOrder: {
    scale: 'log',
    missing: 'middle',
    words: { 'zh-CN': { high: '大单', low: '小单' }, 'en-US': { high: 'large orders', low: 'small orders' } },
  },
  margin12m: {
    scale: 'log',
    missing: 'zero',
    words: {
      'zh-CN': { high: '毛利高', low: '毛利低' },
      'en-US': { high: 'high margin', low: 'low margin' },
    },
  },
  productBreadth: {
    scale: 'log',
    missing: 'zero',
    words: {
      'zh-CN': { high: '品种多', low: '品种单一' },
      'en-US': { high: 'many products', low: 'few products' },
    },
  },
  tenure: {
    scale: 'linear',
    missing: 'middle',
    words: { 'zh-CN': { high: '老客户', low: '新客户' }, 'en-US': { high: 'long-standing', low: 'recent' } },
  },
  pAlive: {
    scale: 'linear',
    missing: 'middle',
    words: {
      'zh-CN': { high: '稳定', low: '可能流失' },
      'en-US': { high: 'stable', low: 'likely to be lost' },
    },
  },
  spendTrend: {
    scale: 'linear',
    missing: 'middle',
    words: { 'zh-CN': { high: '在增长', low: '在下滑' }, 'en-US': { high: 'growing', low: 'declining' } },
  },
};

/** Whether clusters by these features tell what is kept from the reader. */
export function featuresKept(features: readonly string[], rules: FieldRules): boolean {
  return features.some((feature) => isFeatureKept(feature, rules));
}

// An indicator that grading may use too: the catalogue had none for silence.
registerTierFeatures(
  {
    last_order: {
      sql: 'select customer_id, last_order_on from customer_score where valuation_run_id = :run',
    },
  },
  [
    {
      key: 'recencyDays',
      source: 'last_order',
      sql: '(:asOf - last_order.last_order_on)::float8',
      unit: 'count',
      direction: 'less',
      missing: 'worst',
      names: { 'zh-CN': '距最近下单天数', 'en-US': 'Days since the last order' },
      nullMeans: { 'zh-CN': '还没有估值', 'en-US': 'Not valued yet' },
    },
  ],
);
