import { z } from 'zod';
import { text } from './input-parts.js';
import { customerRow, rfmSegment } from './customers.js';
import { day } from './page.js';

/**
 * What a segment may ask of a customer: columns of the register, and what is kept beside it. `custom:<name>` is a free field,
 * `field:<id>` one that the administrator has defined.
 */
export const segmentFieldKinds = {
  region: 'word',
  industry: 'word',
  ownerId: 'id',
  teamId: 'id',
  tierId: 'id',
  stage: 'choice',
  rfmSegment: 'choice',
  rfm: 'rfm',
  clv: 'money',
  pAlive: 'share',
  expectedOrders: 'number',
  orders: 'number',
  monetaryValue: 'money',
  spend: 'money',
  lastOrderOn: 'day',
  nextOrderOn: 'day',
  tag: 'word',
  size: 'choice',
  source: 'word',
  lastContactOn: 'day',
  attitude: 'number',
} as const;
export type SegmentFieldName = keyof typeof segmentFieldKinds;
export type SegmentFieldKind = (typeof segmentFieldKinds)[SegmentFieldName];
/** Where free and defined fields begin. */
export const customFieldPrefix = 'custom:';
export const definedFieldPrefix = 'field:';

/**
 * Tests. Words: in, not-in, contains. Numbers and days: between. Days, counted back from the day the figures are true for:
 * within the last so many, beyond them, ahead. All: empty, set.
 */
export const segmentTests = [
  'in',
  'not-in',
  'contains',
  'between',
  'within',
  'beyond',
  'ahead',
  'empty',
  'set',
] as const;
export const segmentTest = z.enum(segmentTests);

/** From where on a customer counts as recent, frequent and big. Amounts are of an average order, major units of the base currency. */
export const rfmCuts = z.object({
  recencyDays: z.number().min(0).max(36_500),
  orders: z.number().min(0).max(1e9),
  amount: z.number().min(0).max(1e15),
});

const figure = z.number().min(-1e15).max(1e15).optional();
export const segmentCondition = z.object({
  field: text(120),
  is: segmentTest,
  /** Words, numbers of owners, teams and tiers, groups of RFM. */
  values: z
    .array(z.union([text(200), z.number()]))
    .max(200)
    .optional(),
  min: figure,
  max: figure,
  from: day.optional(),
  to: day.optional(),
  days: z.int().min(0).max(36_500).optional(),
  cuts: rfmCuts.optional(),
});

const groupOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    /** Whether all of its items must hold, or any of them. */
    match: z.enum(['all', 'any']).default('all'),
    /** Whoever does not fit instead. */
    not: z.boolean().default(false),
    items: z.array(item).max(20),
  });
/** Conditions, groups of them, and groups of these groups. */
export const segmentRule = groupOf(
  z.union([segmentCondition, groupOf(z.union([segmentCondition, groupOf(segmentCondition)]))]),
);

/** Dynamic: whoever fits now. Static: whoever fitted on a day. */
export const segmentKind = z.enum(['dynamic', 'static']);

export const segment = z.object({
  segmentId: z.int(),
  name: z.string(),
  note: z.string().nullable(),
  kind: segmentKind,
  /** Null for a cluster. */
  rule: segmentRule.nullable(),
  /** The day on which the members of a static one were kept. */
  frozenOn: day.nullable(),
  clusterRunId: z.int().nullable(),
  isShared: z.boolean(),
  isMine: z.boolean(),
  /** False where it asks for what is kept from the reader: it cannot be used then. */
  isUsable: z.boolean(),
  createdByName: z.string().nullable(),
  rowVersion: z.int(),
  updatedAt: z.iso.datetime(),
});
export const segmentList = z.object({ items: z.array(segment) });
export const segmentInput = z.object({
  name: text(100),
  note: text(1000).nullish(),
  kind: segmentKind.default('dynamic'),
  rule: segmentRule,
  isShared: z.boolean().default(false),
});
/** Who a rule is about never changes for a static one: its members were kept. */
export const segmentPatch = z.object({
  name: text(100).optional(),
  note: text(1000).nullish(),
  rule: segmentRule.optional(),
  isShared: z.boolean().optional(),
  rowVersion: z.int(),
});
export const segmentFreezeInput = z.object({ name: text(100) });

