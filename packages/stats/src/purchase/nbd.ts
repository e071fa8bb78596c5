import { fitByLikelihood, fitNotTried, type Fit, type FitOptions } from '../optimise/fit-by-likelihood.js';
import type { Objective } from '../optimise/lbfgs.js';
import { nbdHessian } from './beta-geometric-hessian.js';
import {
  fillNbdLogs,
  likelihoodTables,
  nbdPart,
  newNbdLogs,
  type LikelihoodTables,
} from './beta-geometric-likelihood.js';
import { momentStart } from './moment-start.js';
import { checkPurchaseSummary, type PurchaseSummary } from './purchase-summary.js';

/** Order rates of customers are Gamma(r, alpha) distributed; nobody leaves. alpha is in units of time. */
export interface NbdParameters {
  r: number;
  alpha: number;
}

/** Mean negative log-likelihood a customer in (ln r, ln alpha). Costs one pass over the distinct frequencies and ages. */
export function nbdObjective(tables: LikelihoodTables): Objective {
  const logs = newNbdLogs(tables);
  return (point, gradient) => {
    const r = Math.exp(point[0]!);
    const alpha = Math.exp(point[1]!);
    gradient.fill(0);
    if (!(r > 1e-300 && r < 1e300 && alpha > 1e-300 && alpha < 1e300)) return Number.POSITIVE_INFINITY;
    fillNbdLogs(logs, tables, r, alpha);
    const value = nbdPart(tables, logs, { r, alpha }, gradient);
    gradient[0] = (-gradient[0]! * r) / tables.customers;
    gradient[1] = (-gradient[1]! * alpha) / tables.customers;
    return -value / tables.customers;
  };
}

/** As fitNbd, on tables that were prepared already. */
export function fitNbdToTables(tables: LikelihoodTables, options: FitOptions = {}): Fit<NbdParameters> {
  const start = momentStart(tables);
  if (!(tables.customers > 0)) return fitNotTried('nbd', start, 0, 'no-customers');
  if (tables.x.every((x, i) => x === 0 || tables.customersByX[i] === 0)) {
    return fitNotTried('nbd', start, tables.customers, 'no-repeat-orders');
  }
  return fitByLikelihood<NbdParameters>(
    {
      name: 'nbd',
      names: ['r', 'alpha'],
      customers: tables.customers,
      objective: nbdObjective(tables),
      hessian: nbdHessian(tables),
      starts: [Float64Array.of(Math.log(start.r), Math.log(start.alpha))],
      centre: [0, Math.log(start.alpha / start.r)],
    },
    options,
  );
}

/**
 * Fits the NBD (Ehrenberg 1959; timing form as in Fader & Hardie 2005) by maximum likelihood. It has no dropout: the
 * plain rule for data in which none is visible, and the twin that richer models must beat. The likelihood has the same
 * constants as BG/NBD, so the two can be compared. RangeError only for an invalid summary. Under 1 ms for any size
 * after one pass over the rows.
 */
export function fitNbd(summary: PurchaseSummary, options: FitOptions = {}): Fit<NbdParameters> {
  checkPurchaseSummary(summary);
  return fitNbdToTables(likelihoodTables(summary), options);
}

/** Log-likelihood of a summary under an NBD with the given parameters. */
export function logLikelihoodNbd(parameters: NbdParameters, summary: PurchaseSummary): number {
  checkPurchaseSummary(summary);
  const tables = likelihoodTables(summary);
  const logs = newNbdLogs(tables);
  fillNbdLogs(logs, tables, parameters.r, parameters.alpha);
  return nbdPart(tables, logs, parameters, new Float64Array(2));
}
