import { z } from 'zod';
import { smallId, storable, text } from './input-parts.js';
import { rfmSegment } from './customers.js';
import { day, ofSegments, pageOf, pageQuery } from './page.js';
import type { SegmentGroup } from './segments.js';

const days = (least: number, most: number) => z.int().min(least).max(most);

/** A department whose customers without an owner may be claimed, and how. */
export const poolRow = z.object({
  poolId: z.int(),
  teamId: z.int(),
  teamName: z.string(),
  claimsPerDay: z.int().nullable(),
  holdingCap: z.int().nullable(),
  coolDownDays: z.int(),
  protectDays: z.int(),
  rowVersion: z.int(),
  /** Customers that wait for somebody. */
  customers: z.int(),
  /** Whether the reader may claim from it. */
  mayClaim: z.boolean(),
  /** Whether the reader sees its customers without claiming them: those of their own department. */
  seesCustomers: z.boolean(),
  /** What the reader has claimed from it today. */
  claimedToday: z.int(),
  /** How many customers the reader owns in all. */
  holding: z.int(),
  members: z.array(z.object({ userId: z.int(), name: z.string().nullable() })),
});
export const poolList = z.object({ items: z.array(poolRow) });
const poolTerms = z.object({
  claimsPerDay: days(1, 10_000).nullable(),
  holdingCap: days(1, 1_000_000).nullable(),
  coolDownDays: days(0, 3650),
  protectDays: days(0, 3650),
  /** People of other departments who may claim here as well. */
  memberIds: z.array(smallId).max(500),
});
export const poolInput = poolTerms.partial().extend({ teamId: smallId });
export const poolPatch = poolTerms.partial().extend({ rowVersion: z.int() });

/** A customer without an owner, as those see it who may claim it: what it is, not whom to call. */
export const poolCustomer = z.object({
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  region: z.string().nullable(),
  industry: z.string().nullable(),
  clv: z.number().nullable(),
  pAlive: z.number().nullable(),
  lastOrderOn: day.nullable(),
  /** When and how it came into the pool, where that is known. */
  since: z.iso.datetime().nullable(),
  manner: z
    .enum(['start', 'edit', 'transfer', 'release', 'recycle', 'dispute', 'handover', 'undo'])
    .nullable(),
  reason: z.string().nullable(),
  formerOwnerName: z.string().nullable(),
  /** The day from which the reader may claim it, where that is later than today: he was the one who lost it. */
  claimableOn: day.nullable(),
});
export const poolCustomerPage = pageOf(poolCustomer);
/** What a pool shows of its customers is all that a segment may ask of them by whoever does not see them otherwise. */
const shownInPool: readonly string[] = ['region', 'industry', 'clv', 'pAlive', 'lastOrderOn'];
/** Of the clusters nobody can say by what a customer came to be in one. */
export const fitsPool = (rule: SegmentGroup | null): boolean =>
  rule !== null &&
  rule.items.every((item) => ('match' in item ? fitsPool(item) : shownInPool.includes(item.field)));
export const poolCustomerQuery = pageQuery.extend({
  ...ofSegments.shape,
  q: z.string().trim().max(200).regex(storable).optional(),
});

export const releaseInput = z.object({ reason: text(500) });
export const claimAnswer = z.object({
  customerId: z.int(),
  name: z.string(),
  claimedToday: z.int(),
  claimsPerDay: z.int().nullable(),
  holding: z.int(),
  holdingCap: z.int().nullable(),
});

/** When a customer falls into the pool: all that is given must be fulfilled. */
const ruleTerms = z.object({
  name: text(100),
  daysWithoutContact: days(1, 3650).nullable(),
  daysWithoutOrder: days(1, 3650).nullable(),
  daysAfterContract: days(1, 3650).nullable(),
  /** Only customers worth less. */
  clvBelow: z.number().positive().nullable(),
  /** Only customers of these segments. */
  segments: z.array(rfmSegment).min(1).max(8).nullable(),
  /** Only customers who are of these tiers today. */
  tierIds: z.array(smallId).min(1).max(50).nullable(),
  warnDays: days(0, 365),
});
export const recycleRuleInput = ruleTerms.partial().required({ name: true });
export const recycleRulePatch = ruleTerms.partial().extend({ rowVersion: z.int() });
export const recycleRule = ruleTerms.extend({
  recycleRuleId: z.int(),
  poolId: z.int(),
  isOn: z.boolean(),
  switchedAt: z.iso.datetime().nullable(),
  switchedByName: z.string().nullable(),
  rowVersion: z.int(),
  /** Customers whose owners have been told. */
  warned: z.int(),
});
export const recycleRuleList = z.object({ items: z.array(recycleRule) });
export const ruleSwitch = z.object({
  isOn: z.boolean(),
  rowVersion: z.int(),
  /** Typed by whoever switches on a rule that takes half or more of the customers it looks at. */
  count: z.int().optional(),
});

/** What a rule would do: today, and had it been on for the past year. */
export const ruleSimulation = z.object({
  asOf: day,
  /** Customers with an owner in the departments of the pool. */
  looksAt: z.int(),
  /** Due on the day it is switched on. */
  dueNow: z.int(),
  dueNowValue: z.number(),
  /** True where the count has to be typed before it is switched on. */
  needsCount: z.boolean(),
  /** Customers that would have been recycled at least once in the year. */
  inYear: z.int(),
  inYearValue: z.number(),
  /** Of these, how many ordered again afterwards, in spite of it. */
  orderedLater: z.int(),
  months: z.array(z.object({ month: z.string(), customers: z.int(), value: z.number() })),
  owners: z.array(
    z.object({
      ownerId: z.int(),
      name: z.string().nullable(),
      owns: z.int(),
      dueNow: z.int(),
      inYear: z.int(),
      value: z.number(),
    }),
  ),
});

/** A customer that will be recycled unless somebody does something. */
export const recycleNotice = z.object({
  customerId: z.int(),
  customerName: z.string(),
  ownerId: z.int().nullable(),
  ownerName: z.string().nullable(),
  ruleName: z.string(),
  warnedOn: day,
  dueOn: day,
  clv: z.number().nullable(),
});
export const recycleNoticePage = pageOf(recycleNotice);

export type PoolRow = z.infer<typeof poolRow>;
export type PoolInput = z.infer<typeof poolInput>;
export type PoolPatch = z.infer<typeof poolPatch>;
export type PoolCustomer = z.infer<typeof poolCustomer>;
export type PoolCustomerQuery = z.infer<typeof poolCustomerQuery>;
export type ClaimAnswer = z.infer<typeof claimAnswer>;
export type RecycleRule = z.infer<typeof recycleRule>;
export type RecycleRuleInput = z.infer<typeof recycleRuleInput>;
export type RecycleRulePatch = z.infer<typeof recycleRulePatch>;
export type RuleSimulation = z.infer<typeof ruleSimulation>;
export type RecycleNotice = z.infer<typeof recycleNotice>;
