import { z } from 'zod';
import { day } from './page.js';

/** Where a customer stands, from the first contact to the end and back. */
export const lifecycleStages = [
  'prospect',
  'new',
  'growing',
  'mature',
  'at-risk',
  'dormant',
  'lost',
  'won-back',
] as const;
export const lifecycleStage = z.enum(lifecycleStages);

/** The rules, in words under `lifecycle.reason.*`. */
export const stageReasons = [
  'no-order',
  'first-orders',
  'spend-rising',
  'on-rhythm',
  'beyond-longest-gap',
  'low-chance',
  'twice-longest-gap',
  'thrice-longest-gap',
  'back-after-loss',
  'pinned',
] as const;
export const stageReason = z.enum(stageReasons);

/** A stay in a stage. */
export const stageStay = z.object({
  stage: lifecycleStage,
  enteredOn: day,
  leftOn: day.nullable(),
  reason: stageReason,
  /** Figures of the rule: silenceDays, patienceDays (the silence he has never shown before), orders, pAlive, rise. */
  evidence: z.record(z.string(), z.number()),
  pinnedByName: z.string().nullable(),
  pinNote: z.string().nullable(),
  pinnedUntil: day.nullable(),
  /** Left to the rules again on this day. */
  pinReleasedOn: day.nullable(),
});

export const customerStages = z.object({ now: stageStay.nullable(), items: z.array(stageStay) });

export const stagePin = z.object({
  stage: lifecycleStage,
  note: z.string().trim().min(1).max(1000),
  /** Rules decide again from the day after; never, when left out. */
  until: day.nullish(),
});

export const lifecycleOverview = z.object({
  /** The day of the last run; null before it. */
  asOf: day.nullable(),
  /** The day with which flows and rates begin. */
  since: day.nullable(),
  stages: z.array(
    z.object({
      stage: lifecycleStage,
      customers: z.int(),
      /** Major units of the base currency. */
      clv: z.number(),
      /** Median days of the stays that have ended; null where none has. */
      medianDays: z.number().nullable(),
    }),
  ),
  /** Changes of stage since `since`. */
  flows: z.array(z.object({ from: lifecycleStage, to: lifecycleStage, customers: z.int() })),
  rates: z.object({
    /** Of the customers who were new, growing, mature or won back then: still one of these now. Null without any. */
    retention: z.number().nullable(),
    churn: z.number().nullable(),
    /** Of the customers who were dormant or lost then: won back since. */
    winBack: z.number().nullable(),
  }),
  currency: z.string(),
});

/** Customers by the quarter of their first order, the earliest first. */
export const lifecycleCohorts = z.object({
  items: z.array(
    z.object({
      cohort: z.string(),
      customers: z.int(),
      /** Share that ordered in the quarter of the first order and in each after it. */
      retention: z.array(z.number()),
      /** Minor units of the base currency. */
      amountMinor: z.array(z.number()),
    }),
  ),
  /** The newest order, where its quarter is not over: the last figure of every cohort reaches to this day only. */
  unfinishedUntil: day.nullable(),
  currency: z.string(),
});

/** By what stages are told apart; whose day it is and how long a silence lasted is the customer's own. */
export const stageRules = z.object({
  /** Beyond the longest gap between two orders, and for whoever ordered but once. */
  graceDays: z.int().min(0).max(365),
  firstPatienceDays: z.int().min(1).max(1096),
  /** Of that patience: a silence so many times as long is dormant, then lost. */
  dormantTimes: z.number().min(1).max(50),
  lostTimes: z.number().min(1).max(100),
  /** A smaller chance of being still there puts at risk; 0: never. */
  lowChance: z.number().min(0).max(1),
  newDays: z.int().min(1).max(1096),
  newOrders: z.int().min(1).max(100),
  backDays: z.int().min(1).max(1096),
  /** So much more in the last half-year than in the one before, as a share, is growth. */
  rise: z.number().min(0).max(10),
});
export const usualStageRules: StageRules = {
  graceDays: 14,
  firstPatienceDays: 90,
  dormantTimes: 2,
  lostTimes: 3,
  lowChance: 0.3,
  newDays: 182,
  newOrders: 2,
  backDays: 182,
  rise: 0.25,
};
export const stageRulesInput = stageRules.extend({ rowVersion: z.int().min(0) });
/** Row version 0: nobody has changed them yet. */
export const keptStageRules = stageRulesInput.extend({ changedOn: day.nullable() });
/** Where customers would stand by other rules. */
export const stageTrial = z.object({
  asOf: day,
  customers: z.int(),
  moves: z.array(
    z.object({
      /** Null for whoever has no stage yet. */
      from: lifecycleStage.nullable(),
      to: lifecycleStage,
      customers: z.int(),
      clv: z.number(),
    }),
  ),
});

export type StageRules = z.infer<typeof stageRules>;
export type StageRulesInput = z.infer<typeof stageRulesInput>;
export type KeptStageRules = z.infer<typeof keptStageRules>;
export type StageTrial = z.infer<typeof stageTrial>;
export type LifecycleCohorts = z.infer<typeof lifecycleCohorts>;
export type LifecycleStage = z.infer<typeof lifecycleStage>;
export type StageReason = z.infer<typeof stageReason>;
export type StageStay = z.infer<typeof stageStay>;
export type CustomerStages = z.infer<typeof customerStages>;
export type StagePin = z.infer<typeof stagePin>;
export type LifecycleOverview = z.infer<typeof lifecycleOverview>;
