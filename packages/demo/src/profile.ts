import { isoOf, type Day } from './calendar.js';
import type { IndustryKey } from './industries.js';
import { RandomStream, cumulate } from './random.js';

/** What a company's own system says of a customer beside names and numbers. */
export interface Profile {
  /** GB/T 4754, two digits. */
  readonly industryCode: string;
  readonly size: string;
  readonly salesStage: string;
  readonly tags: string;
  /** Choice of the company's own. */
  readonly buying: string;
  /** Whole yuan, by the size. */
  readonly creditLimit: number;
  /** When somebody last looked over what the customer may owe. */
  readonly reviewedOn: string;
}

const sectors: Readonly<Record<IndustryKey, readonly string[]>> = {
  automation: ['34', '35', '38', '40', '36'],
  catering: ['62', '61', '14', '52'],
  office: ['72', '65', '69', '73'],
  medical: ['84', '27', '35', '51'],
};
const sizes = ['微型', '小型', '中型', '大型'];
const sizeWeights = cumulate([20, 45, 27, 8]);
const limits = [50_000, 200_000, 1_000_000, 5_000_000];
const stages = ['合作中', '停滞', '试用', '意向', '已流失'];
const stageWeights = cumulate([84, 8, 4, 2, 2]);
const tags = ['账期敏感', '价格敏感', '技术型采购', '年框客户', '要开专票', '集团统采', '送货上门', '老客户'];
const ways = ['年度框架', '招投标', '按单采购', '集团统采'];

/** @param end last day of the company's records */
export function profileOf(
  { seed, index, end }: { seed: number; index: number; end: Day },
  industry: IndustryKey,
): Profile {
  const stream = new RandomStream(seed, index, 'archive');
  const size = stream.pickWeighted(sizeWeights);
  const chosen = new Set([stream.pick(tags), stream.pick(tags)]);
  const isTagged = stream.uniform() < 0.6;
  return {
    industryCode: stream.pick(sectors[industry]),
    size: sizes[size] ?? '小型',
    salesStage: stages[stream.pickWeighted(stageWeights)] ?? '合作中',
    tags: isTagged ? [...chosen].join('、') : '',
    buying: stream.pick(ways),
    creditLimit: (limits[size] ?? 50_000) * (1 + stream.below(4)),
    reviewedOn: isoOf(end - 20 - stream.below(700)),
  };
}
