import { fitByLikelihood, fitNotTried, type Fit, type FitOptions } from '../optimise/fit-by-likelihood.js';
import {
  betaGeometricObjective,
  likelihoodTables,
  type LikelihoodTables,
} from './beta-geometric-likelihood.js';
import { betaGeometricHessian } from './beta-geometric-hessian.js';
import { momentStart } from './moment-start.js';
import { fitNbdToTables } from './nbd.js';
import { checkPurchaseSummary, coarsenSummary, type PurchaseSummary } from './purchase-summary.js';

/** BG/NBD and MBG/NBD: rates Gamma(r, alpha), dropout probability after an order Beta(a, b). alpha in units of time. */
export interface BetaGeometricParameters {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** Fewer repeaters than this cannot settle four parameters. */
const FEWEST_REPEATERS = 10;
/** Below this many the standard errors are rough, and the fit says so. */
const FEW_REPEATERS = 100;
/** From this many triples on the first approach is made on coarse cells. */
const COARSE_FROM = 3000;
/** Gain in log-likelihood over the NBD that two more parameters must bring to be worth it (AIC). */
const WORTH_TWO_PARAMETERS = 2;
/** Mean dropout a / (a + b) an order below which nobody leaves within any horizon we look at. */
const NO_DROPOUT = 1e-4;
/** 95 % point of chi-squared with two degrees of freedom, halved: what two useless parameters may gain. */
const CHANCE_GAIN = 2.996;

const betaGeometricNames = ['r', 'alpha', 'a', 'b'] as const;

/** A summary made ready to be fitted: what both models need of it, worked out once. */
interface PreparedPurchases {
  tables: LikelihoodTables;
  /** Null where there are so few triples that coarse cells would save nothing. */
  coarse: LikelihoodTables | null;
}

/** RangeError for an invalid summary. Linear, about 300 ns a row. */
export function preparePurchases(summary: PurchaseSummary): PreparedPurchases {
  checkPurchaseSummary(summary);
  const tables = likelihoodTables(summary);
  return { tables, coarse: tables.size > COARSE_FROM ? likelihoodTables(coarsenSummary(summary)) : null };
}

function repeatersIn(tables: LikelihoodTables): number {
  return tables.x.reduce((sum, x, i) => sum + (x > 0 ? tables.customersByX[i]! : 0), 0);
}

/** Three starts: middling, low and quick dropout. The rate while alive is above the mean rate, hence the smaller alphas. */
function startsFrom(tables: LikelihoodTables): Float64Array[] {
  const { r, alpha } = momentStart(tables);
  const start = (...values: number[]): Float64Array => Float64Array.from(values, Math.log);
  return [start(r, alpha * 0.7, 1, 2.5), start(r, alpha, 0.15, 2), start(r, alpha * 0.4, 2, 2)];
}

/**
 * Fit of BG/NBD (shift 0) or MBG/NBD (shift 1): several starts, on coarse cells first when there are many triples, a
 * polish on all of them, the Hessian at the end. A likelihood that has no use for dropout is told apart from
 * one that does not converge, by its gain over the NBD.
 */
export function fitBetaGeometric(
  name: 'bg-nbd' | 'mbg-nbd',
  shift: 0 | 1,
  { tables, coarse }: PreparedPurchases,
  options: FitOptions = {},
): Fit<BetaGeometricParameters> {
  const { r, alpha } = momentStart(tables);
  const notTried = { r, alpha, a: 1, b: 2.5 };
  const repeaters = repeatersIn(tables);
  if (!(tables.customers > 0)) return fitNotTried(name, notTried, 0, 'no-customers');
  if (repeaters === 0) return fitNotTried(name, notTried, tables.customers, 'no-repeat-orders');
  if (repeaters < FEWEST_REPEATERS) return fitNotTried(name, notTried, tables.customers, 'too-few-repeaters');
  const fit = fitByLikelihood<BetaGeometricParameters>(
    {
      name,
      names: betaGeometricNames,
      customers: tables.customers,
      objective: betaGeometricObjective(tables, shift),
      hessian: betaGeometricHessian(tables, shift),
      coarse: coarse ? betaGeometricObjective(coarse, shift) : undefined,
      coarseHessian: coarse ? betaGeometricHessian(coarse, shift) : undefined,
      starts: startsFrom(coarse ?? tables),
      centre: [0, Math.log(alpha / r), 0, 0],
    },
    options,
  );
  return judge(fit, fitNbdToTables(tables, { ...options, standardErrors: false }).logLikelihood, repeaters);
}

/**
 * Compares with the NBD, which is the same model with a = 0. Where dropout gains less than its two parameters cost, its
 * estimate is noise (a standard error above the estimate is typical) and nothing rests on it.
 */
function judge(
  fit: Fit<BetaGeometricParameters>,
  nbdLogLikelihood: number,
  repeaters: number,
): Fit<BetaGeometricParameters> {
  if (fit.reason === 'likelihood-out-of-bounds') return fit;
  const { a, b } = fit.parameters;
  const gain = fit.logLikelihood - nbdLogLikelihood;
  if (gain < WORTH_TWO_PARAMETERS || a / (a + b) < NO_DROPOUT)
    return { ...fit, converged: false, reason: 'no-dropout-visible' };
  const warnings = [...fit.warnings];
  if (gain < CHANCE_GAIN) warnings.push('dropout-not-significant');
  if (repeaters < FEW_REPEATERS) warnings.push('few-repeaters');
  return { ...fit, warnings };
}

/** Log-likelihood of a summary under BG/NBD (shift 0) or MBG/NBD (shift 1). RangeError for parameters that are not positive. */
export function betaGeometricLogLikelihood(
  parameters: BetaGeometricParameters,
  shift: 0 | 1,
  summary: PurchaseSummary,
): number {
  checkPurchaseSummary(summary);
  const point = Float64Array.from(betaGeometricNames, (name) => {
    if (!(parameters[name] > 0))
      throw new RangeError(`parameter ${name} must be positive, got ${parameters[name]}`);
    return Math.log(parameters[name]);
  });
  const tables = likelihoodTables(summary);
  return -betaGeometricObjective(tables, shift)(point, new Float64Array(4)) * tables.customers;
}
