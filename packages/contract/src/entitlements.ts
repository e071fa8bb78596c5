import { z } from 'zod';
import { storable, text } from './input-parts.js';
import { day, ofSegments } from './page.js';

export const entitlementKinds = [
  'manager',
  'meeting',
  'response',
  'solution',
  'delivery',
  'discount',
  'payment-terms',
  'credit-limit',
  'training',
  'event',
  'other',
] as const;
/** Promised as a limit (hours, percent, days, customers a manager, an amount of the base currency), not as so many a year: it is not used up. */
export const limitKinds: readonly EntitlementKind[] = [
  'manager',
  'response',
  'solution',
  'delivery',
  'discount',
  'payment-terms',
  'credit-limit',
];

export const entitlementInput = z.object({
  kind: z.enum(entitlementKinds),
  name: text(100),
  /** Of one unit; for a limit, of one customer and year. Minor units of the base currency. */
  unitCostMinor: z.int().min(0).max(1e13).default(0),
  /** Hours of our people for one unit; for a limit, a customer and year. */
  unitHours: z.number().min(0).max(1e5).default(0),
  /** Of each tier that has it: units a customer and year, or the limit. */
  promises: z
    .array(z.object({ tierId: z.int().positive(), quantity: z.number().min(0).max(1e8) }))
    .max(200)
    .default([]),
});
export const entitlementPatch = entitlementInput.partial().extend({ rowVersion: z.int() });
export const entitlement = entitlementInput.extend({
  entitlementId: z.int(),
  rowVersion: z.int(),
  /** Units promised to the customers of today's tiers, those used in the last twelve months, and promises broken. */
  promised: z.number(),
  used: z.number(),
  breached: z.int(),
  costMinor: z.number(),
  hours: z.number(),
});
export const entitlementList = z.object({ items: z.array(entitlement), tierSetId: z.int().nullable() });

export const entitlementUseInput = z.object({
  entitlementId: z.int().positive(),
  /** Today when left out. */
  usedOn: day.optional(),
  quantity: z.number().positive().max(1e8).default(1),
  isBreach: z.boolean().default(false),
  note: z.string().trim().max(2000).regex(storable).optional(),
});
/** What a customer is promised by its tier, and what of it was used in the last twelve months. */
export const customerEntitlements = z.object({
  items: z.array(
    z.object({
      entitlementId: z.int(),
      kind: z.enum(entitlementKinds),
      name: z.string(),
      quantity: z.number(),
      used: z.number(),
      breached: z.int(),
      lastUsedOn: day.nullable(),
      /** When the next meeting is due; null for what has no rhythm. */
      nextOn: day.nullable(),
      /** Of a limit of credit: what is open in the base currency; null for all else. */
      exposureMinor: z.number().nullable(),
    }),
  ),
});

/** What was written down of a customer in the last twelve months, the latest first. */
export const entitlementUses = z.object({
  items: z.array(
    z.object({
      entitlementUseId: z.int(),
      entitlementId: z.int(),
      name: z.string(),
      usedOn: day,
      quantity: z.number(),
      isBreach: z.boolean(),
      note: z.string().nullable(),
      createdByName: z.string().nullable(),
    }),
  ),
});

const hoursAYear = z.coerce.number().min(1).max(8760);
export const capacityQuery = ofSegments.extend({
  /** Hours a year that a manager has for customers who has none of their own. */
  hours: hoursAYear.default(1600),
});
/** Somebody's own hours; null for those that everybody has. */
export const capacityInput = z.object({
  hours: hoursAYear.nullable(),
  /** As read; 0 where there were none of their own. */
  rowVersion: z.int(),
});
/** Promised hours against hours there are, by the owner of the customers. */
export const capacity = z.object({
  hoursEach: z.number(),
  items: z.array(
    z.object({
      ownerId: z.int().nullable(),
      ownerName: z.string().nullable(),
      customers: z.int(),
      promisedHours: z.number(),
      /** Hours a year of their own; null where they are those of everybody. */
      ownHours: z.number().nullable(),
      rowVersion: z.int(),
      /** How much of one manager the limits of the tiers take, each customer its part; null where no tier has one. */
      managerShare: z.number().nullable(),
    }),
  ),
});

export type EntitlementKind = (typeof entitlementKinds)[number];
export type Entitlement = z.infer<typeof entitlement>;
export type EntitlementInput = z.infer<typeof entitlementInput>;
export type EntitlementPatch = z.infer<typeof entitlementPatch>;
export type EntitlementList = z.infer<typeof entitlementList>;
export type EntitlementUseInput = z.infer<typeof entitlementUseInput>;
export type CustomerEntitlements = z.infer<typeof customerEntitlements>;
export type Capacity = z.infer<typeof capacity>;
export type EntitlementUses = z.infer<typeof entitlementUses>;
export type CapacityInput = z.infer<typeof capacityInput>;
