import { regularisedGammaQ } from '../special/incomplete-gamma.js';
import { normalQuantile } from '../special/normal.js';

/** One line of a regression table, in the reader's units: change of the linear predictor for one unit of the column. */
export interface Coefficient {
  name: string;
  /** 0 for a column that was left out. */
  estimate: number;
  /** Null where there is none: column left out, penalised fit, fit not trusted. */
  standardError: number | null;
  /** Wald interval of the given level. */
  lower: number | null;
  upper: number | null;
  /** Wald's z and the two-sided probability of a larger one: erfc(|z| / sqrt 2) = Q(1/2, z^2 / 2). */
  z: number | null;
  pValue: number | null;
}

/** A line of the table from an estimate and its variance. */
export function coefficientLine(
  name: string,
  estimate: number,
  variance: number | null,
  level: number,
): Coefficient {
  if (variance === null || !(variance > 0) || !Number.isFinite(variance)) {
    return { name, estimate, standardError: null, lower: null, upper: null, z: null, pValue: null };
  }
  const standardError = Math.sqrt(variance);
  const reach = normalQuantile(0.5 + level / 2) * standardError;
  const z = estimate / standardError;
  return {
    name,
    estimate,
    standardError,
    lower: estimate - reach,
    upper: estimate + reach,
    z,
    pValue: regularisedGammaQ(0.5, (z * z) / 2),
  };
}

/** RangeError unless a confidence level lies between 0 and 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a confidence level lies between 0 and 1, got ${level}`);
}