/** Of the customers whom the reader sees. Money is in major units of the base currency; null where it is kept from the reader. */
export const segmentCount = z.object({
  customers: z.int(),
  clv: z.number().nullable(),
  allCustomers: z.int(),
  allClv: z.number().nullable(),
  currency: z.string(),
});
export const segmentPreviewInput = z.object({
  rule: segmentRule,
  /** Members shown, the most valuable first. */
  sample: z.int().min(0).max(50).default(10),
});
export const segmentPreview = segmentCount.extend({
  items: z.array(
    customerRow.pick({
      customerId: true,
      customerNo: true,
      name: true,
      ownerName: true,
      region: true,
      clv: true,
      pAlive: true,
      orders: true,
      lastOrderOn: true,
      stage: true,
    }),
  ),
});

/** What a builder offers: fields that the reader may ask for, and names of free and defined fields with tags in use. */
export const segmentFieldList = z.object({
  items: z.array(z.object({ field: z.string(), name: z.string().nullable(), kind: z.string() })),
  tags: z.array(z.string()),
  sources: z.array(z.string()),
});

export const segmentTemplateGroups = ['value', 'region', 'behaviour', 'attitude'] as const;
export const segmentTemplate = z.object({
  templateId: z.string(),
  group: z.enum(segmentTemplateGroups),
  name: z.string(),
  note: z.string(),
  rule: segmentRule,
});
export const segmentTemplateList = z.object({ items: z.array(segmentTemplate) });

/** The eight groups by cuts of one's own; the middles of today where no cuts are given. */
export const rfmGridInput = z.object({ cuts: rfmCuts.optional() });
export const rfmGrid = z.object({
  cuts: rfmCuts,
  groups: z.array(z.object({ group: rfmSegment, customers: z.int(), clv: z.number().nullable() })),
  currency: z.string(),
});

/** What customers are clustered by; keys of the indicators of grading. */
export const clusterFeatures = [
  'recencyDays',
  'orders12m',
  'spend12m',
  'averageOrder',
  'margin12m',
  'productBreadth',
  'tenure',
  'pAlive',
  'spendTrend',
] as const;
export const clusterFeature = z.enum(clusterFeatures);
export const clusterInput = z.object({
  features: z.array(clusterFeature).min(2).max(9),
  /** The number with the largest silhouette when left out. */
  clusters: z.int().min(2).max(12).optional(),
});
export const clusterLevel = z.enum(['lowest', 'low', 'middle', 'high', 'highest']);
export const clusterPortrait = z.object({
  segmentId: z.int(),
  name: z.string(),
  /** In the reader's language: what sets it apart, and its share of customers and value. */
  portrait: z.string(),
  customers: z.int(),
  share: z.number(),
  clv: z.number().nullable(),
  clvShare: z.number().nullable(),
  /** In the order of the run's features: the mean, and how many standard deviations of all customers it lies from theirs. */
  features: z.array(z.object({ mean: z.number().nullable(), deviation: z.number() })),
});
export const clusterRun = z.object({
  clusterRunId: z.int(),
  status: z.enum(['waiting', 'done', 'failed', 'cancelled']),
  features: z.array(z.object({ feature: clusterFeature, name: z.string(), unit: z.string() })),
  asked: z.int().nullable(),
  /** Silhouettes of the numbers that were looked at, from 2 on. */
  silhouettes: z.array(z.object({ clusters: z.int(), silhouette: z.number() })),
  asOf: day.nullable(),
  customers: z.int().nullable(),
  portraits: z.array(clusterPortrait),
  jobId: z.int().nullable(),
  error: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  currency: z.string(),
});
export const clusterRunList = z.object({ items: z.array(clusterRun) });

export type RfmCuts = z.infer<typeof rfmCuts>;
export type SegmentTest = z.infer<typeof segmentTest>;
export type SegmentCondition = z.infer<typeof segmentCondition>;
/** A rule, or a group within it. */
export interface SegmentGroup {
  match: 'all' | 'any';
  not: boolean;
  items: (SegmentCondition | SegmentGroup)[];
}
export type SegmentRule = z.infer<typeof segmentRule>;
export type Segment = z.infer<typeof segment>;
export type SegmentInput = z.infer<typeof segmentInput>;
export type SegmentPatch = z.infer<typeof segmentPatch>;
export type SegmentCount = z.infer<typeof segmentCount>;
export type SegmentPreviewInput = z.infer<typeof segmentPreviewInput>;
export type SegmentPreview = z.infer<typeof segmentPreview>;
export type SegmentFieldList = z.infer<typeof segmentFieldList>;
export type SegmentTemplate = z.infer<typeof segmentTemplate>;
export type RfmGrid = z.infer<typeof rfmGrid>;
export type ClusterFeature = z.infer<typeof clusterFeature>;
export type ClusterInput = z.infer<typeof clusterInput>;
export type ClusterPortrait = z.infer<typeof clusterPortrait>;
export type ClusterRun = z.infer<typeof clusterRun>;
