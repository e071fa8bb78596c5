import { z } from 'zod';
import { day, pageOf, pageQuery } from './page.js';

/**
 * Sums over customers. They count what the reader sees and nothing else: a customer behind a wall, and whatever stands below
 * it, is in no figure.
 */
export const groupTotals = z.object({
  customers: z.int(),
  /** How many of them the last published run has valued. */
  valued: z.int(),
  /** Major units of the base currency; null where none is valued. */
  clv: z.number().nullable(),
  /** Orders of all time; returns are none. */
  orders: z.int(),
  /** Minor units of the base currency, returns netted. */
  spendMinor: z.int(),
  /** The same of the twelve months until today. */
  spendYearMinor: z.int(),
  lastOrderOn: day.nullable(),
});

export const groupMembership = z.object({
  parentCustomerId: z.int(),
  /** Null for a parent that the reader may not see. */
  parentName: z.string().nullable(),
  fromOn: day,
  /** The first day on which it no longer held; null while it does. */
  untilOn: day.nullable(),
});

/** Where a customer stands in its group. */
export const customerGroup = z.object({
  /** From the top of what the reader sees down to the customer, which is the last. */
  path: z.array(z.object({ customerId: z.int(), name: z.string() })),
  /** Somebody stands above the path whom the reader may not see. */
  isHiddenAbove: z.boolean(),
  /** The organisation's base currency, in which the sums are. */
  currency: z.string(),
  parentCustomerId: z.int().nullable(),
  /** The customer and all below it. */
  totals: groupTotals,
  /** All from the top of the path; null where the customer is the top. */
  groupTotals: groupTotals.nullable(),
  /** The newest first, the last twenty. */
  memberships: z.array(groupMembership),
});

export const groupMember = z.object({
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  ownerName: z.string().nullable(),
  clv: z.number().nullable(),
  orders: z.int().nullable(),
  lastOrderOn: day.nullable(),
  /** How many stand directly below it, of those that the reader sees. */
  subsidiaries: z.int(),
  /** Since when it stands here; null where nobody knows. */
  sinceOn: day.nullable(),
});
export const groupMemberPage = pageOf(groupMember);
export const groupMembersQuery = pageQuery;

/** A part of the picture of a group: the most valuable customers below one, and how much there is besides. */
export const groupPicture = z.object({
  nodes: z.array(
    z.object({
      customerId: z.int(),
      parentCustomerId: z.int().nullable(),
      name: z.string(),
      clv: z.number(),
    }),
  ),
  rest: z.object({ customers: z.int(), clv: z.number() }),
});

/** Puts a customer under another parent, or under none. */
export const groupMove = z.object({
  parentCustomerId: z.int().positive().nullable(),
  /** The parent that the mover saw: where it is another by now, the move is refused. */
  fromParentCustomerId: z.int().positive().nullable(),
  /** Since when it holds; today when left out, never later. */
  effectiveOn: day.optional(),
});

export type GroupTotals = z.infer<typeof groupTotals>;
export type GroupMembership = z.infer<typeof groupMembership>;
export type CustomerGroup = z.infer<typeof customerGroup>;
export type GroupMember = z.infer<typeof groupMember>;
export type GroupPicture = z.infer<typeof groupPicture>;
export type GroupMove = z.infer<typeof groupMove>;
