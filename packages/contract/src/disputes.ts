import { z } from 'zod';
import { smallId, text } from './input-parts.js';
import { ofSegments, pageOf, pageQuery } from './page.js';

export const disputeStatus = z.enum(['open', 'withdrawn', 'decided']);
/** Whose the customer is from now on; shared: it stays, and the claimant joins the customer's team. */
export const disputeDecision = z.enum(['claimant', 'respondent', 'shared']);

/** What one of the two has done with the customer. */
export const disputeSide = z.object({
  userId: z.int().nullable(),
  name: z.string().nullable(),
  interactions: z.int(),
  lastInteractionAt: z.iso.datetime().nullable(),
  /** Orders that came in while the customer was theirs. */
  orders: z.int(),
  ordersAmountMinor: z.int(),
  /** Days for which the customer was theirs, as far as that is known. */
  daysHeld: z.int(),
});
export const disputeEvent = z.object({
  at: z.iso.datetime(),
  kind: z.enum(['interaction', 'order', 'owner']),
  /** The claimant, the owner, or somebody else. */
  side: z.enum(['claimant', 'respondent', 'other']),
  text: z.string(),
  byName: z.string().nullable(),
  amountMinor: z.int().nullable(),
});
export const disputeEvidence = z.object({
  currency: z.string(),
  claimant: disputeSide,
  respondent: disputeSide,
  /** The newest 200, oldest first. */
  events: z.array(disputeEvent),
});
export const disputeRow = z.object({
  disputeId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  claimantId: z.int(),
  claimantName: z.string().nullable(),
  respondentId: z.int().nullable(),
  respondentName: z.string().nullable(),
  grounds: z.string(),
  status: disputeStatus,
  decision: disputeDecision.nullable(),
  decisionReason: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  rowVersion: z.int(),
  createdAt: z.iso.datetime(),
  canDecide: z.boolean(),
  canWithdraw: z.boolean(),
  canUndo: z.boolean(),
});
export const disputeDetail = disputeRow.extend({ evidence: disputeEvidence.nullable() });
export const disputePage = pageOf(disputeRow);
export const disputeQuery = pageQuery.extend({ ...ofSegments.shape, status: disputeStatus.optional() });
export const disputeInput = z.object({ customerId: z.int().positive(), grounds: text(4000) });
export const disputeDecisionInput = z.object({
  decision: disputeDecision,
  reason: text(4000),
  rowVersion: z.int(),
});

/** What somebody has that others need when he leaves. */
export const holdings = z.object({
  userId: z.int(),
  name: z.string(),
  disabled: z.boolean(),
  customers: z.int(),
  nextSteps: z.int(),
  savedViews: z.int(),
  customerTeams: z.int(),
  pools: z.int(),
  disputes: z.int(),
  keys: z.int(),
});
export const handoverInput = z.object({
  toUserId: smallId,
  reason: text(500),
  /** Also ends the account: sessions, keys, sign-in. */
  disable: z.boolean().default(true),
});
export const handoverResult = z.object({
  handed: holdings,
  transferId: z.int(),
  /** The job that moves the customers; null where there were few. */
  jobId: z.int().nullable(),
});

export type DisputeRow = z.infer<typeof disputeRow>;
export type DisputeQuery = z.infer<typeof disputeQuery>;
export type DisputeDetail = z.infer<typeof disputeDetail>;
export type DisputeEvidence = z.infer<typeof disputeEvidence>;
export type DisputeEvent = z.infer<typeof disputeEvent>;
export type DisputeSide = z.infer<typeof disputeSide>;
export type DisputeDecisionInput = z.infer<typeof disputeDecisionInput>;
export type Holdings = z.infer<typeof holdings>;
export type HandoverInput = z.infer<typeof handoverInput>;
