import { z } from 'zod';

/** Models that can be fitted and asked over the interface; `kezi models` knows more. */
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
] as const;
const benchModel = z.enum(benchModels);

export const modelList = z.object({
  items: z.array(
    z.object({
      name: benchModel,
      /** What each row must have for a fit, and what it may have. */
      columns: z.array(z.string()),
      optional: z.array(z.string()),
      /** What a fit may be told beside the rows. */
      takes: z.array(z.enum(['by', 'covariates', 'ridge', 'k'])),
    }),
  ),
});

/** One row: a figure for each column, named as in the files of `kezi models`; segments and covariates may be words. */
const row = z.record(z.string().max(100), z.union([z.number(), z.string().max(200)]));
/** A request body holds 1 MiB, which 10,000 rows of four figures fill. Larger files are for the command line. */
const rows = z.array(row).min(1).max(10_000);

export const modelFitInput = z.object({
  name: benchModel,
  rows,
  /** Column of segments: the model is fitted to each, small ones leaning on all. Not with covariates. */
  by: z.string().min(1).max(100).optional(),
  /** Columns that the parameters depend on; words by level. */
  covariates: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
  /** Holds effects of covariates back. */
  ridge: z.number().min(0).max(1e9).optional(),
  /** Phases to an order interval, for the models of regular buyers. */
  k: z.int().min(1).max(20).optional(),
});

/** What `kezi models fit` prints for the same rows. */
export const modelFit = z.record(z.string(), z.unknown());

export const modelEvaluateInput = z.object({
  /** What the fit has answered, or a model written by hand: parameters, and with covariates or segments those of the fit. */
  model: z.object({
    name: benchModel,
    parameters: z.record(z.string(), z.number()).optional(),
    covariates: z
      .object({
        names: z.array(z.string()),
        centres: z.array(z.number()),
        effects: z.record(z.string(), z.array(z.number())),
      })
      .optional(),
    coding: z.object({ levels: z.record(z.string(), z.array(z.string())) }).optional(),
    by: z.string().optional(),
    pooled: z.object({ parameters: z.record(z.string(), z.number()) }).optional(),
    segments: z
      .array(z.object({ segment: z.string(), parameters: z.record(z.string(), z.number()) }))
      .optional(),
  }),
  rows,
  /** Time units, or periods, to look ahead; models of spend need none. */
  horizon: z.number().positive().max(1e6).optional(),
  /** A time unit, continuous; adds the discounted orders (renewals) still to come. */
  discountRate: z.number().positive().max(10).optional(),
  /** Adds the probabilities of 0 to so many orders. */
  pmf: z.int().min(0).max(100).optional(),
});

/** An answer for each row in its place: what `kezi models eval` prints, or { line, code, error } for a row without an answer. */
export const modelAnswers = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

export type BenchModel = (typeof benchModels)[number];
export type ModelList = z.infer<typeof modelList>;
export type ModelFitInput = z.infer<typeof modelFitInput>;
export type ModelEvaluateInput = z.infer<typeof modelEvaluateInput>;
