import { z } from 'zod';

/** What makes a record complete; each weighs some of a hundred. */
export const qualityFields = [
  'shortName',
  'legalName',
  'creditCode',
  'region',
  'industry',
  'owner',
  'phone',
  'address',
  'contact',
] as const;

/** The organisation's rules for what a good record of a customer is. */
export const qualityPolicy = z.object({
  /** Two customers with one credit code: refused, or shown among the duplicates. */
  sameCreditCode: z.enum(['refuse', 'flag']),
  /** Days after the last sign of life from which a record counts as stale. */
  staleDays: z.int().min(1).max(3650),
  weights: z.partialRecord(z.enum(qualityFields), z.int().min(0).max(100)),
  rowVersion: z.int(),
});

export type QualityPolicy = z.infer<typeof qualityPolicy>;
