import { z } from 'zod';
import { day, pageOf } from './page.js';
import { rfmSegment } from './customers.js';

export const valuationOptions = z.object({
  /** The day the figures are true for; the last order day when left out. */
  asOf: day.optional(),
  timeUnit: z.enum(['day', 'week', 'month']).default('week'),
  /** In time units. */
  horizon: z.number().positive().max(5200).optional(),
  model: z.enum(['auto', 'bg-nbd', 'mbg-nbd']).default('auto'),
  /** A year. */
  discountRate: z.number().min(0).max(1).default(0.1),
  /** End of the part that the back-test learns from; a quarter of the history is held out when left out. */
  calibrationEnd: day.optional(),
  /** Reads every order anew instead of those of customers whose orders changed; the figures are the same. */
  rebuild: z.boolean().optional(),
});

const parameters = z.record(z.string(), z.number());

export const fittedModel = z.object({
  name: z.string(),
  parameters,
  standardErrors: parameters.nullable(),
  /** Null where nothing could be fitted. */
  logLikelihood: z.number().nullable(),
  converged: z.boolean(),
  reason: z.string().nullable(),
  warnings: z.array(z.string()),
});

const predictionErrors = z.object({
  total: z.number(),
  /** (predicted - actual) / actual; null when nothing was ordered. */
  totalError: z.number().nullable(),
  meanAbsoluteError: z.number(),
  weightedMape: z.number().nullable(),
  rankCorrelation: z.number(),
});

/** How a model and the naive rule (same rate as before) did on the part of the history that they did not see. */
export const backtest = z.object({
  calibrationEnd: day,
  holdoutEnd: day,
  customers: z.int(),
  actualOrders: z.number(),
  modelName: z.string(),
  model: predictionErrors,
  naive: predictionErrors,
  /** Customers in ten groups by predicted orders, lowest first. */
  calibration: z.array(
    z.object({ customers: z.number(), meanPredicted: z.number(), meanActual: z.number() }),
  ),
});

export const valuationTotals = z.object({
  /** Customers with a value: those without an order that can be valued are not among them. */
  customers: z.int(),
  clv: z.number(),
  clvLow: z.number(),
  clvHigh: z.number(),
  expectedOrders: z.number(),
  expectedSpend: z.number(),
});

export const valuationCard = z.object({
  /** Days on which a customer ordered. */
  orders: z.int(),
  customers: z.int(),
  triples: z.int(),
  valueBasis: z.enum(['margin', 'revenue']),
  firstOrderOn: day,
  lastOrderOn: day,
  returns: z.object({ lines: z.int(), amount: z.number() }),
  timeUnit: z.enum(['day', 'week', 'month']),
  horizon: z.number(),
  discountRate: z.number(),
  model: fittedModel,
  spendModel: fittedModel,
  /** Why the naive rule stands in for the model; null where the model gives the figures. */
  naiveReason: z.string().nullable(),
  /** Relative variance of any sum of values that comes from not knowing the parameters exactly. */
  parameterVariance: z.number(),
  backtest: backtest.nullable(),
});

export const valuationStage = z.object({
  name: z.enum(['extract', 'features', 'fit', 'score', 'publish']),
  status: z.enum(['waiting', 'running', 'done']),
  seconds: z.number().nullable(),
});

export const valuationRun = z.object({
  valuationRunId: z.int(),
  status: z.enum(['waiting', 'running', 'published', 'failed', 'cancelled']),
  asOf: day,
  options: valuationOptions,
  stages: z.array(valuationStage),
  totals: valuationTotals.nullable(),
  card: valuationCard.nullable(),
  jobId: z.int().nullable(),
  error: z
    .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** Null where the reader may not see who it was. */
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export const valuationRunPage = pageOf(valuationRun.omit({ card: true }));

/** The first page: what the customers whom the reader may see are worth together. Money in major units of the base currency. */
export const overview = z.object({
  currency: z.string(),
  run: z
    .object({ valuationRunId: z.int(), asOf: day, publishedAt: z.iso.datetime(), modelName: z.string() })
    .nullable(),
  /** Orders that came in or changed since the run. */
  changedCustomers: z.int(),
  /** All of them, with a value or without. */
  customers: z.int(),
  /** Of the customers who have a value, counted apart: who has not ordered yet, or only returned, has none. */
  total: z
    .object({
      customers: z.int(),
      clv: z.number(),
      clvLow: z.number(),
      clvHigh: z.number(),
      expectedOrders: z.number(),
    })
    .nullable(),
  previous: z.object({ asOf: day, clv: z.number() }).nullable(),
  /** Parts that lead from the previous total to this one, in the order of the picture; they add up. */
  movement: z.array(
    z.object({
      kind: z.enum(['new', 'risen', 'fallen', 'gone']),
      customers: z.int(),
      clv: z.number(),
    }),
  ),
  concentration: z.object({
    /** Share of customers (best first) against share of value, 0 to 1, about 50 points. */
    lorenz: z.array(z.tuple([z.number(), z.number()])),
    gini: z.number(),
    topTenPercentShare: z.number(),
  }),
  bySegment: z.array(z.object({ segment: rfmSegment, customers: z.int(), clv: z.number() })),
  byCohort: z.array(
    z.object({ cohort: z.string(), customers: z.int(), active: z.number(), clv: z.number() }),
  ),
  /** Customers by value on a log scale: bins between powers of ten in halves. */
  histogram: z.array(z.object({ from: z.number(), to: z.number(), customers: z.int(), clv: z.number() })),
  top: z.array(
    z.object({
      customerId: z.int(),
      name: z.string(),
      clv: z.number(),
      clvLow: z.number(),
      clvHigh: z.number(),
      pAlive: z.number().nullable(),
    }),
  ),
});

export type ValuationOptions = z.infer<typeof valuationOptions>;
export type ValuationRun = z.infer<typeof valuationRun>;
export type ValuationCard = z.infer<typeof valuationCard>;
export type ValuationTotals = z.infer<typeof valuationTotals>;
export type ValuationStage = z.infer<typeof valuationStage>;
export type Backtest = z.infer<typeof backtest>;
export type Overview = z.infer<typeof overview>;
