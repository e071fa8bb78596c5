import { z } from 'zod';

const parameters = z.record(z.string(), z.number());

const coefficientLine = z.object({
  name: z.string(),
  estimate: z.number(),
  /** Null where there is none: the column was left out, or the fit cannot be trusted. */
  standardError: z.number().nullable(),
  /** 95 % interval; where one end alone is null the data do not bound the effect on that side. */
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  pValue: z.number().nullable(),
});

const likelihoodRatio = z
  .object({ statistic: z.number(), degreesOfFreedom: z.number(), pValue: z.number() })
  .nullable();

/** What attributes of the customers say of their orders. */
export const valuationAttributes = z.object({
  kind: z.enum(['segments', 'covariates']),
  /** Columns or fields, as they were asked for. */
  names: z.array(z.string()),
  /** The figures come from the model with attributes; false: the same for all, for the reason given. */
  inUse: z.boolean(),
  /** A reason of the fit, of the naive rule, or lower-log-score: the hold-out speaks against them by more than two standard errors. */
  reason: z.string().nullable(),
  /** Groups of customers who share a model. */
  groups: z.int(),
  /** Histories were put into cells before the fit. */
  onCells: z.boolean(),
  logLikelihood: z.number().nullable(),
  /** Of the same model without attributes. */
  plainLogLikelihood: z.number().nullable(),
  /** Covariates only: against no covariates. Null with a ridge. */
  likelihoodRatio,
  ridge: z.number().nullable(),
  /** Columns whose effect the data do not bound, so that a prior holds it; missing on cards before that was looked at. */
  held: z.array(z.string()).optional(),
  /** How each column became part of the model. */
  columns: z.array(
    z.union([
      z.object({
        name: z.string(),
        kind: z.literal('number'),
        bins: z.int().nullable(),
        missing: z.number(),
      }),
      z.object({ name: z.string(), kind: z.literal('words'), reference: z.string(), levels: z.int() }),
    ]),
  ),
  /** Change of ln(order rate) and of the log odds (Pareto/NBD: ln of the rate) of leaving, for one unit of each column. */
  effects: z.array(z.object({ on: z.enum(['orders', 'leaving']), coefficients: z.array(coefficientLine) })),
  /** The fitted model as `kezi models eval` takes it; null for segments, or where there is no fit. */
  model: z
    .object({
      name: z.string(),
      parameters,
      covariates: z.object({
        names: z.array(z.string()),
        centres: z.array(z.number()),
        effects: z.record(z.string(), z.array(z.number())),
      }),
    })
    .nullable(),
  leftOut: z.array(z.object({ name: z.string(), reason: z.enum(['constant', 'collinear']) })),
  segments: z.array(
    z.object({
      /** Empty for customers of whom it is not known. */
      segment: z.string(),
      customers: z.number(),
      repeaters: z.number(),
      parameters,
      standardErrors: parameters.nullable(),
      /** Share that its own customers settle, 0 (as all) to 1 (as if fitted alone). */
      weight: z.number(),
      /** Why it takes the parameters of all; null when it has its own. */
      reason: z.string().nullable(),
      /** Null for readers who may not see all customers. */
      clv: z.number().nullable(),
      expectedOrders: z.number().nullable(),
    }),
  ),
  /** Standard deviation between segments of each quantity, in logs: 0.1 is about 10 %. */
  spread: parameters.nullable(),
  /** Customers for whom two values were given; the first one counts. */
  twoValues: z.array(z.object({ column: z.string(), customers: z.number() })),
  /** On the hold-out, beside the model without attributes. */
  holdout: z
    .object({
      /** Mean gain in ln P(orders that came) a customer, and its standard error. */
      gain: z.number(),
      standardError: z.number(),
      logScore: z.number(),
      totalError: z.number().nullable(),
      meanAbsoluteError: z.number(),
    })
    .nullable(),
});

/** Spend an order where it goes with how often a customer orders, or with covariates. */
export const valuationSpendRegression = z.object({
  inUse: z.boolean(),
  /** Why the fit cannot be trusted. */
  reason: z.string().nullable(),
  /** Of a customer at the centres of the columns. */
  parameters,
  /** Change of ln(mean spend) for one unit of each column. */
  coefficients: z.array(coefficientLine),
  likelihoodRatio,
  /** Of frequency and mean spend: what the plain model takes to be none. */
  rankCorrelation: z.number(),
  logLikelihood: z.number(),
  plainLogLikelihood: z.number(),
});

export type ValuationAttributes = z.infer<typeof valuationAttributes>;
export type ValuationSpendRegression = z.infer<typeof valuationSpendRegression>;
