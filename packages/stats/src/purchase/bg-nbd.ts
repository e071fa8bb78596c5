import type { Fit, FitOptions } from '../optimise/fit-by-likelihood.js';
import {
  betaGeometricLogLikelihood,
  fitBetaGeometric,
  preparePurchases,
  type BetaGeometricParameters,
} from './fit-beta-geometric.js';
import type { PurchaseSummary } from './purchase-summary.js';

/**
 * Fits BG/NBD by maximum likelihood: while alive a customer orders at a steady rate; after each repeat order he leaves
 * for good with his own probability. Source: Fader, Hardie & Lee 2005, 'Counting your customers the easy way',
 * Marketing Science 24(2), eq. 6. Times in any one unit; parameters and errors come back in it.
 * RangeError only for an invalid summary; everything else is a typed reason. About 6 ms for 1,000
 * triples and 1 s for 700,000; the first call of a process also pays for compilation.
 */
export function fitBgNbd(summary: PurchaseSummary, options: FitOptions = {}): Fit<BetaGeometricParameters> {
  return fitBetaGeometric('bg-nbd', 0, preparePurchases(summary), options);
}

/** Log-likelihood of a summary under BG/NBD, Fader, Hardie & Lee 2005, eq. 6. */
export function logLikelihoodBgNbd(parameters: BetaGeometricParameters, summary: PurchaseSummary): number {
  return betaGeometricLogLikelihood(parameters, 0, summary);
}
