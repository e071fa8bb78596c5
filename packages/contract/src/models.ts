import { z } from 'zod';

/** Models that can be fitted and asked, over the interface and on the command line. */
export const benchModels = [
  'bg-nbd',
  'mbg-nbd',
  'pareto-nbd',
  'bg-cnbd-k',
  'mbg-cnbd-k',
  'nbd',
  'bg-bb',
  'gamma-gamma',
  'sbg',
  'bdw',
  'hazard',
  'kaplan-meier',
  'cox',
  'logistic',
  'gbdt',
  'kmeans',
] as const;
const benchModel = z.enum(benchModels);

const fitFlags = [
  'by',
  'covariates',
  'ridge',
  'k',
  'duration',
  'event',
  'label',
  'features',
  'holdoutEvery',
  'clusters',
  'id',
  'period',
  'baseline',
] as const;

export const modelList = z.object({
  items: z.array(
    z.object({
      name: benchModel,
      /** What each row must have for a fit, and what it may have. */
      columns: z.array(z.string()),
      optional: z.array(z.string()),
      /** What a fit must and may be told beside the rows, such as which column says how long a customer stayed. */
      needs: z.array(z.enum(fitFlags)),
      takes: z.array(z.enum(fitFlags)),
    }),
  ),
});

/** One row: a figure for each column, named as in the files of `kezi models`; segments, covariates and features may be words. */
const row = z.record(z.string().max(100), z.union([z.number(), z.string().max(200)]));
/** Rows a request may hold, and bytes of a file that is read into a table. */
export const mostTableRows = 10_000;
export const mostTableBytes = 8 * 1024 * 1024;
/** A request body holds 1 MiB, which 10,000 rows of four figures fill. Larger files are for the command line. */
const rows = z.array(row).min(1).max(mostTableRows);
const column = z.string().min(1).max(100);
const columns = z.array(column).min(1).max(50);

/** A small table out of a file, as texts: what is more than rows may hold is cut off after one row more. */
export const modelTable = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) });

export const modelFitInput = z.object({
  name: benchModel,
  rows,
  /** Column of segments: the model is fitted to each, small ones leaning on all. Not with covariates. */
  by: column.optional(),
  /** Columns that the parameters depend on; words by level. */
  covariates: columns.optional(),
  /** Holds effects of covariates back. */
  ridge: z.number().min(0).max(1e9).optional(),
  /** Phases to an order interval, for the models of regular buyers. */
  k: z.int().min(1).max(20).optional(),
  /** Columns that say how long a customer stayed, and whether the end was seen (survival, hazard). */
  duration: column.optional(),
  event: column.optional(),
  /** Column to learn: 1 or 0, or two words. */
  label: column.optional(),
  /** Columns to learn from; all stands for those that have no other part. */
  features: z.union([z.literal('all'), columns]).optional(),
  /** Keeps every n-th row for the judgement of the model. */
  holdoutEvery: z.int().min(2).max(10_000).optional(),
  /** Number of groups; left out, the data choose. */
  clusters: z.int().min(1).max(50).optional(),
  /** Columns of customers and of periods from 1 on, and how the risk goes with the period (hazard). */
  id: column.optional(),
  period: column.optional(),
  baseline: z.enum(['log', 'each', 'constant']).optional(),
});

/** What `kezi models fit` prints for the same rows. */
export const modelFit = z.record(z.string(), z.unknown());

/** What the fit has answered, or a model written by hand: its name, and what belongs to a model of this name. */
const givenModel = z.looseObject({ name: z.enum([...benchModels, 'k-means']) });

/** Time units, or periods, to look ahead; not every model needs it. */
const horizon = z.number().positive().max(1e6);

export const modelEvaluateInput = z.object({
  model: givenModel,
  rows,
  horizon: horizon.optional(),
  /** A time unit, continuous; adds the discounted orders (renewals) still to come. */
  discountRate: z.number().positive().max(10).optional(),
  /** Adds the probabilities of 0 to so many orders. */
  pmf: z.int().min(0).max(100).optional(),
});

export const modelCurvesInput = z.object({ model: givenModel, horizon: horizon.optional() });

/** A curve that belongs to a model. `of`: the segment it stands for; null for all customers. */
const benchCurve = z.object({
  name: z.enum(['expected-orders', 'order-chances', 'survival', 'retention', 'mean-spend']),
  of: z.string().nullable(),
  x: z.array(z.number()),
  y: z.array(z.number()),
  lower: z.array(z.number()).optional(),
  upper: z.array(z.number()).optional(),
  /** A value holds until the next place. */
  isStepped: z.boolean().optional(),
});
export const modelCurves = z.object({ items: z.array(benchCurve) });

/** An answer for each row in its place: what `kezi models eval` prints, or { line, code, error } for a row without an answer. */
export const modelAnswers = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

export type BenchModel = (typeof benchModels)[number];
export type ModelList = z.infer<typeof modelList>;
export type ModelFitInput = z.infer<typeof modelFitInput>;
export type ModelEvaluateInput = z.infer<typeof modelEvaluateInput>;
export type ModelCurvesInput = z.infer<typeof modelCurvesInput>;
export type BenchCurve = z.infer<typeof benchCurve>;
export type ModelTable = z.infer<typeof modelTable>;
