import { z } from 'zod';
import { warningRow } from './alerts.js';
import { contractStage } from './contracts.js';
import { interactionKind } from './interactions.js';
import { lifecycleStage } from './lifecycle.js';
import { day } from './page.js';

const minor = z.number().nullable();

/**
 * How far a price can go. Rates are shares of the revenue of the last twelve months; what is behind them is in
 * docs/formulas/walk-away.md. Their names say which hidden field they belong to.
 */
const walkAway = z.object({
  /** Margin by revenue. */
  marginRate: z.number(),
  /** What the tier's entitlements cost, by revenue. */
  marginServiceRate: z.number(),
  /** What is left of both: beyond this discount every order loses money. */
  marginFloorRate: z.number(),
  /** The chance of losing the customer that is at stake: the greater of what the model and the warnings say. */
  clvStake: z.number(),
  /** A discount that would take this chance away pays up to here. */
  marginBreakEvenRate: z.number(),
  /** Of revenue a year, the floor in money. */
  marginFloorMinor: z.number(),
  /** The discount that the tier may be given; null where none is agreed. */
  ceilingRate: z.number().nullable(),
});

/** Everything that one takes into a negotiation with a customer. Amounts are in minor units of the base currency. */
export const negotiationPack = z.object({
  customerId: z.int(),
  customerNo: z.string(),
  name: z.string(),
  today: day,
  currency: z.string(),
  ownerName: z.string().nullable(),
  tierName: z.string().nullable(),
  stage: lifecycleStage.nullable(),
  industry: z.string().nullable(),
  region: z.string().nullable(),
  /** Of the last published run; major units. */
  score: z
    .object({
      asOf: day,
      clv: z.number(),
      clvLow: z.number(),
      clvHigh: z.number(),
      pAlive: z.number().nullable(),
    })
    .nullable(),
  year: z.object({
    orders: z.int(),
    amountMinor: minor,
    amountBeforeMinor: minor,
    marginMinor: minor,
    marginBeforeMinor: minor,
    serviceMarginMinor: minor,
  }),
  payments: z.object({
    openMinor: minor,
    overdueMinor: minor,
    oldestDays: z.int(),
    /** Of the bills of two years that were paid: days from the due day to the last payment, on average; null without any. */
    meanDelayDays: z.number().nullable(),
    lateShare: z.number().nullable(),
    bills: z.int(),
  }),
  products: z.array(
    z.object({
      name: z.string(),
      amountMinor: minor,
      share: z.number(),
      unit: z.string().nullable(),
      priceMinor: minor,
      priceBeforeMinor: minor,
      /** Price of the last half-year to that of the one before, less one. */
      priceChange: z.number().nullable(),
    }),
  ),
  contracts: z.array(
    z.object({
      contractNo: z.string(),
      title: z.string(),
      stage: contractStage,
      startsOn: day,
      endsOn: day.nullable(),
      currency: z.string(),
      amountMinor: minor,
      minimumMinor: minor,
      paymentDays: z.int().nullable(),
      terms: z.string().nullable(),
    }),
  ),
  warnings: z.array(warningRow),
  notes: z.array(
    z.object({
      kind: z.enum(['need', 'competitor']),
      title: z.string(),
      detail: z.string().nullable(),
      notedOn: day,
      sharePercent: z.int().nullable(),
    }),
  ),
  contacts: z.array(
    z.object({
      name: z.string(),
      title: z.string().nullable(),
      decisionRole: z.string().nullable(),
      influence: z.int().nullable(),
      attitude: z.int().nullable(),
    }),
  ),
  interactions: z.array(z.object({ kind: interactionKind, on: day, summary: z.string() })),
  /** Null where costs are not known, or nothing was bought in a year. */
  walkAway: walkAway.nullable(),
});

export type NegotiationPack = z.infer<typeof negotiationPack>;
export type WalkAway = z.infer<typeof walkAway>;
