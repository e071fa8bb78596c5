import { z } from 'zod';
import { storable, text } from './input-parts.js';
import { day, ofSegments, pageOf, pageQuery, several } from './page.js';

/** What somebody at a customer has to do with a decision to buy. */
export const decisionRoles = ['decider', 'influencer', 'user', 'gatekeeper', 'sponsor', 'opponent'] as const;
export const decisionRole = z.enum(decisionRoles);

/** People kept of one customer; a list of more is an address book of somebody else. */
export const mostContacts = 500;

const freeField = z.union([z.string().max(4000).regex(storable), z.number(), z.boolean(), z.null()]);

/** What a person may write of a contact. */
export const contactInput = z.object({
  name: text(200),
  title: text(200).nullish(),
  department: text(200).nullish(),
  phones: z.array(text(100)).max(10).optional(),
  mails: z.array(text(254)).max(10).optional(),
  wechat: text(100).nullish(),
  decisionRole: decisionRole.nullish(),
  /** 1 little, 5 decisive. */
  influence: z.int().min(1).max(5).nullish(),
  /** -2 works against us, 0 neutral, 2 speaks for us. */
  attitude: z.int().min(-2).max(2).nullish(),
  /** Another contact of the same customer. */
  reportsToId: z.int().positive().nullish(),
  /** A customer has one at most; naming another takes it from the one before. */
  isPrimary: z.boolean().optional(),
  /** The day since which the person is no longer there. */
  leftOn: day.nullish(),
  birthday: day.nullish(),
  notes: text(4000).nullish(),
  custom: z
    .record(z.string().min(1).max(100).regex(storable), freeField)
    .refine((fields) => Object.keys(fields).length <= 200)
    .optional(),
});
/** Only what is given changes; `phones`, `mails` and `custom` are replaced whole. */
export const contactPatch = contactInput.partial().extend({ rowVersion: z.int() });

/** Phones, mails and WeChat are masked here (138****5678); `POST /contacts/:id/reveal` gives them in full. */
export const contactRow = z.object({
  contactId: z.int(),
  customerId: z.int(),
  customerName: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  phones: z.array(z.string()),
  mails: z.array(z.string()),
  wechat: z.string().nullable(),
  decisionRole: decisionRole.nullable(),
  influence: z.int().nullable(),
  attitude: z.int().nullable(),
  reportsToId: z.int().nullable(),
  reportsToName: z.string().nullable(),
  isPrimary: z.boolean(),
  leftOn: day.nullable(),
  birthday: day.nullable(),
  notes: z.string().nullable(),
  custom: z.record(z.string(), z.unknown()),
  /** Whether this reader may have phones, mails and WeChat in full. */
  mayReveal: z.boolean(),
  rowVersion: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export const contactPage = pageOf(contactRow);

/** The ways to reach somebody, in full. */
export const contactWays = z.object({
  phones: z.array(z.string()),
  mails: z.array(z.string()),
  wechat: z.string().nullable(),
});

export const contactListQuery = pageQuery.extend({
  /** Part of a name (Chinese, pinyin, initials), a whole phone number, its last four digits, or a whole mail address. */
  q: z.string().trim().max(200).regex(storable).optional(),
  decisionRole: several(decisionRole),
  ...ofSegments.shape,
});

export type DecisionRole = z.infer<typeof decisionRole>;
export type ContactInput = z.infer<typeof contactInput>;
export type ContactPatch = z.infer<typeof contactPatch>;
export type ContactRow = z.infer<typeof contactRow>;
export type ContactWays = z.infer<typeof contactWays>;
export type ContactListQuery = z.infer<typeof contactListQuery>;
