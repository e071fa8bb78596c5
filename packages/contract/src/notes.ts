import { z } from 'zod';
import { text } from './input-parts.js';
import { day, pageOf, pageQuery, several } from './page.js';

/**
 * What a customer needs, how to grow there, who else sells there, and whom the customer sells to on our behalf. Four kinds of
 * short notes that are kept alike.
 */
export const noteKinds = ['need', 'plan', 'competitor', 'channel'] as const;
export const noteKind = z.enum(noteKinds);

/** What can be said of each kind in a word; the first is meant where nothing is said. */
export const noteStatuses = {
  need: ['open', 'met', 'dropped'],
  plan: ['planned', 'underway', 'won', 'dropped'],
  competitor: ['present', 'gone'],
  channel: ['active', 'former'],
} as const satisfies Record<(typeof noteKinds)[number], readonly string[]>;
export const noteStatus = z.enum([
  'open',
  'met',
  'dropped',
  'planned',
  'underway',
  'won',
  'present',
  'gone',
  'active',
  'former',
]);

export const noteInput = z.object({
  kind: noteKind,
  /** A need in one line, the goal of a plan, the name of a competitor, the name of an indirect customer. */
  title: text(400),
  detail: text(4000).nullish(),
  status: noteStatus.optional(),
  /** When a need was said, by when a plan is done, when a share was last known, since when somebody is supplied; today when left out. */
  notedOn: day.optional(),
  /** A contact of the customer who said it, or who is meant. */
  contactId: z.int().positive().nullish(),
  /** Who said it, where it is no contact. */
  saidBy: text(200).nullish(),
  /** Of the customer's purchases, of a competitor or of an indirect customer. */
  sharePercent: z.int().min(0).max(100).nullish(),
  /** What a plan would bring, minor units of the base currency. */
  amountMinor: z.int().min(0).max(1_000_000_000_000_000).nullish(),
  /** An indirect customer that is in the register itself. */
  otherCustomerId: z.int().positive().nullish(),
});
export const notePatch = noteInput.omit({ kind: true }).partial().extend({ rowVersion: z.int() });

export const noteRow = z.object({
  noteId: z.int(),
  customerId: z.int(),
  kind: noteKind,
  title: z.string(),
  detail: z.string().nullable(),
  status: noteStatus,
  notedOn: day,
  contactId: z.int().nullable(),
  contactName: z.string().nullable(),
  saidBy: z.string().nullable(),
  sharePercent: z.int().nullable(),
  amountMinor: z.int().nullable(),
  otherCustomerId: z.int().nullable(),
  /** Null for a customer that the reader may not see. */
  otherCustomerName: z.string().nullable(),
  createdByName: z.string().nullable(),
  rowVersion: z.int(),
  updatedAt: z.iso.datetime(),
});
export const notePage = pageOf(noteRow);
export const noteQuery = pageQuery.extend({ kind: several(noteKind) });

export type NoteKind = z.infer<typeof noteKind>;
export type NoteStatus = z.infer<typeof noteStatus>;
export type NoteInput = z.infer<typeof noteInput>;
export type NotePatch = z.infer<typeof notePatch>;
export type NoteRow = z.infer<typeof noteRow>;
export type NoteQuery = z.infer<typeof noteQuery>;

/** What the orders of a customer say about it, each with how many orders it rests on. */
export const preferenceProfile = z.object({
  /** Orders of the two years until today. */
  orders: z.int(),
  /** Which products it takes most, by share of amount. */
  products: z.array(
    z.object({
      productId: z.int(),
      name: z.string(),
      share: z.number(),
      orders: z.int(),
    }),
  ),
  /** Days between orders in the middle, and how regular they are; null with fewer than four order days. */
  rhythm: z
    .object({
      medianDays: z.number(),
      /** Days of the week, Monday first: share of order days. */
      weekdays: z.array(z.number()),
      gaps: z.int(),
    })
    .nullable(),
  /**
   * How the quantity of a product moves with its price: the elasticity over all products that were bought at several prices,
   * a line through logarithms less the mean of each product; null below ten such lines or where prices hardly move.
   */
  price: z
    .object({
      elasticity: z.number(),
      /** Standard error of the elasticity. */
      error: z.number(),
      lines: z.int(),
      products: z.int(),
    })
    .nullable(),
});
export type PreferenceProfile = z.infer<typeof preferenceProfile>;
