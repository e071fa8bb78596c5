import { CodedError } from '@kezi/contract/errors';
import type { FeatureCut } from '../features/customer-feature.js';
import { dayNumberOf, isoDateOf } from '../features/day-number.js';
import type { Lake } from '../lake/lake-manifest.js';

/** Days between which the lake's lines lie; CodedError valuation.no_orders when it has none. */
function spanOf(lake: Lake): { first: number; last: number } {
  const days = lake.manifest.totals.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]);
  if (days.length === 0) throw new CodedError('valuation.no_orders');
  return { first: Math.min(...days), last: Math.max(...days) };
}

/**
 * As-of day and end of calibration as day numbers. lastDay stays null when the last order day is meant, which only the
 * features know. CodedError valuation.calibration_outside when the calibration does not end inside the history.
 */
export function planDays(
  lake: Lake,
  settings: { asOf?: string | undefined; calibrationEnd?: string | undefined },
): FeatureCut {
  const span = spanOf(lake);
  const lastDay = settings.asOf === undefined ? null : dayNumberOf(settings.asOf);
  const end = lastDay ?? span.last;
  const none = { lastDay, calibrationEnd: null, periodStart: null };
  if (settings.calibrationEnd === undefined) return none;
  const calibrationEnd =
    settings.calibrationEnd === 'quarter'
      ? Math.floor(span.first + 0.75 * (end - span.first))
      : dayNumberOf(settings.calibrationEnd);
  if (calibrationEnd < span.first || calibrationEnd >= end) {
    if (settings.calibrationEnd === 'quarter') return none;
    throw new CodedError('valuation.calibration_outside', {
      calibrationEnd: settings.calibrationEnd,
      firstDay: isoDateOf(span.first),
      lastDay: isoDateOf(end),
    });
  }
  return { lastDay, calibrationEnd, periodStart: Math.max(span.first, 2 * calibrationEnd - end + 1) };
}
