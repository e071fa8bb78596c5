import { z } from 'zod';
import { smallIdOfText } from './input-parts.js';
import { day, several } from './page.js';
import { tier, tierFeature, tierRun } from './tiers.js';

/** One indicator of a customer's score. */
const tierReason = z.object({
  axis: z.string(),
  axisName: z.string(),
  feature: z.string(),
  name: z.string(),
  unit: tierFeature.shape.unit,
  measured: z.number().nullable(),
  /** 0 to 100. */
  points: z.number(),
  /** Percent of the whole. */
  weight: z.number(),
  /** What it adds to the score of 100; all add up to the score. */
  contribution: z.number(),
  /** What it would take in this indicator alone to reach the next tier; null where it cannot be reached so. */
  needed: z.object({ points: z.number(), measured: z.number().nullable() }).nullable(),
});
const demotionFate = z.object({
  /** ended: nobody decided, and the next grading came into force. */
  status: z.enum(['waiting', 'approved', 'refused', 'ended']),
  note: z.string().nullable(),
  decidedByName: z.string().nullable(),
});
export const customerTier = z.object({
  on: day,
  /** Null: not graded on that day. */
  tier: tier.nullable(),
  /** The name it had when it was given. */
  nameThen: z.string().nullable(),
  source: z.enum(['policy', 'demotion', 'override']).nullable(),
  since: day.nullable(),
  score: z.number().nullable(),
  computedTier: tier.nullable(),
  why: z.enum(['first', 'score', 'hysteresis', 'minimum-stay', 'approval']).nullable(),
  policy: z
    .object({ tierPolicyId: z.int(), name: z.string(), versionNo: z.int(), tierRunId: z.int(), asOf: day })
    .nullable(),
  /** The tier above with the least score for it. */
  next: z.object({ tier, cutScore: z.number(), missing: z.number() }).nullable(),
  /** The least score of the own tier. */
  cutScore: z.number().nullable(),
  total: z.enum(['sum', 'topsis']).nullable(),
  reasons: z.array(tierReason),
  /** Indicators that are kept from the reader and left out. */
  keptBack: z.int(),
  decision: z
    .object({
      reason: z.string().nullable(),
      expiresOn: day.nullable(),
      decidedByName: z.string().nullable(),
    })
    .nullable(),
  /** What became, by that day, of the demotion that the policy asked for; null where it asked for none. */
  demotion: demotionFate.nullable(),
});
export const customerTierQuery = z.object({ on: day.optional() });
const tierPeriod = z.object({
  from: day,
  /** Without this day; null for today's. */
  to: day.nullable(),
  tier,
  nameThen: z.string(),
  source: z.enum(['policy', 'demotion', 'override']),
  policyName: z.string().nullable(),
  versionNo: z.int().nullable(),
  score: z.number().nullable(),
  note: z.string().nullable(),
  /** Who refused the demotion that the policy asked for in that time; null where nobody did. */
  refusedByName: z.string().nullable(),
});
export const customerTierHistory = z.object({
  items: z.array(tierPeriod),
  /** Of customers that were merged into this one: the tiers they had, which this one did not take over. */
  former: z.array(
    z.object({
      customerNo: z.string(),
      name: z.string(),
      mergedAt: z.iso.datetime(),
      items: z.array(tierPeriod),
    }),
  ),
});

/** The tiers of today over the customers that the reader sees. */
export const tierOverview = z.object({
  run: tierRun.nullable(),
  tiers: z.array(tier.extend({ customers: z.int(), clv: z.number(), costMinor: z.number() })),
  ungraded: z.int(),
  waitingDecisions: z.int(),
});
export const tierCandidateQuery = z.object({
  tierId: several(smallIdOfText),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});
export const tierCandidates = z.object({
  items: z.array(
    z.object({
      customerId: z.int(),
      customerNo: z.string(),
      name: z.string(),
      ownerName: z.string().nullable(),
      clv: z.number().nullable(),
      tier,
      next: tier,
      score: z.number(),
      /** Points of 100 that are missing. */
      missing: z.number(),
      /** The indicator with the most room, weighed. */
      lever: z.object({ feature: z.string(), name: z.string(), points: z.number(), room: z.number() }),
    }),
  ),
});

export type CustomerTier = z.infer<typeof customerTier>;
export type CustomerTierHistory = z.infer<typeof customerTierHistory>;
export type TierOverview = z.infer<typeof tierOverview>;
export type TierCandidates = z.infer<typeof tierCandidates>;
