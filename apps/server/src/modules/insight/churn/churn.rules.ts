import type { ChurnReport, ChurnRun } from '@kezi/contract';
import type { SilenceReport } from '@kezi/valuation';
import { maySum } from '../../../platform/http/few-customers.js';

/** What is kept of a training for its readers; nothing in it names a customer. */
export function reportOf(report: SilenceReport, expectedRate: number | null): ChurnReport {
  const { model, silence, cuts, customers, heldOut } = report;
  return {
    model: { inUse: model.inUse, trusted: model.trusted, reason: model.reason },
    silence,
    cuts,
    customers,
    heldOut,
    expectedRate,
    candidates: report.candidates.map(({ name, auc, aucLow, aucHigh, brier, topTenthLift }) => ({
      name,
      auc,
      aucLow,
      aucHigh,
      brier,
      topTenthLift,
    })),
    calibration: report.calibration.map(({ rows, meanPredicted, rate }) => ({ rows, meanPredicted, rate })),
    features: report.features.map(({ name, share, most, least }) => ({
      name,
      share,
      most: { values: most.values, rate: most.rate },
      least: { values: least.values, rate: least.rate },
    })),
  };
}

/** A training as a reader of this scope may know it: nothing that was learnt of fewer than five customers. */
export function forReader(run: ChurnRun, scope: string): ChurnRun {
  const { report } = run;
  if (report === null) return run;
  if (!maySum(scope, report.customers.asOf)) return { ...run, report: null };
  return {
    ...run,
    report: { ...report, calibration: report.calibration.filter(({ rows }) => maySum(scope, rows)) },
  };
}
