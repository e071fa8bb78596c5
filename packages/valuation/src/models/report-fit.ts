import type { Fit, FitReason, FitWarning } from '@kezi/stats';

/** A fit as it is shown: plain JSON. */
export interface FitReport {
  name: string;
  parameters: Record<string, number>;
  standardErrors: Record<string, number> | null;
  /** Where a parameter is at its edge: 95 % by profile likelihood. */
  intervals?: NonNullable<AnyFit['intervals']>;
  logLikelihood: number | null;
  converged: boolean;
  reason: FitReason | null;
  warnings: FitWarning[];
}

interface AnyFit {
  name: string;
  parameters: object;
  standardErrors: object | null;
  intervals?: Fit<object>['intervals'];
  logLikelihood: number;
  converged: boolean;
  reason: FitReason | null;
  warnings: FitWarning[];
}

/** A model that was not tried, for want of customers or within its bounds, has no likelihood. */
export const triedLikelihood = (logLikelihood: number): number | null =>
  logLikelihood > -Number.MAX_VALUE ? logLikelihood : null;

export function fitReport(fit: AnyFit): FitReport {
  return {
    name: fit.name,
    parameters: { ...fit.parameters },
    standardErrors: fit.standardErrors === null ? null : { ...fit.standardErrors },
    ...(fit.intervals ? { intervals: fit.intervals } : {}),
    logLikelihood: triedLikelihood(fit.logLikelihood),
    converged: fit.converged,
    reason: fit.reason,
    warnings: fit.warnings,
  };
}
