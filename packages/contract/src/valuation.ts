import { z } from 'zod';
import { day, pageOf } from './page.js';
import { rfmSegment } from './customers.js';
import { valuationAttributes, valuationSpendRegression } from './valuation-attributes.js';

export type { ValuationAttributes, ValuationSpendRegression } from './valuation-attributes.js';

/** Models of repeat orders that take covariates. */
export const covariateModels = ['nbd', 'bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const;

/** What a run may know of a customer: a column, or one of the free fields by its name. */
const customerAttribute = z.union([
  z.enum(['industry', 'region', 'size', 'source']),
  z.templateLiteral([z.literal('custom.'), z.string().min(1).max(100)]),
]);

/** What is deducted from the value of orders. Amounts in major units of the base currency. */
const valueCosts = z.object({
  /** Cost to serve: a share of the value, an amount an order, an amount a year that a customer is looked after. */
  share: z.number().min(0).max(1).optional(),
  perOrder: z.number().min(0).max(1e12).optional(),
  perYear: z.number().min(0).max(1e12).optional(),
  /** Share of the value that is expected not to be paid. */
  creditLoss: z.number().min(0).max(1).optional(),
});

export const valuationOptions = z.object({
  /** The day the figures are true for; the last order day when left out. */
  asOf: day.optional(),
  timeUnit: z.enum(['day', 'week', 'month']).default('week'),
  /** In time units. */
  horizon: z.number().positive().max(5200).optional(),
  /** auto: the model that does best in the back-test. */
  model: z
    .enum(['auto', 'bg-nbd', 'mbg-nbd', 'pareto-nbd', 'bg-cnbd-k', 'mbg-cnbd-k', 'nbd', 'naive'])
    .default('auto'),
  /** A year. */
  discountRate: z.number().min(0).max(1).default(0.1),
  /** Values all orders to come, however late, in closed form; expected orders stay those of the horizon. */
  isForever: z.boolean().optional(),
  costs: valueCosts.optional(),
  /** Takes each customer's own expected credit loss where receivables tell it, that of the costs elsewhere. */
  ownCreditLoss: z.boolean().optional(),
  /**
   * Field of the customer that makes segments (industry, region, size, source, custom.NAME): the model is fitted to each, small
   * ones leaning on all.
   */
  by: customerAttribute.optional(),
  /** Fields of the customer that order rate and leaving depend on; not together with `by`. */
  covariates: z.array(customerAttribute).max(12).optional(),
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
  /** Where a parameter is at its edge, in place of standard errors: 95 % by profile likelihood; an end that is null is open. */
  intervals: z
    .record(z.string(), z.object({ lower: z.number().nullable(), upper: z.number().nullable() }))
    .optional(),
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

const calibrationTenths = z.array(
  z.object({ customers: z.number(), meanPredicted: z.number(), meanActual: z.number() }),
);

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
  calibration: calibrationTenths,
});

/** A model or a naive rule that was asked for or compared. */
export const modelCandidate = z.object({
  /** same-rate: everybody goes on at his own past rate; last-period: everybody repeats what he ordered in a period as long. */
  name: z.enum([
    'bg-nbd',
    'mbg-nbd',
    'pareto-nbd',
    'bg-cnbd-k',
    'mbg-cnbd-k',
    'nbd',
    'same-rate',
    'last-period',
  ]),
  /** The fit that was judged: on the calibration part, or on everything where nothing was held out. Null for naive rules. */
  fit: fittedModel.nullable(),
  /** Null where nothing was held out, or the fit is not to be trusted. */
  holdout: predictionErrors
    .extend({
      /** Mean ln P(orders that came) a customer; nearer to 0 is better. Null for naive rules, which give no probabilities. */
      logScore: z.number().nullable(),
      calibration: calibrationTenths,
    })
    .nullable(),
  inUse: z.boolean(),
  /**
   * Why it was passed over; null for the one in use. A reason of the fit (`valuation.reason.*`), or: lower-log-score,
   * larger-total-error, no-better, lower-likelihood, backtest-worse-than-naive, model-predicts-better,
   * yardstick-only, not-wanted.
   */
  reason: z.string().nullable(),
});

/** How the one in use was found. */
export const modelChoice = z.object({
  /** holdout: by the back-test; likelihood: nothing, or too little, was held out; wanted: somebody named it. */
  by: z.enum(['holdout', 'likelihood', 'wanted']),
  /** So many customers were drawn to stand for all of them in the back-test and its pictures. Null: all were used. */
  sampledCustomers: z.int().nullable(),
});

/** Pictures of the model that was fitted on the calibration part. Orders are order days. */
export const valuationPlots = z.object({
  /** Repeat orders up to and with a day, of customers who came up to the end of calibration; a point a time unit. */
  tracking: z.array(z.object({ endsOn: day, actual: z.number(), predicted: z.number() })),
  /** Customers by repeat orders in the calibration part; the last line is 'so many or more'. */
  frequency: z.array(z.object({ orders: z.int(), actual: z.number(), predicted: z.number() })),
  /**
   * Customers by the P(alive) they had at the end of calibration: the share expected to order in the hold-out, and that which
   * did.
   */
  alive: z.array(
    z.object({
      low: z.number(),
      high: z.number(),
      customers: z.number(),
      predicted: z.number(),
      actual: z.number(),
    }),
  ),
  /** ordering: by the probability of an order, where the model lets nobody leave. Missing on older cards, which are by P(alive). */
  aliveGroupedBy: z.enum(['alive', 'ordering']).optional(),
});

/** What is odd about the history, and what was done about it. */
export const valuationHistory = z.object({
  season: z.object({
    /** Null: fewer than two whole years, so it cannot be told. */
    found: z.boolean().nullable(),
    /** Share of the swings of months about the model that the months of the year explain, 0 to 1. */
    strength: z.number().nullable(),
    /** Orders of January ... December to those of a mean month; empty where it cannot be told. */
    factors: z.array(z.number()),
    /** Expected orders of the horizon are multiplied by this; null where the correction did not win the back-test. */
    correction: z.number().nullable(),
  }),
  /** The rhythm of the week; missing on the cards of runs before it was looked for. */
  week: z
    .object({
      /** Null: fewer than eight weeks, or too few orders. */
      found: z.boolean().nullable(),
      /** Share of the swings within weeks that the days of the week explain, 0 to 1. */
      strength: z.number().nullable(),
      /** Orders of Monday ... Sunday to those of a mean day; empty where it cannot be told. */
      factors: z.array(z.number()),
      /** As for the season of the year; over a horizon of whole weeks there is nothing to correct. */
      correction: z.number().nullable(),
    })
    .optional(),
  drift: z.object({
    found: z.boolean(),
    /** Change of orders against the model's own expectation, a year: -0.2 is a fifth less each year. Null: too short to tell. */
    yearly: z.number().nullable(),
    /** Orders to the model's expectation in the last quarter of the history; null as above. */
    recentLevel: z.number().nullable(),
    correction: z.number().nullable(),
  }),
  truncation: z.object({
    /** First orders crowd at the beginning of the data: many of these customers were there before. */
    found: z.boolean(),
    /** Customers beyond the usual number of new ones. */
    excessCustomers: z.number(),
    /** Last day of the crowd. */
    untilOn: day.nullable(),
  }),
});

/** Attributes that a run may use, with the customers of whom each is known (of the first 20,000 where there are more). */
export const valuationFields = z.object({
  items: z.array(z.object({ field: customerAttribute, customers: z.int() })),
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
  /** The amount is over all customers; null for who may not see all of them. */
  returns: z.object({ lines: z.int(), amount: z.number().nullable() }),
  /** Customers who have returns and no order: they have no value. Missing where there are none. */
  returnsOnly: z.object({ customers: z.int(), amount: z.number().nullable() }).optional(),
  timeUnit: z.enum(['day', 'week', 'month']),
  horizon: z.number(),
  discountRate: z.number(),
  /** All orders to come were valued. Missing where those of the horizon were. */
  isForever: z.boolean().optional(),
  /** What was deducted, and how much it came to over all customers. Missing where nothing was. */
  costs: valueCosts
    .required()
    .extend({
      /** What a customer costs over the horizon by the amount a year, as long as P(alive) of today is 1. */
      served: z.number(),
      /** Over all customers; null for who may not see all of them. */
      grossClv: z.number().nullable(),
      costToServe: z.number().nullable(),
      creditLossAmount: z.number().nullable(),
    })
    .optional(),
  /** Whose own credit loss was taken, and from what. Missing where it was not asked for, and for who may not see all customers. */
  ownCreditLoss: z
    .object({
      /** Customers of whom their own was taken. */
      customers: z.int(),
      /** Receivables that were due a year ago or earlier: what became of them is known. */
      receivables: z.int(),
      /** By days overdue from which on, the share of what is open that is expected not to come. Null: too few receivables. */
      rates: z.array(z.object({ fromDays: z.int(), rate: z.number() })).nullable(),
    })
    .optional(),
  model: fittedModel,
  spendModel: fittedModel,
  /** Why the naive rule stands in for the model; null where the model gives the figures. */
  naiveReason: z.string().nullable(),
  /** Relative variance of any sum of values that comes from not knowing the parameters exactly. */
  parameterVariance: z.number(),
  backtest: backtest.nullable(),
  // What follows is missing on the cards of runs that were published before it was looked at.
  candidates: z.array(modelCandidate).optional(),
  choice: modelChoice.optional(),
  /** Null where nothing was held out, or no model could be fitted on the calibration part. */
  plots: valuationPlots.nullable().optional(),
  history: valuationHistory.optional(),
  /** Null where no attributes were asked for. */
  attributes: valuationAttributes.nullable().optional(),
  /** Null where no regression of spend was tried. */
  spendRegression: valuationSpendRegression.nullable().optional(),
  /**
   * What a reader must know before he trusts the figures, as codes (`valuation.doubt.*`): over-predicted, under-predicted,
   * last-period-better, few-holdout-orders, no-holdout, season-found, season-corrected, week-corrected, drift-found,
   * drift-corrected, left-truncated, scored-on-cells, attributes-left-out, attribute-two-values, spend-regression.
   */
  doubts: z.array(z.string()).optional(),
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
    .object({
      valuationRunId: z.int(),
      asOf: day,
      publishedAt: z.iso.datetime(),
      modelName: z.string(),
      /** How far the figures look ahead, from the as-of day. */
      horizon: z.object({ length: z.number(), unit: z.enum(['day', 'week', 'month']) }).nullable(),
    })
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

export type ValueCosts = z.infer<typeof valueCosts>;
export type ValuationOptions = z.infer<typeof valuationOptions>;
export type ValuationRun = z.infer<typeof valuationRun>;
export type ValuationCard = z.infer<typeof valuationCard>;
export type ValuationTotals = z.infer<typeof valuationTotals>;
export type ValuationStage = z.infer<typeof valuationStage>;
export type ModelCandidate = z.infer<typeof modelCandidate>;
export type ModelChoice = z.infer<typeof modelChoice>;
export type ValuationPlots = z.infer<typeof valuationPlots>;
export type ValuationHistory = z.infer<typeof valuationHistory>;
export type CustomerAttribute = z.infer<typeof customerAttribute>;
export type Backtest = z.infer<typeof backtest>;
export type Overview = z.infer<typeof overview>;
