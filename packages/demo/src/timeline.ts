import type { Blueprint } from './blueprint.js';
import type { Day } from './calendar.js';
import { dayAt, type Plan } from './plan.js';
import { largestFactor, storyFactor } from './story.js';

/** When a customer ordered, and the day after whose order he was lost. */
export interface Timeline {
  /** Days with an order, in order; a day with two orders stands twice. */
  readonly orderDays: readonly Day[];
  /** The day of the last order, if the customer dropped out after it; null while he is still ours. */
  readonly dropoutOn: Day | null;
}

/** Nobody orders more often than this; it bounds the lines of one customer in memory. */
const mostOrders = 20_000;

/**
 * Orders arrive as a Poisson process in business time: with rate lambda / 7 an ordinary day, a festival week counting
 * for almost nothing and a rush week for more. After every order, the first included, the customer is lost with
 * his own probability. Advances the plan's stream: call it once for a plan.
 */
export function drawTimeline(blueprint: Blueprint, plan: Plan): Timeline {
  const days = blueprint.businessDays[plan.industry.key];
  const { stream, story } = plan;
  const bound = largestFactor(story);
  const meanGap = 7 / (plan.lambdaPerWeek * bound);
  const orderDays: Day[] = [];
  let place = 0;
  let time = 0;
  if (plan.acquiredOn !== null) {
    place = plan.acquiredOn - blueprint.start;
    orderDays.push(plan.acquiredOn);
    if (stream.uniform() < plan.dropoutProbability) return { orderDays, dropoutOn: plan.acquiredOn };
    const before = days[place - 1] ?? 0;
    time = before + ((days[place] ?? before) - before) * stream.uniform();
  }
  while (orderDays.length < mostOrders) {
    time += stream.exponential() * meanGap;
    place = dayAt(days, time, place);
    if (place >= days.length) break;
    const day = blueprint.start + place;
    if (story.kind !== 'steady' && stream.uniform() * bound >= storyFactor(story, day)) continue;
    orderDays.push(day);
    if (stream.uniform() < plan.dropoutProbability) return { orderDays, dropoutOn: day };
  }
  return { orderDays, dropoutOn: null };
}
