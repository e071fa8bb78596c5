import type { SegmentCondition, SegmentTemplate } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';

interface Template {
  id: string;
  group: SegmentTemplate['group'];
  conditions: SegmentCondition[];
  words: Readonly<Record<Language, readonly [name: string, note: string]>>;
}

/** Segments to begin with; what they ask can be changed before they are kept. */
const templates: readonly Template[] = [
  {
    id: 'important',
    group: 'value',
    conditions: [
      {
        field: 'rfmSegment',
        is: 'in',
        values: ['important-value', 'important-develop', 'important-retain', 'important-win-back'],
      },
    ],
    words: {
      'zh-CN': ['重要客户', '八个价值分群中的四个“重要”分群'],
      'en-US': ['Important customers', 'The four important groups of RFM'],
    },
  },
  {
    id: 'win-back',
    group: 'value',
    conditions: [
      { field: 'rfmSegment', is: 'in', values: ['important-win-back', 'important-retain'] },
      { field: 'pAlive', is: 'between', min: 0.1, max: 0.6 },
    ],
    words: {
      'zh-CN': ['值得挽回', '买得多、但正在离开的客户'],
      'en-US': ['Worth winning back', 'They bought much and are about to leave'],
    },
  },
  {
    id: 'region-missing',
    group: 'region',
    conditions: [{ field: 'region', is: 'empty' }],
    words: {
      'zh-CN': ['没有填地区', '先补全资料，才能按区域经营'],
      'en-US': ['Without a region', 'To be filled in before anybody works by region'],
    },
  },
  {
    id: 'region-large',
    group: 'region',
    conditions: [
      { field: 'region', is: 'set' },
      { field: 'size', is: 'in', values: ['large', 'medium'] },
    ],
    words: {
      'zh-CN': ['中型以上企业', '按企业规模划分，再选地区和行业'],
      'en-US': ['Medium and large companies', 'By size; then choose regions and industries'],
    },
  },
  {
    id: 'new',
    group: 'behaviour',
    conditions: [{ field: 'stage', is: 'in', values: ['new', 'growing'] }],
    words: {
      'zh-CN': ['新客与成长客户', '处在新客期、成长期，适合加大投入'],
      'en-US': ['New and growing', 'In the stages in which effort pays most'],
    },
  },
  {
    id: 'silent',
    group: 'behaviour',
    conditions: [
      { field: 'lastOrderOn', is: 'beyond', days: 90 },
      { field: 'orders', is: 'between', min: 3 },
    ],
    words: {
      'zh-CN': ['老客户沉默 90 天', '下过 3 单以上，最近 90 天没有再下单'],
      'en-US': ['Regulars, silent for 90 days', 'Three orders or more, and none in 90 days'],
    },
  },
  {
    id: 'one-order',
    group: 'behaviour',
    conditions: [
      { field: 'orders', is: 'between', max: 1 },
      { field: 'lastOrderOn', is: 'within', days: 180 },
    ],
    words: {
      'zh-CN': ['半年内只买过一次', '促成第二单的对象'],
      'en-US': ['One order within half a year', 'To be won for a second'],
    },
  },
  {
    id: 'unmet',
    group: 'behaviour',
    conditions: [
      { field: 'lastContactOn', is: 'beyond', days: 60 },
      { field: 'clv', is: 'between', min: 1 },
    ],
    words: {
      'zh-CN': ['60 天没有跟进', '有价值，却两个月没有联系过'],
      'en-US': ['Not met for 60 days', 'Worth something, and nobody was in touch'],
    },
  },
  {
    id: 'supporters',
    group: 'attitude',
    conditions: [{ field: 'attitude', is: 'between', min: 1 }],
    words: {
      'zh-CN': ['有支持者', '至少一位在任联系人态度支持'],
      'en-US': ['With a supporter', 'At least one contact who is there is in favour of us'],
    },
  },
  {
    id: 'opponents',
    group: 'attitude',
    conditions: [{ field: 'attitude', is: 'between', max: -1 }],
    words: {
      'zh-CN': ['有反对者', '至少一位在任联系人态度反对'],
      'en-US': ['With an opponent', 'At least one contact who is there is against us'],
    },
  },
];

export function listTemplates(language: Language): SegmentTemplate[] {
  return templates.map(({ id, group, conditions, words }) => {
    const [name, note] = words[language];
    return { templateId: id, group, name, note, rule: { match: 'all', not: false, items: conditions } };
  });
}
