import { regularisedGammaQ } from '../special/incomplete-gamma.js';
import { normalQuantile } from '../special/normal.js';
import { spearmanCorrelation } from './correlation.js';

/** Spearman's rank correlation with what chance could make of it. */
export interface RankCorrelation {
  correlation: number;
  /** Interval of the given level; null for fewer than 10 customers or a correlation of one. */
  lower: number | null;
  upper: number | null;
  /** Two-sided probability of one as large in independent columns. */
  pValue: number | null;
}

const FEWEST = 10;

/**
 * Rank correlation of two columns with its interval on Fisher's z, whose variance is (1 + r^2 / 2) / (n - 3) (Bonett &
 * Wright 2000), and the test of independence by the variance 1 / (n - 1) (Kendall & Gibbons 1990). `weight` counts
 * customers. O(n log n).
 */
export function rankCorrelation(
  a: Float64Array,
  b: Float64Array,
  weight: Float64Array,
  level = 0.95,
): RankCorrelation {
  const customers = weight.reduce((sum, w) => sum + w, 0);
  const correlation = spearmanCorrelation(a, b, weight);
  if (customers < FEWEST || Math.abs(correlation) > 1 - 1e-12)
    return { correlation, lower: null, upper: null, pValue: null };
  const reach = normalQuantile(0.5 + level / 2) * Math.sqrt((1 + correlation ** 2 / 2) / (customers - 3));
  const z = Math.atanh(correlation);
  return {
    correlation,
    lower: Math.tanh(z - reach),
    upper: Math.tanh(z + reach),
    pValue: regularisedGammaQ(0.5, ((customers - 1) * correlation ** 2) / 2),
  };
}
