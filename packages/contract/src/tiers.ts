import { z } from 'zod';
import { storable, text } from './input-parts.js';
import { day, ofSegments, pageOf, pageQuery } from './page.js';

export const tierBadges = ['crown', 'diamond', 'star', 'medal', 'shield', 'circle'] as const;
export const tierBadge = z.enum(tierBadges);

export const tier = z.object({
  tierId: z.int(),
  /** 1 is the highest. */
  rank: z.int(),
  name: z.string(),
  badge: tierBadge,
});
export const tierSet = z.object({
  tierSetId: z.int(),
  name: z.string(),
  rowVersion: z.int(),
  tiers: z.array(tier),
  /** A policy of this set has been published: its tiers can be renamed, not added or taken away. */
  isUsed: z.boolean(),
});
export const tierSetInput = z.object({
  name: text(100),
  /** From the highest down. */
  tiers: z
    .array(z.object({ name: text(100), badge: tierBadge }))
    .min(2)
    .max(12),
});
export const tierSetPatch = z.object({
  name: text(100).optional(),
  tiers: z
    .array(z.object({ tierId: z.int(), name: text(100), badge: tierBadge }))
    .max(12)
    .optional(),
  rowVersion: z.int(),
});
/** Ready-made sets by trade. */
export const tierTemplates = ['finance', 'manufacturing', 'retail', 'telecom', 'medals', 'abc'] as const;
export const tierTemplate = z.enum(tierTemplates);
export const tierSetList = z.object({ items: z.array(tierSet) });

export const normalisationKinds = ['percentile', 'log', 'min-max', 'thresholds'] as const;
const bound = z.number().min(-1e15).max(1e15).optional();
export const normalisation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentile') }),
  z.object({ kind: z.literal('min-max'), low: bound, high: bound }),
  z.object({ kind: z.literal('log'), low: bound, high: bound }),
  z.object({
    kind: z.literal('thresholds'),
    /** Values and shares rise. */
    steps: z
      .array(z.object({ from: z.number(), share: z.number().min(0).max(1) }))
      .min(1)
      .max(20),
  }),
]);

export const tierIndicator = z.object({
  /** A key of the catalogue, or `custom:` and the name of a custom field. */
  feature: text(120),
  /** Percent within its axis. */
  weight: z.number().min(0).max(100),
  direction: z.enum(['more', 'less']).default('more'),
  normalisation: normalisation.default({ kind: 'percentile' }),
  /** What a customer without a value gets: nothing, or the middle. */
  missing: z.enum(['worst', 'middle']).default('worst'),
});
/** How many times as important as another, above the diagonal row by row. */
const judgements = z
  .array(
    z
      .number()
      .min(1 / 9)
      .max(9),
  )
  .max(105)
  .default([]);
export const weighings = ['entered', 'ahp', 'entropy', 'critic'] as const;
export const tierAxis = z.object({
  key: text(40),
  name: text(100),
  /** Percent of the whole. */
  weight: z.number().min(0).max(100),
  /** How the weights of its indicators come about. */
  weighing: z.enum(weighings).default('entered'),
  judgements,
  indicators: z.array(tierIndicator).min(1).max(15),
});
export const tierDefinition = z.object({
  total: z.enum(['sum', 'topsis']).default('sum'),
  axisWeighing: z.enum(['entered', 'ahp']).default('entered'),
  axisJudgements: judgements,
  axes: z.array(tierAxis).min(1).max(8),
  cut: z.enum(['score', 'quantile', 'count']),
  /**
   * One a tier but the last, from the highest down: the least score (0 to 100, falling), the share of all customers
   * (0 to 1), or the number of customers.
   */
  cuts: z.array(z.number().min(0).max(1e9)).min(1).max(11),
  /** Points of 100 on either side of a cut-off within which nobody changes. */
  hysteresis: z.number().min(0).max(20).default(2),
  /** Months before anybody goes down again. */
  minimumStayMonths: z.int().min(0).max(36).default(0),
  /** Which demotions wait for approval. */
  demotionApproval: z.enum(['none', 'all']).default('all'),
});

