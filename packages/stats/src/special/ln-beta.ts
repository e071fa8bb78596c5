import { lnGamma, stirlingRemainder } from './ln-gamma.js';

const HALF_LN_2PI = 0.9189385332046728;

/**
 * ln B(a, b) for a, b > 0. Lopsided pairs such as (1e-3, 1e8) keep their digits, because the difference of the two
 * large log-gammas is formed by Stirling's series before rounding (Didonato & Morris 1992, section 2).
 * Throws RangeError outside the domain.
 */
export function lnBeta(a: number, b: number): number {
  if (!(a > 0) || !(b > 0)) throw new RangeError(`lnBeta needs a, b > 0, got ${a} and ${b}`);
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 8) return lnGamma(small) + lnGamma(large) - lnGamma(small + large);
  const correction = stirlingRemainder(large) - stirlingRemainder(small + large);
  if (small < 8) {
    return (
      lnGamma(small) -
      (large - 0.5) * Math.log1p(small / large) -
      small * Math.log(small + large) +
      small +
      correction
    );
  }
  return (
    HALF_LN_2PI -
    0.5 * Math.log(large) +
    (small - 0.5) * Math.log(small / (small + large)) -
    large * Math.log1p(small / large) +
    stirlingRemainder(small) +
    correction
  );
}
