import {
  coarsenSummary,
  customerModel,
  customerModels,
  fitBgCnbdK,
  fitMbgCnbdK,
  fitNbd,
  fitPurchaseModel,
  type Fit,
  type FitOptions,
  type FitReason,
  type OtherModel,
  type PurchaseModel,
  type PurchaseSummary,
} from '@kezi/stats';

/** Models of repeat orders in time, the cheaper first: where two predict equally well, the order in which they are told. */
export const purchaseModelNames = [
  'nbd',
  'bg-nbd',
  'mbg-nbd',
  'pareto-nbd',
  'bg-cnbd-k',
  'mbg-cnbd-k',
] as const;

export type PurchaseModelName = (typeof purchaseModelNames)[number];
export type FittedPurchaseModel = PurchaseModel | OtherModel;

/** 'auto' lets the back-test choose; 'naive' asks for the rule without a model. */
export type WantedModel = 'auto' | 'naive' | PurchaseModelName;

export interface PurchaseChoice {
  /** The model to use; null when not even the NBD can be fitted (then `reason` says why). */
  model: FittedPurchaseModel | null;
  /** The fit of that model, or the last one tried. */
  fit: Fit<object>;
  /** Every fit that was tried, the chosen one among them. */
  candidates: Fit<object>[];
  /** Why the model is not the one that was asked for, or why there is none; null when all went well. */
  reason: FitReason | null;
}

/**
 * From so many triples on models without tables of their own, whom a triple costs 20 microseconds, are fitted on cells. Fine
 * ones are three times as fine as those of a first approach: parameters move by less than their standard errors.
 */
const FINE = { from: 20_000, recency: 96, age: 48 };
/** A comparison needs no digits beyond those of its hold-out, nor the end of a ridge. */
const ROUGH = { from: 4000, recency: 40, age: 20, gradient: 1e-6 };

interface FitOneOptions extends FitOptions {
  /** Regularity that is known; without it 1 to 6 are tried. */
  k?: number | undefined;
  /** Only to compare: the dearer models are fitted on coarser cells, and from fewer triples on. */
  roughly?: boolean;
}

/** One model fitted, whatever comes of it. */
export function fitOne(
  name: PurchaseModelName,
  summary: PurchaseSummary,
  options: FitOneOptions = {},
): Fit<object> {
  const { k, roughly = false, ...rest } = options;
  const cells = roughly ? ROUGH : FINE;
  const hasTables = name === 'nbd' || name === 'bg-nbd' || name === 'mbg-nbd';
  const onCells = !hasTables && summary.frequency.length > cells.from;
  const rows = onCells ? coarsenSummary(summary, cells) : summary;
  const given = roughly
    ? { ...(onCells ? { gradientTolerance: ROUGH.gradient } : {}), ...rest }
    : { edgeIntervals: true, ...rest };
  const regular = k === undefined ? given : { ...given, k };
  const fit: Fit<object> =
    name === 'bg-cnbd-k'
      ? fitBgCnbdK(rows, regular)
      : name === 'mbg-cnbd-k'
        ? fitMbgCnbdK(rows, regular)
        : customerModels[name].fit(rows, given);
  return onCells ? { ...fit, warnings: [...fit.warnings, 'not-polished-on-all'] } : fit;
}

/** A fit as the model to use. */
export function modelOfFit(fit: Fit<object>): FittedPurchaseModel {
  return customerModel(fit) as FittedPurchaseModel;
}

/** As for the models with dropout: fewer settle nothing. */
const FEWEST_REPEATERS = 10;

function repeatersIn({ frequency, weight }: PurchaseSummary): number {
  return frequency.reduce((sum, x, i) => sum + (x > 0 ? (weight?.[i] ?? 1) : 0), 0);
}

/**
 * Fits the wanted model. 'auto': the likelier of BG/NBD and MBG/NBD. Where the fit cannot be trusted the NBD stands in, with
 * the reason; where that fails too, none.
 */
export function fitPurchase(
  summary: PurchaseSummary,
  wanted: Exclude<WantedModel, 'naive'>,
  k?: number,
): PurchaseChoice {
  if (wanted === 'auto' || wanted === 'bg-nbd' || wanted === 'mbg-nbd')
    return fitPurchaseModel(summary, { model: wanted, edgeIntervals: true });
  const fit = fitOne(wanted, summary, { k });
  const few = wanted === 'nbd' && repeatersIn(summary) < FEWEST_REPEATERS;
  if (few && fit.converged)
    return { model: modelOfFit(fit), fit, candidates: [fit], reason: 'too-few-repeaters' };
  if (fit.converged) return { model: modelOfFit(fit), fit, candidates: [fit], reason: null };
  const fallback = wanted === 'nbd' ? fit : fitNbd(summary);
  const candidates = wanted === 'nbd' ? [fit] : [fit, fallback];
  const hasLikelihood = fallback.reason === null || fallback.reason === 'parameter-at-edge';
  if (!hasLikelihood) return { model: null, fit: fallback, candidates, reason: fallback.reason };
  return { model: modelOfFit(fallback), fit: fallback, candidates, reason: fit.reason };
}