export const tierPolicy = z.object({
  tierPolicyId: z.int(),
  tierSetId: z.int(),
  name: z.string(),
  versionNo: z.int().nullable(),
  status: z.enum(['draft', 'published', 'retired']),
  definition: tierDefinition,
  rowVersion: z.int(),
  updatedAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  isInForce: z.boolean(),
});
export const tierPolicyList = z.object({ items: z.array(tierPolicy) });
export const tierPolicyInput = z.object({
  name: text(100),
  tierSetId: z.int().positive(),
  definition: tierDefinition,
  basedOnId: z.int().positive().optional(),
});
export const tierPolicyPatch = tierPolicyInput.partial().extend({ rowVersion: z.int() });
/** What a newcomer begins with: a set and a policy that fits it, as a draft. */
export const tierStartInput = z.object({ template: tierTemplate });

export const tierFeature = z.object({
  key: z.string(),
  name: z.string(),
  unit: z.enum(['money', 'money-minor', 'share', 'count', 'rate', 'months']),
  /** What a hole means, in words. */
  nullMeans: z.string(),
  missing: z.enum(['worst', 'middle']),
  direction: z.enum(['more', 'less']),
});
export const tierFeatureList = z.object({ items: z.array(tierFeature) });

export const tierDoubts = [
  'tier-empty',
  'all-in-one',
  'constant',
  'holes',
  'ties',
  'contradiction',
  'not-valued',
] as const;
/** What to look at before a policy is published. `subject` is a feature, a tier or an axis. */
export const tierDoubt = z.object({
  kind: z.enum(tierDoubts),
  subject: z.string().nullable(),
  figure: z.number().nullable(),
});
const consistency = z.object({
  /** `axes`, or the key of an axis. */
  of: z.string(),
  ratio: z.number(),
  /** The two that fit worst: how many times `first` was judged as important as `second`, and what the others imply. */
  worst: z
    .object({ first: z.string(), second: z.string(), judged: z.number(), implied: z.number() })
    .nullable(),
});
const tierShare = z.object({
  tierId: z.int(),
  customers: z.int(),
  /** CLV, major units of the base currency. */
  clv: z.number(),
  /** The least score that leads here, of 100; null for the last tier. */
  cutScore: z.number().nullable(),
  /** A year's entitlements at their cost, minor units of the base currency. */
  costMinor: z.number(),
});
const tierMove = z.object({
  fromTierId: z.int().nullable(),
  toTierId: z.int(),
  customers: z.int(),
  clv: z.number(),
});
export const tierSummary = z.object({
  customers: z.int(),
  clv: z.number(),
  tiers: z.array(tierShare),
  moves: z.array(tierMove),
  /** Customers who stay where they are, and why. */
  held: z.object({ hysteresis: z.int(), minimumStay: z.int(), approval: z.int() }),
  /** Percent of the whole, indicator by indicator, in the order of the policy. */
  weights: z.array(
    z.object({ axis: z.string(), feature: z.string(), weight: z.number(), withinAxis: z.number() }),
  ),
  axisWeights: z.array(z.object({ axis: z.string(), weight: z.number() })),
  consistency: z.array(consistency),
  doubts: z.array(tierDoubt),
});
export const tierPreviewInput = z.object({
  tierSetId: z.int().positive(),
  definition: tierDefinition,
  /** Moves are counted from the tiers in force, or from those of this policy. */
  againstPolicyId: z.int().positive().optional(),
  /** Everybody is graded; the members of these segments alone are counted. */
  segmentId: z.array(z.int().positive()).max(200).optional(),
});
const tierMover = z.object({
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  clv: z.number(),
  fromTierId: z.int(),
  toTierId: z.int(),
  /** Goes down only once that is approved; `moves` counts it where it is. */
  needsApproval: z.boolean(),
});
/** Figures of all customers are read in so many parts; null where none is being read. */
export const tierPreviewProgress = z.object({
  measuring: z.object({ done: z.int(), parts: z.int() }).nullable(),
});
export const tierPreview = tierSummary.extend({
  asOf: day,
  /** Those worth most, by name; `moves` counts all. */
  movers: z.object({ up: z.array(tierMover), down: z.array(tierMover) }),
  /** The tiers from which customers move. */
  fromTiers: z.array(tier),
  toTiers: z.array(tier),
  /** The same customers by the tiers or the policy that it is compared with, in the order of `fromTiers`; empty without. */
  against: z.array(tierShare),
});

