import type { Blueprint } from './blueprint.js';
import { isoOf } from './calendar.js';
import { customerNoOf } from './customer.js';
import type { IndustryKey } from './industries.js';
import type { Plan } from './plan.js';
import { describeStory, storyFactor, type Story } from './story.js';
import type { Timeline } from './timeline.js';

/**
 * `silent` dropped out; `new` ordered first in the last 183 days and is still ours; `no-order` was there before the
 * window and has not ordered in it. The others are as their story says.
 */
export type StoryName = Story['kind'] | 'silent' | 'new' | 'no-order';

/** What is really so of a customer, which no order file tells. */
export interface CustomerTruth {
  readonly customerNo: string;
  readonly industry: IndustryKey;
  readonly story: StoryName;
  /** Path of the order rate, as data and in words. */
  readonly path: Story;
  readonly pathInWords: string;
  /** Mean orders a week over a year at factor 1 of the path, and at the end of the window. */
  readonly lambdaPerWeek: number;
  readonly lambdaAtEndPerWeek: number;
  readonly dropoutProbability: number;
  /** The day of the last order, after which the customer was lost; null while he is still ours. */
  readonly dropoutOn: string | null;
  readonly aliveAtEnd: boolean;
  /** First and last order of the window; null without an order. */
  readonly firstOrderOn: string | null;
  readonly lastOrderOn: string | null;
  readonly orders: number;
  /** Mean value of an order in fen at the prices of the first year, whatever currency is invoiced. */
  readonly meanSpendMinor: number;
  /** Expected margin as a share of revenue. */
  readonly marginRate: number;
}

const newWithinDays = 183;

function nameStory(blueprint: Blueprint, plan: Plan, timeline: Timeline): StoryName {
  const first = timeline.orderDays[0];
  if (timeline.dropoutOn !== null) return 'silent';
  if (first === undefined) return 'no-order';
  if (plan.acquiredOn !== null && blueprint.end - plan.acquiredOn < newWithinDays) return 'new';
  const { story } = plan;
  if (story.kind !== 'won-back') return story.kind;
  const last = timeline.orderDays.at(-1) ?? first;
  return first < story.pausedFrom && last >= story.backOn ? 'won-back' : 'steady';
}

/** Puts down the truth of one customer. */
export function truthOf(blueprint: Blueprint, plan: Plan, timeline: Timeline): CustomerTruth {
  const first = timeline.orderDays[0];
  const last = timeline.orderDays.at(-1);
  const alive = timeline.dropoutOn === null;
  return {
    customerNo: customerNoOf(plan.index),
    industry: plan.industry.key,
    story: nameStory(blueprint, plan, timeline),
    path: plan.story,
    pathInWords: describeStory(plan.story),
    lambdaPerWeek: plan.lambdaPerWeek,
    lambdaAtEndPerWeek: alive ? plan.lambdaPerWeek * storyFactor(plan.story, blueprint.end) : 0,
    dropoutProbability: plan.dropoutProbability,
    dropoutOn: timeline.dropoutOn === null ? null : isoOf(timeline.dropoutOn),
    aliveAtEnd: alive,
    firstOrderOn: first === undefined ? null : isoOf(first),
    lastOrderOn: last === undefined ? null : isoOf(last),
    orders: timeline.orderDays.length,
    meanSpendMinor: Math.round(plan.meanSpend * 100),
    marginRate: plan.marginRate,
  };
}
