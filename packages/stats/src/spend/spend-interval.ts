import { gammaQuantile } from '../special/incomplete-gamma.js';
import { checkLevel } from '../linear/coefficients.js';
import { spendPosterior, type SpendModel } from './gamma-gamma.js';

/**
 * Interval of a customer's mean spend an order given x repeat orders of mean spend m: the posterior is inverse gamma, so its
 * quantiles are scale / those of a gamma variate. Fader & Hardie 2013, section 3. Unit of m; level 0.8 by
 * default, as for values of customers. RangeError as spendPosterior. About 5 microseconds.
 */
export function spendInterval(
  model: SpendModel,
  x: number,
  m: number,
  level = 0.8,
): { lower: number; upper: number } {
  checkLevel(level);
  const { shape, scale } = spendPosterior(model, x, m);
  return {
    lower: scale / gammaQuantile(shape, 0.5 + level / 2),
    upper: scale / gammaQuantile(shape, 0.5 - level / 2),
  };
}
