import { z } from 'zod';
import { idOfText, smallIdOfText } from './input-parts.js';
import { rfmSegment } from './customers.js';
import { lifecycleStage } from './lifecycle.js';
import { day, ofSegments } from './page.js';
import { tierBadge } from './tiers.js';

/** Of a segment, everybody is judged by the customers in it, against customers alike in it. */
export const appraisalQuery = ofSegments.extend({
  /** The published run to compare with; the one nearest to a quarter before the last, when left out. */
  sinceRunId: idOfText.optional(),
  /** Whose groups are wanted: what the expectation of one person was made of. */
  groupsOf: smallIdOfText.optional(),
});

/** Customers of one person who were in the same tier, segment and stage on the first day. */
const appraisalGroup = z.object({
  tierName: z.string().nullable(),
  tierBadge: tierBadge.nullable(),
  segment: rfmSegment.nullable(),
  stage: lifecycleStage.nullable(),
  customers: z.int(),
  clvBefore: z.number(),
  clvNow: z.number(),
  /** Null where there were too few others to judge by; the person's own value stands in then. */
  clvExpected: z.number().nullable(),
  /** Who stood as a yardstick: the same group in other hands, all of the stage, or everybody. */
  against: z.enum(['group', 'stage', 'all']).nullable(),
  peers: z.object({ customers: z.int(), clvBefore: z.number(), clvNow: z.number() }).nullable(),
});

const judged = z.enum(['above', 'below', 'no-difference']);

/**
 * What became of the value that each person held throughout, against what became of customers alike whom others held. Major
 * units of the base currency. See docs/formulas/appraisal.md.
 */
export const appraisal = z.object({
  currency: z.string(),
  /** Null where no two runs can be compared. */
  from: day.nullable(),
  to: day.nullable(),
  sinceRunId: z.int().nullable(),
  /** Runs that one may begin with, the latest first. */
  runs: z.array(z.object({ valuationRunId: z.int(), asOf: day })),
  items: z.array(
    z.object({
      userId: z.int(),
      name: z.string().nullable(),
      /** Held from the one run to the other. */
      customers: z.int(),
      /** Owned now, but left out: they came in between or changed hands. */
      leftOut: z.int(),
      clvBefore: z.number(),
      clvNow: z.number(),
      /** What customers alike whom others held came to. */
      clvExpected: z.number(),
      clvDifference: z.number(),
      clvDifferenceLow: z.number(),
      clvDifferenceHigh: z.number(),
      /** Null where there were too few others alike to judge by. */
      verdict: judged.nullable(),
      /** Share of the value before that was compared with the same tier, segment and stage; the rest with the stage, or with all. */
      matchedShare: z.number(),
      /** Of the person asked for, those with most value before first; null for others. */
      groups: z.array(appraisalGroup).nullable(),
    }),
  ),
});

export type AppraisalGroup = z.infer<typeof appraisalGroup>;
export type Appraisal = z.infer<typeof appraisal>;
export type AppraisalQuery = z.infer<typeof appraisalQuery>;
