import { fitByLikelihood, type Fit, type FitOptions } from '../optimise/fit-by-likelihood.js';
import { fitBgNbd } from './bg-nbd.js';
import { checkPositive } from './check-arguments.js';
import { judgeDropout, purchaseEvidence, refuse, type PurchaseEvidence } from './dropout-evidence.js';
import type { BetaGeometricParameters } from './fit-beta-geometric.js';
import { fitMbgNbd } from './mbg-nbd.js';
import { checkPurchaseSummary, coarsenSummary, distinctTriples } from './purchase-summary.js';
import { regularObjective, type RegularSummary } from './regular-likelihood.js';
import type { RegularParameters } from './regular-process.js';

export interface RegularFitOptions extends FitOptions {
  /** Phases to an order interval; left out, 1 to 6 are tried and the likelihood chooses. */
  k?: number;
}

/** Outcome with the log-likelihood of every k that was tried, for the model card. k is chosen: its error stands as 0. */
export interface RegularFit extends Fit<RegularParameters> {
  tried: { k: number; logLikelihood: number }[];
}

type RegularName = 'bg-cnbd-k' | 'mbg-cnbd-k';

/** More even than this no one buys: at six phases the spread of intervals is 0.41 of their mean. */
const LARGEST_TRIED = 6;
/** Beyond this the intervals are a clock; the sums over phases would lose digits. */
const LARGEST_K = 20;
const COARSE_FROM = 3000;
const names = ['r', 'alpha', 'a', 'b'] as const;

/** RangeError unless k is a whole number from 1 to 20 and the other parameters are positive. */
export function checkRegularParameters(parameters: RegularParameters): void {
  const { k } = parameters;
  if (!(Number.isInteger(k) && k >= 1 && k <= LARGEST_K))
    throw new RangeError(
      `parameter k must be a whole number from 1 to ${LARGEST_K}, got ${JSON.stringify(k)}`,
    );
  checkPositive(parameters, names);
}

/** Puts k beside the parameters that were estimated; it has no variance. */
function withK(fit: Fit<BetaGeometricParameters>, name: RegularName, k: number): Fit<RegularParameters> {
  return {
    ...fit,
    name,
    parameters: { k, ...fit.parameters },
    standardErrors: fit.standardErrors && { k: 0, ...fit.standardErrors },
    covariance: fit.covariance && [[0, 0, 0, 0, 0], ...fit.covariance.map((row) => [0, ...row])],
  };
}

function fitGivenK(
  name: RegularName,
  k: number,
  summary: RegularSummary,
  evidence: PurchaseEvidence,
  options: FitOptions,
): Fit<RegularParameters> {
  const shift = name === 'bg-cnbd-k' ? 0 : 1;
  if (k === 1) return withK((shift === 0 ? fitBgNbd : fitMbgNbd)(summary, options), name, 1);
  const { r, customers } = evidence;
  // k phases to an order: phases come k times as fast.
  const alpha = evidence.alpha / k;
  const start = (...values: number[]): Float64Array => Float64Array.from(values, Math.log);
  const coarse = summary.frequency.length > COARSE_FROM ? coarsenSummary(summary) : null;
  const fit = fitByLikelihood<BetaGeometricParameters>(
    {
      name,
      names,
      customers,
      objective: regularObjective(summary, k, shift),
      coarse: coarse ? regularObjective(coarse, k, shift) : undefined,
      starts: [start(r, alpha * 0.7, 1, 2.5), start(r, alpha, 0.15, 2), start(r, alpha * 0.4, 2, 2)],
      centre: [0, Math.log(alpha / r), 0, 0],
    },
    options,
  );
  return withK(fit, name, k);
}

/** ln of a dropout that is none even after a silence as long as doubles can tell. */
const LN_NOBODY_LEAVES = -575;

/** Log-likelihood of the best model of the same regularity in which nobody leaves: an NBD of phases. */
function withoutDropout(
  name: RegularName,
  k: number,
  summary: RegularSummary,
  evidence: PurchaseEvidence,
  options: FitOptions,
): number {
  const whole = regularObjective(summary, k, name === 'bg-cnbd-k' ? 0 : 1);
  const slopes = new Float64Array(4);
  const alpha = evidence.alpha / k;
  const fit = fitByLikelihood<{ r: number; alpha: number }>(
    {
      name,
      names: ['r', 'alpha'],
      customers: evidence.customers,
      objective: (point, gradient) => {
        const value = whole(Float64Array.of(point[0]!, point[1]!, LN_NOBODY_LEAVES, 0), slopes);
        gradient.set(slopes.subarray(0, 2));
        return value;
      },
      starts: [Float64Array.of(Math.log(evidence.r), Math.log(alpha))],
      centre: [0, Math.log(alpha / evidence.r)],
    },
    { ...options, standardErrors: false },
  );
  return fit.logLikelihood;
}

