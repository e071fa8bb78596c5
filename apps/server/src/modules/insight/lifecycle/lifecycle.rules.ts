import type { LifecycleStage, StageReason, StageRules } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';

/** What a stage is told by. Days since 1970-01-01; NaN where there is none. */
export interface CustomerRhythm {
  orders: number;
  firstDay: number;
  lastDay: number;
  /** Longest gap between two order days. */
  longestGap: number;
  /** The last day on which an order ended a silence that counts as dormant. */
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
function patienceOf({ longestGap }: CustomerRhythm, rules: StageRules): number {
  return Number.isNaN(longestGap) ? rules.firstPatienceDays : longestGap + rules.graceDays;
}

interface Silence {
  times: number;
  stage: LifecycleStage;
  reason: StageReason;
}

const silences = ({ dormantTimes, lostTimes }: StageRules): readonly Silence[] => [
  { times: lostTimes, stage: 'lost', reason: 'thrice-longest-gap' },
  { times: dormantTimes, stage: 'dormant', reason: 'twice-longest-gap' },
  { times: 1, stage: 'at-risk', reason: 'beyond-longest-gap' },
];

/** @throws CodedError lifecycle.times_order */
export function checkStageRules({ dormantTimes: dormant, lostTimes: lost }: StageRules): void {
  if (dormant <= 1 || lost <= dormant) throw new CodedError('lifecycle.times_order', { dormant, lost });
}

/**
 * Where a customer stands on a day, by his own rhythm: first by how long he has been silent, then whether he came back, is new,
 * or spends more.
 */
export function stageOf(rhythm: CustomerRhythm, asOfDay: number, rules: StageRules): StageRuling {
  const { orders, firstDay, lastDay, backDay } = rhythm;
  const patience = patienceOf(rhythm, rules);
  const silence = asOfDay - lastDay;
  const evidence = { silenceDays: silence, patienceDays: patience, orders };
  for (const { times, stage, reason } of silences(rules)) {
    // A silence exactly as long as the patience is not beyond it yet.
    if (silence > times * patience) {
      const sinceDay = Math.floor(lastDay + times * patience) + 1;
      return { stage, reason, sinceDay, evidence: times === 1 ? evidence : { ...evidence, times } };
    }
  }
  if (asOfDay - backDay < rules.backDays) {
    return { stage: 'won-back', reason: 'back-after-loss', sinceDay: backDay, evidence };
  }
  if (orders <= rules.newOrders && asOfDay - firstDay < rules.newDays) {
    return { stage: 'new', reason: 'first-orders', sinceDay: firstDay, evidence };
  }
  const risen = riseOf(rhythm, asOfDay);
  if (risen === null || risen >= 1 + rules.rise) {
    const by = risen === null || risen === Infinity ? {} : { rise: risen - 1 };
    return { stage: 'growing', reason: 'spend-rising', sinceDay: asOfDay, evidence: { ...evidence, ...by } };
  }
  return { stage: 'mature', reason: 'on-rhythm', sinceDay: asOfDay, evidence };
}
