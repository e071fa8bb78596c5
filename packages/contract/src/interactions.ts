import { z } from 'zod';
import { smallId, storable, text } from './input-parts.js';
import { ownershipManner } from './ownership.js';
import { day, pageOf, pageQuery, several } from './page.js';

/** What people do with a customer. */
export const interactionKinds = ['visit', 'call', 'meeting', 'message', 'mail', 'note'] as const;
export const interactionKind = z.enum(interactionKinds);

/** Characters of a summary: ten pages. What is longer is a file. */
export const longestSummary = 20_000;

/** What a person may write of an interaction. */
export const interactionInput = z.object({
  kind: interactionKind,
  /** Now, when left out. */
  happenedAt: z.iso.datetime({ offset: true }).optional(),
  /** Up to 20,000 characters; a longer one is refused with a sentence of its own. */
  summary: z.string().trim().min(1).regex(storable),
  outcome: text(1000).nullish(),
  nextStep: text(500).nullish(),
  nextStepOn: day.nullish(),
  /** Contacts of the customer who took part. */
  contactIds: z.array(z.int().positive()).max(50).optional(),
  /** People of ours who took part. */
  userIds: z.array(smallId).max(50).optional(),
});
/** Only what is given changes. */
export const interactionPatch = interactionInput.partial().extend({ rowVersion: z.int() });

export const interactionRow = z.object({
  interactionId: z.int(),
  customerId: z.int(),
  kind: interactionKind,
  happenedAt: z.iso.datetime(),
  summary: z.string(),
  outcome: z.string().nullable(),
  nextStep: z.string().nullable(),
  nextStepOn: day.nullable(),
  contacts: z.array(z.object({ contactId: z.int(), name: z.string() })),
  users: z.array(z.object({ userId: z.int(), name: z.string() })),
  createdBy: z.int().nullable(),
  /** Null for somebody whom the reader may not see. */
  createdByName: z.string().nullable(),
  rowVersion: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export const timelineKinds = [...interactionKinds, 'order', 'contract', 'payment', 'owner', 'score'] as const;
export const timelineKind = z.enum(timelineKinds);

const moment = { at: z.iso.datetime() };

/** Something that happened to a customer. */
export const timelineEntry = z.discriminatedUnion('source', [
  z.object({ source: z.literal('interaction'), ...moment, interaction: interactionRow }),
  z.object({
    source: z.literal('order'),
    ...moment,
    order: z.object({
      orderId: z.int(),
      orderNo: z.string().nullable(),
      orderedOn: day,
      baseAmountMinor: z.int(),
      /** The organisation's base currency. */
      currency: z.string(),
      lineCount: z.int(),
    }),
  }),
  z.object({
    source: z.literal('contract'),
    ...moment,
    /** The day is that of the signature; where nobody said it, that on which it was written down. */
    contract: z.object({
      contractId: z.int(),
      contractNo: z.string(),
      title: z.string(),
      startsOn: day,
      endsOn: day.nullable(),
    }),
  }),
  z.object({
    source: z.literal('payment'),
    ...moment,
    payment: z.object({
      paymentId: z.int(),
      receivedOn: day,
      amountMinor: z.int(),
      currency: z.string(),
      method: z.string().nullable(),
    }),
  }),
  z.object({
    source: z.literal('owner'),
    ...moment,
    /** Names are null where nobody stood there, or somebody whom the reader may not see. */
    owner: z.object({
      ownershipPeriodId: z.int(),
      manner: ownershipManner,
      reason: z.string().nullable(),
      ownerBefore: z.string().nullable(),
      ownerAfter: z.string().nullable(),
      teamBefore: z.string().nullable(),
      teamAfter: z.string().nullable(),
      by: z.string().nullable(),
    }),
  }),
  z.object({
    source: z.literal('score'),
    ...moment,
    score: z.object({
      valuationRunId: z.int(),
      asOf: day,
      clv: z.number(),
      clvLow: z.number(),
      clvHigh: z.number(),
    }),
  }),
]);
export const timelinePage = pageOf(timelineEntry);
export const timelineQuery = pageQuery.extend({ kind: several(timelineKind) });

export type InteractionKind = z.infer<typeof interactionKind>;
export type InteractionInput = z.infer<typeof interactionInput>;
export type InteractionPatch = z.infer<typeof interactionPatch>;
export type InteractionRow = z.infer<typeof interactionRow>;
export type TimelineKind = z.infer<typeof timelineKind>;
export type TimelineEntry = z.infer<typeof timelineEntry>;
export type TimelineQuery = z.infer<typeof timelineQuery>;
