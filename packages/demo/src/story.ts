import { isoOf, partsOf, type Day } from './calendar.js';
import type { RandomStream } from './random.js';

/** How a customer's order rate moves over time, beside the season of his industry. */
export type Story =
  | { readonly kind: 'steady' }
  | { readonly kind: 'growing'; readonly from: Day; readonly until: Day; readonly to: number }
  | { readonly kind: 'declining'; readonly from: Day; readonly until: Day; readonly to: number }
  | { readonly kind: 'seasonal'; readonly firstMonth: number; readonly months: number }
  | { readonly kind: 'won-back'; readonly pausedFrom: Day; readonly backOn: Day };

const steady: Story = { kind: 'steady' };

/** Share of its ordinary rate that a seasonal customer keeps outside his season. */
const offSeason = 0.08;

/**
 * Draws a story for a customer who is ours from `from` until `end`. Growth and decline need a year to be seen and a
 * return needs 65 weeks, so shorter lives stay steady.
 */
export function drawStory(stream: RandomStream, from: Day, end: Day): Story {
  const draw = stream.uniform();
  const life = end - from;
  if (draw < 0.1) {
    return life < 365 ? steady : { kind: 'growing', from, until: end, to: stream.between(2, 4.5) };
  }
  if (draw < 0.19) {
    const turn = from + Math.round(life * stream.between(0.35, 0.6));
    const until = turn + Math.round(stream.between(180, 360));
    return life < 365 ? steady : { kind: 'declining', from: turn, until, to: stream.between(0.12, 0.3) };
  }
  if (draw < 0.25) return { kind: 'seasonal', firstMonth: 1 + stream.below(12), months: 3 + stream.below(3) };
  if (draw < 0.29 && life >= 455) {
    const pausedFrom = from + Math.round(life * stream.between(0.3, 0.45));
    return { kind: 'won-back', pausedFrom, backOn: pausedFrom + Math.round(stream.between(182, 350)) };
  }
  return steady;
}

function seasonFactor(months: number): number {
  return (12 - offSeason * (12 - months)) / months;
}

function along(day: Day, from: Day, until: Day, to: number): number {
  if (day <= from) return 1;
  return day >= until ? to : 1 + ((to - 1) * (day - from)) / (until - from);
}

/** Factor on a customer's order rate on a day. */
export function storyFactor(story: Story, day: Day): number {
  if (story.kind === 'steady') return 1;
  if (story.kind === 'won-back') return day >= story.pausedFrom && day < story.backOn ? 0 : 1;
  if (story.kind === 'seasonal') {
    const sinceFirst = (partsOf(day).month - story.firstMonth + 12) % 12;
    return sinceFirst < story.months ? seasonFactor(story.months) : offSeason;
  }
  return along(day, story.from, story.until, story.to);
}

/** The largest factor a story reaches; candidates are drawn at this rate and thinned (Lewis & Shedler 1979). */
export function largestFactor(story: Story): number {
  if (story.kind === 'growing') return story.to;
  return story.kind === 'seasonal' ? seasonFactor(story.months) : 1;
}

/** Factor on the chance to drop out: a customer who grows or comes back is bound more closely. */
export function dropoutFactor(story: Story): number {
  if (story.kind === 'growing' || story.kind === 'won-back') return 0.15;
  return story.kind === 'declining' ? 0.3 : 1;
}

/** The path in words, for the file of truths. */
export function describeStory(story: Story): string {
  if (story.kind === 'steady') return '到达率不变';
  if (story.kind === 'won-back') return `${isoOf(story.pausedFrom)} 起停购,${isoOf(story.backOn)} 赢回`;
  if (story.kind === 'seasonal') {
    const factor = seasonFactor(story.months).toFixed(2);
    return `${story.firstMonth} 月起 ${story.months} 个月为旺季(${factor} 倍),其余 ${offSeason} 倍`;
  }
  return `${isoOf(story.from)} 至 ${isoOf(story.until)} 到达率由 1 倍线性变为 ${story.to.toFixed(2)} 倍`;
}
