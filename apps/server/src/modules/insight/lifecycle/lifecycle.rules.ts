import type { LifecycleStage, StageReason } from '@kezi/contract';

/** What a stage is told by. Days since 1970-01-01; NaN where there is none. */
export interface CustomerRhythm {
  orders: number;
  firstDay: number;
  lastDay: number;
  /** Longest gap between two order days. */
  longestGap: number;
  /** The last day on which an order ended a silence of more than twice the usual. */
  backDay: number;
  recentMinor: number;
  earlierMinor: number;
}

export interface StageRuling {
  stage: LifecycleStage;
  reason: StageReason;
  /** The day on which the rule began to hold. */
  sinceDay: number;
  evidence: Record<string, number>;
}

/** As the overdue detector has it: two weeks of grace beyond the longest gap, so that stage and warning agree. */
const graceDays = 14;
/** With a single order there is no rhythm yet: a quarter is waited for. */
const firstPatienceDays = 90;
/** A newcomer is new for half a year, or until the third order. */
const newDays = 182;
const newOrders = 2;
/** Whoever came back is watched for half a year. */
const backDays = 182;
/** A quarter more than in the half-year before is growth. */
const rise = 1.25;
const halfYearDays = 182;
/** Of a half-year in which the customer came, this much must be there to compare with; a younger customer is growing. */
const leastDaysBefore = 60;

/** Spend of the last half-year to that of the one before, or of the part of it in which there was a customer; null: too young. */
function riseOf({ firstDay, recentMinor, earlierMinor }: CustomerRhythm, asOfDay: number): number | null {
  const daysBefore = Math.min(halfYearDays, asOfDay - halfYearDays - firstDay);
  if (daysBefore < leastDaysBefore) return null;
  if (earlierMinor <= 0) return recentMinor > 0 ? Infinity : 0;
  return recentMinor / ((earlierMinor * halfYearDays) / daysBefore);
}

/** Silence that this customer has never shown before. */
function patienceOf({ longestGap }: CustomerRhythm): number {
  return Number.isNaN(longestGap) ? firstPatienceDays : longestGap + graceDays;
}

const silent: readonly { times: number; stage: LifecycleStage; reason: StageReason }[] = [
  { times: 3, stage: 'lost', reason: 'thrice-longest-gap' },
  { times: 2, stage: 'dormant', reason: 'twice-longest-gap' },
  { times: 1, stage: 'at-risk', reason: 'beyond-longest-gap' },
];

/**
 * Where a customer stands on a day, by his own rhythm: first by how long he has been silent, then whether he came back, is new,
 * or spends more.
 */
export function stageOf(rhythm: CustomerRhythm, asOfDay: number): StageRuling {
  const { orders, firstDay, lastDay, backDay } = rhythm;
  const patience = patienceOf(rhythm);
  const silence = asOfDay - lastDay;
  const evidence = { silenceDays: silence, patienceDays: patience, orders };
  for (const { times, stage, reason } of silent) {
    // A silence exactly as long as the patience is not beyond it yet.
    if (silence > times * patience) {
      return { stage, reason, sinceDay: Math.floor(lastDay + times * patience) + 1, evidence };
    }
  }
  if (asOfDay - backDay < backDays) {
    return { stage: 'won-back', reason: 'back-after-loss', sinceDay: backDay, evidence };
  }
  if (orders <= newOrders && asOfDay - firstDay < newDays) {
    return { stage: 'new', reason: 'first-orders', sinceDay: firstDay, evidence };
  }
  const risen = riseOf(rhythm, asOfDay);
  if (risen === null || risen >= rise) {
    const by = risen === null || risen === Infinity ? {} : { rise: risen - 1 };
    return { stage: 'growing', reason: 'spend-rising', sinceDay: asOfDay, evidence: { ...evidence, ...by } };
  }
  return { stage: 'mature', reason: 'on-rhythm', sinceDay: asOfDay, evidence };
}
