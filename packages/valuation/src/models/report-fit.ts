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

export function fitReport(fit: AnyFit): FitReport {
  return {
    name: fit.name,
    parameters: { ...fit.parameters },
    standardErrors: fit.standardErrors === null ? null : { ...fit.standardErrors },
    ...(fit.intervals ? { intervals: fit.intervals } : {}),
    // A model that was not tried has no likelihood.
    logLikelihood: fit.logLikelihood > -Number.MAX_VALUE ? fit.logLikelihood : null,
    converged: fit.converged,
    reason: fit.reason,
    warnings: fit.warnings,
  };
}
