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
    }),
  ),
});

/** One row: a figure for each column, named as in the files of `kezi models`. */
const row = z.record(z.string().max(40), z.number());
/** A request body holds 1 MiB, which 10,000 rows of four figures fill. Larger files are for the command line. */
const rows = z.array(row).min(1).max(10_000);

export const modelFitInput = z.object({ name: benchModel, rows });

/** What `kezi models fit` prints for the same rows. */
export const modelFit = z.record(z.string(), z.unknown());

export const modelEvaluateInput = z.object({
  model: z.object({ name: benchModel, parameters: z.record(z.string(), z.number()) }),
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
