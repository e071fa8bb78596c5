import {
  fitNotTried,
  PLATEAU,
  type Fit,
  type FitOptions,
  type FitReason,
  type FitWarning,
} from '../optimise/fit-by-likelihood.js';
import { likelihoodTables, type LikelihoodTables } from './beta-geometric-likelihood.js';
import { momentStart } from './moment-start.js';
import { fitNbdToTables } from './nbd.js';
import { checkPurchaseSummary, type PurchaseSummary } from './purchase-summary.js';

/** Fewer repeaters than this cannot settle four parameters. */
const FEWEST_REPEATERS = 10;
/** Below this many the standard errors are rough, and the fit says so. */
const FEW_REPEATERS = 100;
/** Gain in log-likelihood over the NBD that two more parameters must bring to be worth it (AIC). */
const WORTH_TWO_PARAMETERS = 2;
/** 95 % point of chi-squared with two degrees of freedom, halved: what two useless parameters may gain. */
const CHANCE_GAIN = 2.996;
/** A dropout as small as this is none within any horizon we look at. */
const NO_DROPOUT = 1e-4;

/** A gamma of this shape has a standard deviation of a tenth of its mean; a beta of that size spreads by 0.05 at most. */
const HARDLY_VARIES = 100;

/** What the models of this folder call the shapes of rates (r) and of dropout. */
type Shapes = Partial<Record<'r' | 'a' | 'b' | 's', number>>;

/**
 * Which of the two differences between customers the fit has let go: everybody has nearly the same rate, or dropout. A shape
 * of dropout with a standard error above it is not told from one without end, which is no difference at all.
 */
function vanishedSpread({ parameters, standardErrors }: Fit<object>): FitWarning[] {
  const { r = 0, a = 0, b = 0, s = 0 }: Shapes = parameters;
  const { s: errorOfS = 0 }: Shapes = standardErrors ?? {};
  const warnings: FitWarning[] = [];
  if (r > HARDLY_VARIES) warnings.push('rates-hardly-vary');
  if (a + b > HARDLY_VARIES || s > HARDLY_VARIES || errorOfS > s) warnings.push('dropout-hardly-varies');
  return warnings;
}

/** Where the search for the twin ends: its mean log-likelihood is then right to the square of this. */
const TWIN_GRADIENT = 1e-5;

/** What every fit of a model with dropout needs to know of its data first. */
export interface PurchaseEvidence {
  customers: number;
  repeaters: number;
  meanAge: number;
  /** Moment start of the order rates. */
  r: number;
  alpha: number;
  /** Why a fit need not be tried; null when it may. */
  refusal: FitReason | null;
  /** Log-likelihood of the best NBD: the same model without dropout. */
  nbdLogLikelihood: () => number;
}

/** Counts and starts of a summary whose tables were made. One pass over its distinct values. */
export function evidenceIn(tables: LikelihoodTables, options: FitOptions): PurchaseEvidence {
  const { x, t, customersByX, customersByT, customers } = tables;
  const repeaters = x.reduce((sum, value, i) => sum + (value > 0 ? customersByX[i]! : 0), 0);
  const time = t.reduce((sum, age, i) => sum + age * customersByT[i]!, 0);
  const few =
    repeaters === 0 ? 'no-repeat-orders' : repeaters < FEWEST_REPEATERS ? 'too-few-repeaters' : null;
  return {
    customers,
    repeaters,
    meanAge: time > 0 ? time / customers : 1,
    ...momentStart(tables),
    refusal: customers > 0 ? few : 'no-customers',
    nbdLogLikelihood: () =>
      fitNbdToTables(tables, {
        ...options,
        gradientTolerance: TWIN_GRADIENT,
        standardErrors: false,
        edgeIntervals: false,
      }).logLikelihood,
  };
}

/** The same of a summary. RangeError for an invalid one. */
export function purchaseEvidence(summary: PurchaseSummary, options: FitOptions): PurchaseEvidence {
  checkPurchaseSummary(summary);
  return evidenceIn(likelihoodTables(summary), options);
}

/** The outcome when a fit need not be tried. */
export function refuse<P>(name: string, parameters: P, evidence: PurchaseEvidence): Fit<P> {
  return fitNotTried(name, parameters, evidence.customers, evidence.refusal ?? 'not-converged');
}

/**
 * Compares a fit with the NBD, which is the same model without dropout. Where dropout gains less than its two
 * parameters cost, its estimate is noise (a standard error above the estimate is typical) and nothing rests on it. `dropout`:
 * share of customers that leave, an order or over the mean age, whichever the model speaks of. Where dropout is plain but a
 * parameter ran to its edge on a plateau, customers do not differ in it as far as the data tell: the limit is a model like any
 * other, usable with a warning, without standard errors.
 */
export function judgeDropout<F extends Fit<object>>(fit: F, dropout: number, evidence: PurchaseEvidence): F {
  if (fit.reason === 'likelihood-out-of-bounds') return fit;
  const gain = fit.logLikelihood - evidence.nbdLogLikelihood();
  if (gain < WORTH_TWO_PARAMETERS || dropout < NO_DROPOUT)
    return { ...fit, converged: false, reason: 'no-dropout-visible' };
  const warnings = [...fit.warnings, ...vanishedSpread(fit)];
  const isPlateau = fit.reason === 'parameter-at-edge' && fit.gradientNorm < PLATEAU;
  if (gain < CHANCE_GAIN) warnings.push('dropout-not-significant');
  if (evidence.repeaters < FEW_REPEATERS) warnings.push('few-repeaters');
  return isPlateau ? { ...fit, converged: true, reason: null, warnings } : { ...fit, warnings };
}
