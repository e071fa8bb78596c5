import { z } from 'zod';
import { idOfText } from './input-parts.js';
import { customerDetail } from './customers.js';
import { duplicateCard } from './duplicates.js';
import { pageOf, pageQuery } from './page.js';

/** Of which of the two customers a field is kept. */
export const mergeChoice = z.enum(['remaining', 'merged']);
export type MergeChoice = z.infer<typeof mergeChoice>;

export const mergeQuery = z.object({ mergedId: idOfText });

/** One field of the two, and what is kept unless somebody chooses otherwise. Free fields are `custom.<name>`. */
export const mergeField = z.object({
  field: z.string(),
  remaining: z.unknown(),
  merged: z.unknown(),
  choice: mergeChoice,
});

/** What a merge would do. */
export const mergePreview = z.object({
  remaining: duplicateCard.extend({ rowVersion: z.int() }),
  merged: duplicateCard.extend({ rowVersion: z.int() }),
  /** Fields that differ. */
  fields: z.array(mergeField),
  /** Rows of the merged customer that go over, by table; empty tables are left out. */
  rows: z.array(z.object({ table: z.string(), count: z.int() })),
});

export const mergeInput = z.object({
  mergedId: z.int().positive(),
  rowVersion: z.int(),
  mergedRowVersion: z.int(),
  /** Fields that are kept otherwise than the preview proposes. */
  fields: z.record(z.string().max(120), mergeChoice).default({}),
});

export const mergeRow = z.object({
  customerMergeId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  mergedId: z.int(),
  mergedNo: z.string(),
  mergedName: z.string(),
  orders: z.int(),
  mergedBy: z.string().nullable(),
  mergedAt: z.iso.datetime(),
  undoUntil: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
});
export const mergeListQuery = pageQuery.extend({
  customerId: idOfText.optional(),
});
export const mergePage = pageOf(mergeRow);
export const mergeDone = z.object({ merge: mergeRow, customer: customerDetail });
export const mergeUndone = z.object({
  merge: mergeRow,
  /** Rows that went back. */
  rows: z.int(),
  /** Orders that came after the merge; they stay with the customer that remained. */
  ordersSince: z.int(),
});

export type MergeField = z.infer<typeof mergeField>;
export type MergePreview = z.infer<typeof mergePreview>;
export type MergeInput = z.infer<typeof mergeInput>;
export type MergeRow = z.infer<typeof mergeRow>;
export type MergeDone = z.infer<typeof mergeDone>;
export type MergeUndone = z.infer<typeof mergeUndone>;
