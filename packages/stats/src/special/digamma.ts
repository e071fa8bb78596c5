/** Below this the argument is shifted upwards; from here on the asymptotic series is right to about 1e-16. */
const ASYMPTOTIC_FROM = 9;

/**
 * Digamma, the derivative of lnGamma, for x > 0; absolute error about 1e-15 times max(1, |value|).
 * Source: Abramowitz & Stegun 6.3.5 (shift) and 6.3.18 (series). Throws RangeError for x <= 0 and NaN.
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`digamma needs x > 0, got ${x}`);
  let shift = 0;
  let z = x;
  while (z < ASYMPTOTIC_FROM) {
    shift += 1 / z;
    z += 1;
  }
  const y = 1 / (z * z);
  let sum = -0.4432598039215686;
  sum = 0.08333333333333333 + y * sum;
  sum = -0.021092796092796094 + y * sum;
  sum = 0.007575757575757576 + y * sum;
  sum = -0.004166666666666667 + y * sum;
  sum = 0.003968253968253968 + y * sum;
  sum = -0.008333333333333333 + y * sum;
  sum = 0.08333333333333333 + y * sum;
  return Math.log(z) - 0.5 / z - y * sum - shift;
}

/**
 * Trigamma, the derivative of digamma, for x > 0; relative error about 1e-15.
 * Source: Abramowitz & Stegun 6.4.6 (shift) and 6.4.12 (series). Throws RangeError for x <= 0 and NaN.
 */
export function trigamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`trigamma needs x > 0, got ${x}`);
  let shift = 0;
  let z = x;
  while (z < ASYMPTOTIC_FROM) {
    shift += 1 / (z * z);
    z += 1;
  }
  const y = 1 / (z * z);
  let sum = -7.092156862745098;
  sum = 1.1666666666666667 + y * sum;
  sum = -0.2531135531135531 + y * sum;
  sum = 0.07575757575757576 + y * sum;
  sum = -0.03333333333333333 + y * sum;
  sum = 0.023809523809523808 + y * sum;
  sum = -0.03333333333333333 + y * sum;
  sum = 0.16666666666666666 + y * sum;
  return 1 / z + y * (0.5 + sum / z) + shift;
}
