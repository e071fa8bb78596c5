import { z } from 'zod';
import { idOfText, smallId, smallIdOfText, text } from './input-parts.js';
import { shareAccess } from './wall.js';
import { bulkChange } from './customer-fields.js';
import { customerFilter } from './customers.js';
import { pageOf, pageQuery } from './page.js';

/** How a customer came to whoever has it. */
export const ownershipManners = [
  'start',
  'edit',
  'transfer',
  'claim',
  'release',
  'recycle',
  'dispute',
  'handover',
  'undo',
] as const;
export const ownershipManner = z.enum(ownershipManners);

const customerId = z.int().positive();

/** Up to so many customers change hands before the answer is given; more are a job. */
export const mostAtOnce = 200;
/** Days after which a transfer stands. */
export const undoDays = 30;

/** One stretch of a customer's history: who had it, from when until when, and why it came to them. */
export const ownershipPeriod = z.object({
  ownershipPeriodId: z.int(),
  /** Null: nobody's, in the pool of the team. */
  holderId: z.int().nullable(),
  /** Names are null for people whom the reader may not see. */
  holderName: z.string().nullable(),
  holderTeamName: z.string().nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  manner: ownershipManner,
  reason: z.string().nullable(),
  byName: z.string().nullable(),
});
export const ownershipHistory = z.object({ items: z.array(ownershipPeriod) });

/** Which customers: some by id, or all that a filter of the register finds but some. */
export const customerSelection = z.union([
  z.object({ customerIds: z.array(customerId).min(1).max(10_000) }),
  z.object({ filter: customerFilter, except: z.array(customerId).max(10_000).default([]) }),
]);

export const bulkEditInput = z.object({ customers: customerSelection, change: bulkChange });

export const transferInput = z.object({
  customers: customerSelection,
  /** Null: nobody's, that is into the pool of the team. */
  toOwnerId: smallId.nullable(),
  /** The new owner's team, when left out. */
  toTeamId: smallId.nullish(),
  reason: text(500),
});
export const transferStatus = z.enum([
  'queued',
  'running',
  'done',
  'cancelled',
  'failed',
  'undoing',
  'undone',
]);
export const transferRow = z.object({
  transferId: z.int(),
  manner: z.enum(['transfer', 'release', 'handover']),
  reason: z.string(),
  toOwnerName: z.string().nullable(),
  toTeamName: z.string().nullable(),
  status: transferStatus,
  /** How many are to change hands; null until they are counted. */
  wanted: z.int().nullable(),
  moved: z.int(),
  /** Asked for, but with the new owner before. */
  alreadyThere: z.int(),
  /** Asked for, but not this reader's to give; whether such a customer exists is not told. */
  notToGive: z.int(),
  /** The job to watch, where there is one. */
  jobId: z.int().nullable(),
  undoJobId: z.int().nullable(),
  canUndo: z.boolean(),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export const transferPage = pageOf(transferRow);
export const transferQuery = pageQuery;

export const memberRoles = ['lead', 'support', 'service'] as const;
export const memberRole = z.enum(memberRoles);

/** Somebody who works on a customer beside its owner. */
export const customerMember = z.object({
  userId: z.int(),
  /** Null for somebody whom the reader may not see. */
  name: z.string().nullable(),
  teamName: z.string().nullable(),
  role: memberRole,
  /** Whoever is on the team sees the customer; with `edit` they change it too. */
  access: shareAccess,
  note: z.string().nullable(),
  rowVersion: z.int(),
  createdAt: z.iso.datetime(),
});
export const customerTeam = z.object({
  items: z.array(customerMember),
  /** May this reader say who is on the team: the customer is theirs, and not opened to them by somebody. */
  mayChange: z.boolean(),
});
export const customerMemberInput = z.object({
  role: memberRole,
  /** As it is when left out; of somebody new `edit`. */
  access: shareAccess.optional(),
  note: text(200).nullish(),
  /** The version that the writer saw; left out for somebody new. */
  rowVersion: z.int().optional(),
});
export const customerMemberParams = z.object({
  id: idOfText,
  userId: smallIdOfText,
});

export type OwnershipManner = z.infer<typeof ownershipManner>;
export type OwnershipPeriod = z.infer<typeof ownershipPeriod>;
export type CustomerSelection = z.infer<typeof customerSelection>;
export type TransferInput = z.infer<typeof transferInput>;
export type TransferRow = z.infer<typeof transferRow>;
export type MemberRole = z.infer<typeof memberRole>;
export type CustomerMember = z.infer<typeof customerMember>;
export type CustomerTeam = z.infer<typeof customerTeam>;
export type CustomerMemberInput = z.infer<typeof customerMemberInput>;
