import type { Fit, FitOptions, FitReason } from '../optimise/fit-by-likelihood.js';
import { fitBetaGeometric, preparePurchases, type BetaGeometricParameters } from './fit-beta-geometric.js';
import { fitNbdToTables, type NbdParameters } from './nbd.js';
import type { PurchaseModel } from './purchase-model.js';
import type { PurchaseSummary } from './purchase-summary.js';

export type PurchaseFit = Fit<BetaGeometricParameters> | Fit<NbdParameters>;

export interface PurchaseModelChoice {
  /** The model to use; null when not even the NBD can be fitted (then `reason` says why). */
  model: PurchaseModel | null;
  /** The fit of that model, or the last one tried. */
  fit: PurchaseFit;
  /** Every fit that was tried, the chosen one among them, for the model card. */
  candidates: PurchaseFit[];
  /** Why the model is not the one that was asked for, or why there is none; null when all went well. */
  reason: FitReason | null;
}

export interface PurchaseFitOptions extends FitOptions {
  /** 'auto' (default) takes the higher likelihood of BG/NBD and MBG/NBD; both have four parameters, so AIC agrees. */
  model?: 'auto' | 'bg-nbd' | 'mbg-nbd';
}

function modelOf(fit: Fit<BetaGeometricParameters>): PurchaseModel {
  return { name: fit.name as 'bg-nbd' | 'mbg-nbd', parameters: fit.parameters };
}

/**
 * Fits the wanted models and chooses the one to trust: the converged one of highest likelihood; where none converged
 * (no dropout visible, too few repeaters ...) the NBD, with the reason; where that fails too, none.
 */
export function fitPurchaseModel(
  summary: PurchaseSummary,
  options: PurchaseFitOptions = {},
): PurchaseModelChoice {
  const wanted = options.model ?? 'auto';
  const candidates: Fit<BetaGeometricParameters>[] = [];
  const prepared = preparePurchases(summary);
  if (wanted !== 'mbg-nbd') candidates.push(fitBetaGeometric('bg-nbd', 0, prepared, options));
  if (wanted !== 'bg-nbd') candidates.push(fitBetaGeometric('mbg-nbd', 1, prepared, options));
  const trusted = candidates.filter((fit) => fit.converged).sort((a, b) => b.logLikelihood - a.logLikelihood);
  const best = trusted[0];
  if (best) return { model: modelOf(best), fit: best, candidates, reason: null };
  const fallback = fitNbdToTables(prepared.tables, options);
  const all = [...candidates, fallback];
  const reason = candidates[0]?.reason ?? fallback.reason;
  const likelihoodExists = fallback.reason === null || fallback.reason === 'parameter-at-edge';
  if (!likelihoodExists) return { model: null, fit: fallback, candidates: all, reason: fallback.reason };
  return { model: { name: 'nbd', parameters: fallback.parameters }, fit: fallback, candidates: all, reason };
}