export const tierRunStatus = z.enum([
  'waiting',
  'running',
  'proposed',
  'scheduled',
  'in_force',
  'replaced',
  'withdrawn',
  'failed',
  'cancelled',
]);
export const tierRun = z.object({
  tierRunId: z.int(),
  tierPolicyId: z.int(),
  policyName: z.string(),
  versionNo: z.int().nullable(),
  status: tierRunStatus,
  asOf: day,
  effectiveOn: day,
  /** Over all customers; null for a reader who does not see all. */
  summary: tierSummary.nullable(),
  digest: z.string().nullable(),
  waitingDemotions: z.int(),
  tiers: z.array(tier),
  jobId: z.int().nullable(),
  error: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  inForceAt: z.iso.datetime().nullable(),
});
export const tierRunList = z.object({ items: z.array(tierRun) });
export const tierPublishInput = z.object({ rowVersion: z.int(), effectiveOn: day.optional() });
export const tierRegradeInput = z.object({ effectiveOn: day.optional() });
export const tierReplay = z.object({
  same: z.boolean(),
  digest: z.string(),
  expected: z.string(),
  /** Customers of the run who were erased or merged since: the others are compared one by one, by what was kept of them. */
  left: z.int(),
});

export const tierDecision = z.object({
  tierDecisionId: z.int(),
  kind: z.enum(['demotion', 'override']),
  customerId: z.int(),
  customerNo: z.string(),
  customerName: z.string(),
  ownerName: z.string().nullable(),
  fromTier: tier.nullable(),
  toTier: tier,
  status: z.enum(['waiting', 'approved', 'refused', 'ended']),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  effectiveOn: day.nullable(),
  expiresOn: day.nullable(),
  requestedByName: z.string().nullable(),
  decidedByName: z.string().nullable(),
  clv: z.number().nullable(),
  tierRunId: z.int().nullable(),
  /** What became of the grading that asked for it; null for a tier by hand. */
  runStatus: tierRunStatus.nullable(),
  /** Whether the reader asked for it. */
  isOwn: z.boolean(),
  rowVersion: z.int(),
});
export const tierDecisionQuery = pageQuery.extend({
  ...ofSegments.shape,
  status: z.enum(['waiting', 'approved', 'refused', 'ended']).default('waiting'),
  kind: z.enum(['demotion', 'override']).optional(),
});
export const tierDecisionPage = pageOf(tierDecision);
export const tierDecideInput = z
  .object({
    ids: z.array(z.int().positive()).max(1000).optional(),
    /** All demotions of a run that still wait. */
    tierRunId: z.int().positive().optional(),
    approve: z.boolean(),
    note: z.string().trim().max(2000).regex(storable).optional(),
  })
  .refine((input) => (input.ids === undefined) !== (input.tierRunId === undefined));
export const tierDecided = z.object({ decided: z.int() });
export const tierOverrideInput = z.object({
  tierId: z.int().positive(),
  reason: text(2000),
  /** The first day on which it no longer holds. */
  expiresOn: day,
});

export type Tier = z.infer<typeof tier>;
export type TierBadge = z.infer<typeof tierBadge>;
export type TierSet = z.infer<typeof tierSet>;
export type TierSetInput = z.infer<typeof tierSetInput>;
export type TierSetPatch = z.infer<typeof tierSetPatch>;
export type TierTemplate = z.infer<typeof tierTemplate>;
export type TierDefinition = z.infer<typeof tierDefinition>;
export type TierAxis = z.infer<typeof tierAxis>;
export type TierIndicator = z.infer<typeof tierIndicator>;
export type TierPolicy = z.infer<typeof tierPolicy>;
export type TierPolicyInput = z.infer<typeof tierPolicyInput>;
export type TierPolicyPatch = z.infer<typeof tierPolicyPatch>;
export type TierFeature = z.infer<typeof tierFeature>;
export type TierDoubt = z.infer<typeof tierDoubt>;
export type TierSummary = z.infer<typeof tierSummary>;
export type TierPreview = z.infer<typeof tierPreview>;
export type TierPreviewInput = z.infer<typeof tierPreviewInput>;
export type TierRun = z.infer<typeof tierRun>;
export type TierReplay = z.infer<typeof tierReplay>;
export type TierDecision = z.infer<typeof tierDecision>;
export type TierDecisionQuery = z.infer<typeof tierDecisionQuery>;
export type TierDecideInput = z.infer<typeof tierDecideInput>;
export type TierOverrideInput = z.infer<typeof tierOverrideInput>;
