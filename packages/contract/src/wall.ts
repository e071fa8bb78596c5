import { z } from 'zod';
import { smallId, smallIdOfText, storable, text } from './input-parts.js';
import { customFieldKey, type CustomFieldKey } from './customer-fields.js';
import { role, scope } from './people.js';
import { day, several } from './page.js';
import { roles, type Permission } from './permissions.js';

const note = text(200);

/** Fields that a role may be kept from. Ways are phones, mails and WeChat; value is CLV and what follows from it. */
export const restrictedFields = ['ways', 'identifiers', 'amounts', 'margin', 'value', 'addresses'] as const;
export type RestrictedField = (typeof restrictedFields)[number];
/** What the wall may keep from a role: one of those, or a field of the company's own by its key. */
export type WallField = RestrictedField | CustomFieldKey;
/** Rules for so many fields of the company's own. */
const mostOwnFields = 500;
/** Masked: a part is left, where there is one to leave; numbers are left out. Hidden: nothing is left. */
export const fieldModes = ['masked', 'hidden'] as const;
export type FieldMode = (typeof fieldModes)[number];

/** What is nothing but figures of a field goes with it: whoever is kept from the field may not open it. */
export const permissionsOfField: Readonly<Record<RestrictedField, readonly Permission[]>> = {
  ways: ['contacts:reveal', 'contacts:reveal-others'],
  identifiers: [],
  amounts: ['orders:read', 'payments:read'],
  margin: [],
  value: ['overview:read', 'valuation:read', 'valuation:run'],
  addresses: [],
};

export const fieldRule = z.object({
  role,
  field: z.union([z.enum(restrictedFields), customFieldKey]),
  mode: z.enum(fieldModes),
});
export const dayLimit = z.object({
  role,
  /** Rows in exported files, a day; null without a limit. */
  exportedRows: z.int().min(0).max(1_000_000_000).nullable(),
  /** Customers and contacts shown in lists and on pages, a day. */
  viewedRows: z.int().min(0).max(1_000_000_000).nullable(),
});
export const wallRules = z.object({ fields: z.array(fieldRule), limits: z.array(dayLimit) });
/** Replaces all rules: what is not in it is not restricted. */
export const wallRulesInput = z.object({
  fields: z.array(fieldRule).max(roles.length * (restrictedFields.length + mostOwnFields)),
  limits: z.array(dayLimit).max(roles.length),
});

/** In which departments somebody is, and whose customers they see. */
export const placement = z.object({
  scope,
  /** The department that new customers join; null for nobody's. */
  teamId: smallId.nullable(),
  /** Further departments. */
  teamIds: z.array(smallId),
  /** The departments of the scope 'chosen'. */
  chosen: z.array(z.object({ teamId: smallId, withBelow: z.boolean() })),
  /** How many customers somebody sees so placed. */
  customers: z.int(),
});
export const placementInput = z.object({
  scope: scope.optional(),
  teamId: smallId.nullable().optional(),
  teamIds: z.array(smallId).max(100).optional(),
  chosen: z
    .array(z.object({ teamId: smallId, withBelow: z.boolean().default(true) }))
    .max(100)
    .optional(),
});

/** Somebody of the company, by name alone. */
export const colleague = z.object({
  userId: z.int(),
  name: z.string(),
  teamId: z.int().nullable(),
  teamName: z.string().nullable(),
});
export const colleagueList = z.object({ items: z.array(colleague) });
export const colleagueQuery = z.object({
  search: z.string().trim().max(100).regex(storable).optional(),
  /** These people and no others, also who has left: to name whoever stands in a record. */
  userId: several(smallIdOfText),
});

export const shareAccess = z.enum(['read', 'edit']);
export const shareInput = z.object({
  /** With whom. */
  colleagueId: smallId,
  access: shareAccess.default('read'),
  /** The last day; until it is taken back when left out. */
  untilOn: day.nullish(),
  reason: note.nullish(),
});
export const share = z.object({
  shareId: z.int(),
  customerId: z.int(),
  userId: z.int(),
  userName: z.string(),
  access: shareAccess,
  untilOn: day.nullable(),
  /** The last day has passed. */
  isOver: z.boolean(),
  reason: z.string().nullable(),
  createdBy: z.int().nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

/** Why somebody sees a customer. */
export const sightReasons = ['owner', 'team', 'member', 'share', 'deputy', 'all'] as const;
export const viewerOfCustomer = z.object({
  userId: z.int(),
  name: z.string(),
  reason: z.enum(sightReasons),
  /** The department, the colleague stood in for. */
  by: z.string().nullable(),
  canEdit: z.boolean(),
});
export const customerAccess = z.object({
  /** May this reader share the customer. */
  mayShare: z.boolean(),
  shares: z.array(share),
  viewers: z.array(viewerOfCustomer),
});

export const deputyInput = z.object({
  colleagueId: smallId,
  fromOn: day,
  toOn: day,
  note: note.nullish(),
});
export const deputy = z.object({
  deputyId: z.int(),
  userId: z.int(),
  userName: z.string(),
  colleagueId: z.int(),
  colleagueName: z.string(),
  fromOn: day,
  toOn: day,
  note: z.string().nullable(),
  state: z.enum(['coming', 'now', 'over']),
});
export const deputyList = z.object({ items: z.array(deputy) });

export type FieldRule = z.infer<typeof fieldRule>;
export type DayLimit = z.infer<typeof dayLimit>;
export type WallRules = z.infer<typeof wallRules>;
export type Placement = z.infer<typeof placement>;
export type PlacementInput = z.infer<typeof placementInput>;
export type Colleague = z.infer<typeof colleague>;
export type ShareInput = z.infer<typeof shareInput>;
export type Share = z.infer<typeof share>;
export type SightReason = (typeof sightReasons)[number];
export type ShareAccess = z.infer<typeof shareAccess>;
export type ViewerOfCustomer = z.infer<typeof viewerOfCustomer>;
export type CustomerAccess = z.infer<typeof customerAccess>;
export type DeputyInput = z.infer<typeof deputyInput>;
export type Deputy = z.infer<typeof deputy>;
