import type { FitReason, FitWarning } from '@kezi/stats';

/** A fit as it is shown: plain JSON. */
export interface FitReport {
  name: string;
  parameters: Record<string, number>;
  standardErrors: Record<string, number> | null;
  logLikelihood: number | null;
  converged: boolean;
  reason: FitReason | null;
  warnings: FitWarning[];
}

interface AnyFit {
  name: string;
  parameters: object;
  standardErrors: object | null;
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
    // A model that was not tried has no likelihood.
    logLikelihood: fit.logLikelihood > -Number.MAX_VALUE ? fit.logLikelihood : null,
    converged: fit.converged,
    reason: fit.reason,
    warnings: fit.warnings,
  };
}
