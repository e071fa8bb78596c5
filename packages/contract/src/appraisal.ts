import { z } from 'zod';
import { day, ofSegments } from './page.js';

/** Of a segment, everybody is judged by the customers in it, against customers alike in it. */
export const appraisalQuery = ofSegments.extend({
  /** The published run to compare with; the one nearest to a quarter before the last, when left out. */
  sinceRunId: z.coerce.number().int().positive().optional(),
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
    }),
  ),
});

export type Appraisal = z.infer<typeof appraisal>;
export type AppraisalQuery = z.infer<typeof appraisalQuery>;
