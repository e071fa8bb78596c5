import { z } from 'zod';
import { day, ofSegments, pageOf, pageQuery } from './page.js';

export const churnOptions = z.object({
  /** Days without an order that count as leaving; by the rhythm of the orders when left out. */
  silenceDays: z.int().min(1).max(3650).optional(),
  /** auto: the one that predicts best on customers set aside. */
  model: z.enum(['auto', 'logistic', 'gbdt']).default('auto'),
});

/** A rule on orders that took no part in the training. */
const churnRule = z.object({
  /** logistic, gbdt, bg-nbd-p-alive, bg-nbd-no-order, recency or no-order-for-90-days. */
  name: z.string(),
  auc: z.number().nullable(),
  aucLow: z.number().nullable(),
  aucHigh: z.number().nullable(),
  brier: z.number().nullable(),
  topTenthLift: z.number().nullable(),
});

/** What a training learnt; nothing in it names a customer. */
export const churnReport = z.object({
  model: z.object({
    /** rate: the share of those who left stands in for a model that is not to be trusted. */
    inUse: z.enum(['logistic', 'gbdt', 'rate']),
    trusted: z.boolean(),
    /** too-few-events, no-better-than-chance, naive-is-better; null for a model in use. */
    reason: z.string().nullable(),
  }),
  silence: z.object({
    days: z.number(),
    /** asked; rhythm: nine of ten waits are over by then; history: it bears no more. */
    from: z.enum(['asked', 'rhythm', 'history']),
    rhythmDays: z.number().nullable(),
  }),
  /** Learnt at the first day, calibrated at the second, tested at the third. */
  cuts: z.object({ training: day, calibration: day, test: day, asOf: day }),
  customers: z.object({
    training: z.number(),
    calibration: z.number(),
    test: z.number(),
    asOf: z.number(),
  }),
  /** The rule in use first. */
  candidates: z.array(churnRule),
  heldOut: z.object({ rows: z.number(), churned: z.number(), rate: z.number().nullable() }),
  /** Customers held out, in ten groups by probability. */
  calibration: z.array(z.object({ rows: z.number(), meanPredicted: z.number(), rate: z.number() })),
  /** What tells, by its share; with the values at which most and fewest left. */
  features: z.array(
    z.object({
      name: z.string(),
      share: z.number(),
      most: z.object({ values: z.string(), rate: z.number() }),
      least: z.object({ values: z.string(), rate: z.number() }),
    }),
  ),
  /** Mean probability of all customers as of the day. */
  expectedRate: z.number().nullable(),
});

export const churnRun = z.object({
  churnRunId: z.int(),
  status: z.enum(['waiting', 'running', 'published', 'failed', 'cancelled']),
  options: churnOptions,
  asOf: day.nullable(),
  silenceDays: z.int().nullable(),
  report: churnReport.nullable(),
  jobId: z.int().nullable(),
  error: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export const churnRunPage = pageOf(churnRun.omit({ report: true }));

/** A feature that moves a customer: above 0 towards leaving. */
export const churnReason = z.object({
  feature: z.string(),
  /** Empty where it is missing, such as the gap between orders of a single one. */
  value: z.string(),
  /** To the log odds. */
  contribution: z.number(),
});

/** What the last training says of a customer. */
export const customerChurn = z.object({
  probability: z.number(),
  /** 1: the tenth of the customers most likely to leave; null where no model is to be trusted. */
  tenth: z.int().nullable(),
  /** Three at most, the strongest first. */
  reasons: z.array(churnReason),
});

/** A customer's own page: null figures where no training saw the customer. */
export const churnOfCustomer = z.object({
  run: z.object({ churnRunId: z.int(), asOf: day, silenceDays: z.int(), trusted: z.boolean() }).nullable(),
  churn: customerChurn.nullable(),
});

export const churnSorts = ['probability', 'valueAtRisk'] as const;
export const churnCustomerQuery = pageQuery.extend({
  ...ofSegments.shape,
  /** probability: the likeliest to leave first; valueAtRisk: where the most value is likely to go. */
  sort: z.enum(churnSorts).default('probability'),
});
/** Customers of the last training, in the order asked for. */
export const churnCustomerPage = pageOf(
  customerChurn.extend({
    customerId: z.int(),
    name: z.string(),
    ownerName: z.string().nullable(),
    /** Of the last valuation run; null without one. */
    clv: z.number().nullable(),
  }),
);

export type ChurnSort = (typeof churnSorts)[number];
export type ChurnOptions = z.infer<typeof churnOptions>;
export type ChurnReport = z.infer<typeof churnReport>;
export type ChurnRun = z.infer<typeof churnRun>;
export type ChurnReason = z.infer<typeof churnReason>;
export type CustomerChurn = z.infer<typeof customerChurn>;
export type ChurnOfCustomer = z.infer<typeof churnOfCustomer>;
export type ChurnCustomer = z.infer<typeof churnCustomerPage>['items'][number];
