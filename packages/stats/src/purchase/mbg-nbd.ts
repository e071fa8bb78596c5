import type { Fit, FitOptions } from '../optimise/fit-by-likelihood.js';
import {
  betaGeometricLogLikelihood,
  fitBetaGeometric,
  preparePurchases,
  type BetaGeometricParameters,
} from './fit-beta-geometric.js';
import type { PurchaseSummary } from './purchase-summary.js';

/**
 * Fits MBG/NBD by maximum likelihood: as BG/NBD, but a customer may leave right after his first order too, so that
 * buyers of one order are not all alive for ever. Source: Batislam, Denizel & Filiztekin 2007, 'Empirical validation
 * and comparison of models for customer base analysis', IJRM 24(3), eq. 5. Units, errors, cost as fitBgNbd.
 */
export function fitMbgNbd(summary: PurchaseSummary, options: FitOptions = {}): Fit<BetaGeometricParameters> {
  return fitBetaGeometric('mbg-nbd', 1, preparePurchases(summary), options);
}

/** Log-likelihood of a summary under MBG/NBD, Batislam, Denizel & Filiztekin 2007, eq. 5. */
export function logLikelihoodMbgNbd(parameters: BetaGeometricParameters, summary: PurchaseSummary): number {
  return betaGeometricLogLikelihood(parameters, 1, summary);
}
