import { checkFeatures, checkNames, rowsOf, type FeatureTable } from '../features/feature-table.js';
import type { CoxModel } from './cox.js';
import { stepAt } from './kaplan-meier.js';

/**
 * Log of a customer's hazard against that of the average customer: b (x - mean), one entry a row. Its exponential is the
 * hazard ratio. RangeError for other columns than the model's, or a number that is not finite. O(n p).
 */
export function coxLogHazardRatios(model: CoxModel, table: FeatureTable): Float64Array {
  checkNames(table, model.names);
  const rows = rowsOf(table);
  checkFeatures(table, rows);
  const out = new Float64Array(rows);
  table.columns.forEach((column, j) => {
    const [slope, centre] = [model.coefficients[j]!, model.centres[j]!];
    if (slope === 0) return;
    for (let i = 0; i < rows; i++) out[i]! += slope * (column[i]! - centre);
  });
  return out;
}

/**
 * Probability of being still without the event at each of the times: exp(-H0(t) exp(b (x - mean))), row by row:
 * `result[i * times.length + k]`. After the last event seen in training the hazard is held flat: longer horizons are
 * upper bounds. RangeError as coxLogHazardRatios, or for a time that is not a number. O(n (p + times)).
 */
export function predictCoxSurvival(
  model: CoxModel,
  table: FeatureTable,
  times: readonly number[],
): Float64Array {
  const hazards = times.map((time) => {
    if (Number.isNaN(time)) throw new RangeError('predictCoxSurvival needs times, got NaN');
    const k = stepAt(model.baseline.time, time);
    return k < 0 ? 0 : model.baseline.hazard[k]!;
  });
  const ratios = coxLogHazardRatios(model, table);
  const out = new Float64Array(ratios.length * times.length);
  ratios.forEach((ratio, i) =>
    hazards.forEach((hazard, k) => {
      out[i * times.length + k] = hazard > 0 ? Math.exp(-Math.exp(Math.log(hazard) + ratio)) : 1;
    }),
  );
  return out;
}
