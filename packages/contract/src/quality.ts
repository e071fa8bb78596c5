import { z } from 'zod';
import { smallIdOfText, text } from './input-parts.js';
import { day, pageQuery } from './page.js';

/** What makes a record complete; each weighs some of the whole. */
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
const qualityField = z.enum(qualityFields);
export type QualityField = z.infer<typeof qualityField>;

/** The organisation's rules for what a good record of a customer is. */
export const qualityPolicy = z.object({
  /** Two customers with one credit code: refused, or shown among the duplicates. */
  sameCreditCode: z.enum(['refuse', 'flag']),
  /** Days after the last sign of life from which a record counts as stale. */
  staleDays: z.int().min(1).max(3650),
  weights: z.partialRecord(qualityField, z.int().min(0).max(100)),
  rowVersion: z.int(),
});

/** A field by its name, a free one as `custom.<name>`, or one of the company's own as `cf12`. */
const ruleField = text(120).regex(
  /^(?:name|shortName|legalName|creditCode|registryNo|region|industry|ownerId|parentCustomerId|custom\..+|cf[1-9]\d{0,8})$/u,
);

/** What a customer must fulfil when it is written. */
export const validationRuleInput = z
  .object({
    field: ruleField,
    kind: z.enum(['required', 'pattern']),
    /** # a digit, @ a letter, ? any one sign, * any number of them; every other sign stands for itself. */
    pattern: text(100).nullish(),
    /** The rule holds where this field has one of these values; for all customers without it. */
    whenField: ruleField.nullish(),
    whenValues: z.array(text(200)).max(50).default([]),
    /** What the writer is told, in place of the usual sentence. */
    message: text(300).nullish(),
    isActive: z.boolean().default(true),
  })
  .refine((rule) => (rule.kind === 'pattern') === Boolean(rule.pattern), { path: ['pattern'] })
  .refine((rule) => !rule.whenField || rule.whenValues.length > 0, { path: ['whenValues'] });

/** The rule as it is to be, from its version that the writer saw. */
export const validationRuleChange = validationRuleInput.safeExtend({ rowVersion: z.int() });

export const validationRule = z.object({
  validationRuleId: z.int(),
  field: z.string(),
  kind: z.enum(['required', 'pattern']),
  pattern: z.string().nullable(),
  whenField: z.string().nullable(),
  whenValues: z.array(z.string()),
  message: z.string().nullable(),
  isActive: z.boolean(),
  rowVersion: z.int(),
});
export const validationRuleList = z.object({ items: z.array(validationRule) });

/** How good a record is: 0 to 100. */
export const customerQuality = z.object({
  /** Share of the weights of what is filled in. */
  completeness: z.int(),
  /** 100 for a month after the last sign of life, then down to 0 at twice the days at which a record is stale. */
  freshness: z.int(),
  isStale: z.boolean(),
  /** The last day on which somebody edited, met or served the customer. */
  touchedOn: day,
  missing: z.array(qualityField),
});

/** The records of one owner, or of nobody. */
export const qualityOfOwner = z.object({
  ownerId: z.int().nullable(),
  ownerName: z.string().nullable(),
  customers: z.int(),
  completeness: z.number(),
  freshness: z.number(),
  stale: z.int(),
});
export const qualityOverview = z.object({
  /** Null before the first measurement. */
  measuredOn: day.nullable(),
  total: qualityOfOwner.omit({ ownerId: true, ownerName: true }).nullable(),
  owners: z.array(qualityOfOwner),
});

export const worstQuery = pageQuery.pick({ limit: true }).extend({
  ownerId: smallIdOfText.optional(),
  by: z.enum(['freshness', 'completeness']).default('freshness'),
});
export const worstRecords = z.object({
  items: z.array(
    customerQuality.omit({ isStale: true }).extend({
      customerId: z.int(),
      customerNo: z.string(),
      name: z.string(),
      ownerName: z.string().nullable(),
    }),
  ),
});

export type QualityPolicy = z.infer<typeof qualityPolicy>;
export type ValidationRule = z.infer<typeof validationRule>;
export type ValidationRuleInput = z.infer<typeof validationRuleInput>;
export type ValidationRuleChange = z.infer<typeof validationRuleChange>;
export type CustomerQuality = z.infer<typeof customerQuality>;
export type QualityOverview = z.infer<typeof qualityOverview>;
export type WorstQuery = z.infer<typeof worstQuery>;
export type WorstRecords = z.infer<typeof worstRecords>;
