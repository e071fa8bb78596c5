import { fitByLikelihood, type Fit, type FitOptions } from '../optimise/fit-by-likelihood.js';
import {
  betaGeometricObjective,
  likelihoodTables,
  type LikelihoodTables,
} from './beta-geometric-likelihood.js';
import { betaGeometricHessian } from './beta-geometric-hessian.js';
import { evidenceIn, judgeDropout, refuse } from './dropout-evidence.js';
import { momentStart } from './moment-start.js';
import { checkPurchaseSummary, coarsenSummary, type PurchaseSummary } from './purchase-summary.js';

/** BG/NBD and MBG/NBD: rates Gamma(r, alpha), dropout probability after an order Beta(a, b). alpha in units of time. */
export interface BetaGeometricParameters {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/**
 * Cells for the first approach, by the triples from which on they are worth their making: they keep the optimum within a few
 * per cent.
 */
const FIRST_CELLS = [
  { from: 3000, recency: 32, age: 16 },
  { from: 300, recency: 12, age: 4 },
];

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
  const cells = FIRST_CELLS.find(({ from }) => tables.size > from);
  return { tables, coarse: cells ? likelihoodTables(coarsenSummary(summary, cells)) : null };
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
  const evidence = evidenceIn(tables, options);
  const { r, alpha } = evidence;
  if (evidence.refusal !== null) return refuse(name, { r, alpha, a: 1, b: 2.5 }, evidence);
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
  const { a, b } = fit.parameters;
  return judgeDropout(fit, a / (a + b), evidence);
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