const isAtEdge = ({ warnings }: Fit<object>): boolean =>
  warnings.some((warning) => warning.startsWith('at-edge-'));

/** Fits one k after another until the likelihood falls: it has one hill in k. */
function fitRegular(name: RegularName, given: RegularSummary, options: RegularFitOptions): RegularFit {
  // Customers alike are one row; where their intervals are known they are not alike.
  const summary = given.lnIntervals ? given : distinctTriples(given).summary;
  const { k, edgeIntervals = false, ...fitOptions } = options;
  const evidence = purchaseEvidence(summary, options);
  const { r, alpha } = evidence;
  if (k !== undefined) checkRegularParameters({ k, r, alpha, a: 1, b: 2.5 });
  if (evidence.refusal !== null)
    return { ...refuse(name, { k: k ?? 1, r, alpha, a: 1, b: 2.5 }, evidence), tried: [] };
  const tried: RegularFit['tried'] = [];
  let best: Fit<RegularParameters> | null = null;
  for (let now = k ?? 1; now <= (k ?? LARGEST_TRIED); now++) {
    const fit = fitGivenK(name, now, summary, evidence, fitOptions);
    tried.push({ k: now, logLikelihood: fit.logLikelihood });
    if (best !== null && !(fit.logLikelihood > best.logLikelihood)) break;
    best = fit;
  }
  const found = best ?? refuse(name, { k: 1, r, alpha, a: 1, b: 2.5 }, evidence);
  const { a, b, k: chosen } = found.parameters;
  // Intervals cost as much as many fits: for the chosen k alone.
  const fit =
    edgeIntervals && isAtEdge(found)
      ? fitGivenK(name, chosen, summary, evidence, { ...fitOptions, edgeIntervals })
      : found;
  // For k = 1 the fit has been judged.
  if (chosen === 1) return { ...fit, tried };
  const twin = () => withoutDropout(name, chosen, summary, evidence, fitOptions);
  return { ...judgeDropout(fit, a / (a + b), { ...evidence, nbdLogLikelihood: twin }), tried };
}

/**
 * Fits BG/CNBD-k by maximum likelihood: as BG/NBD, but order intervals are Erlang-k, more even than chance. Source:
 * Reutterer, Platzer & Schroeder 2021, 'Leveraging purchase regularity for predicting customer behavior the easy way', IJRM
 * 38(1), eq. 5. k = 1 is BG/NBD. Without lnIntervals k is judged by the time of the last order alone. alpha in units
 * of time a phase. RangeError only for an invalid summary or k; everything else is a typed reason. 0.2 microseconds
 * a row, evaluation and k.
 */
export function fitBgCnbdK(summary: RegularSummary, options: RegularFitOptions = {}): RegularFit {
  return fitRegular('bg-cnbd-k', summary, options);
}

/** Fits MBG/CNBD-k: as fitBgCnbdK, but a customer may leave right after his first order. k = 1 is MBG/NBD. */
export function fitMbgCnbdK(summary: RegularSummary, options: RegularFitOptions = {}): RegularFit {
  return fitRegular('mbg-cnbd-k', summary, options);
}

function logLikelihood(parameters: RegularParameters, shift: 0 | 1, summary: RegularSummary): number {
  checkPurchaseSummary(summary);
  checkRegularParameters(parameters);
  const customers = summary.frequency.reduce((sum, _, i) => sum + (summary.weight?.[i] ?? 1), 0);
  if (customers === 0) return 0;
  const point = Float64Array.from(names, (name) => Math.log(parameters[name]));
  return -regularObjective(summary, parameters.k, shift)(point, new Float64Array(4)) * customers;
}

/**
 * Log-likelihood of a summary under BG/CNBD-k, with the density of the timing relative to k = 1, so that different k can be
 * compared; k = 1 gives that of BG/NBD. RangeError for an invalid summary or parameters.
 */
export function logLikelihoodBgCnbdK(parameters: RegularParameters, summary: RegularSummary): number {
  return logLikelihood(parameters, 0, summary);
}

/** Log-likelihood of a summary under MBG/CNBD-k, as logLikelihoodBgCnbdK. */
export function logLikelihoodMbgCnbdK(parameters: RegularParameters, summary: RegularSummary): number {
  return logLikelihood(parameters, 1, summary);
}
