import { z } from 'zod';
import { day } from './page.js';

export const poachingReasons = ['spend-falling', 'price-complaint', 'competitor', 'contract-ending'] as const;
export const poachingReason = z.enum(poachingReasons);

const customer = {
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  ownerName: z.string().nullable(),
  tierName: z.string().nullable(),
  clv: z.number().nullable(),
};

/**
 * How a sign did on the past: of the customers who had it half a year ago, how many spent less than half in the half-year after,
 * against all. Lift: the one by the other; null where nobody had it.
 */
const signRecord = z.object({
  customers: z.int(),
  lost: z.int(),
  rate: z.number().nullable(),
  lift: z.number().nullable(),
});

/** Customers whom somebody may be winning over, with the signs, and how far the signs were right half a year ago. */
export const poachingRisk = z.object({
  asOf: day.nullable(),
  baseRate: z.number().nullable(),
  backtest: z.array(signRecord.extend({ sign: z.enum([...poachingReasons, 'two-or-more']) })),
  items: z.array(
    z.object({
      ...customer,
      reasons: z.array(
        z.object({
          reason: poachingReason,
          /** Share of spend lost, the competitor's name, the contract's end, or the day of the complaint. */
          detail: z.union([z.string(), z.number()]).nullable(),
        }),
      ),
    }),
  ),
});

export const lookalikeFeatures = ['spend', 'orders', 'recency', 'trend', 'tenure', 'averageOrder'] as const;

/**
 * Customers of the middle who look today like the best of today looked a year ago. Lift: each fifth judged by a model that saw
 * the other four alone, the share that came into the best tenth, of the highest tenth by that of all.
 */
export const lookalikes = z.object({
  asOf: day.nullable(),
  /** What there is too little of to learn from. */
  lack: z
    .discriminatedUnion('reason', [
      z.object({ reason: z.literal('history'), days: z.int(), needed: z.int() }),
      z.object({ reason: z.literal('risen'), middle: z.int(), rose: z.int(), needed: z.int() }),
    ])
    .nullable(),
  /** Null where something lacks, and before the first run. */
  model: z
    .object({
      learnt: z.int(),
      rose: z.int(),
      baseRate: z.number(),
      topTenthRate: z.number(),
      lift: z.number(),
    })
    .nullable(),
  items: z.array(
    z.object({
      ...customer,
      probability: z.number(),
      /** Features that speak for the customer most, the strongest first. */
      because: z.array(z.enum(lookalikeFeatures)),
    }),
  ),
});

export type PoachingRisk = z.infer<typeof poachingRisk>;
export type PoachingReason = z.infer<typeof poachingReason>;
export type Lookalikes = z.infer<typeof lookalikes>;
