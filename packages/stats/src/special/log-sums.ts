/** ln 2, where log1mexp changes formula (Maechler 2012). */
const LN2 = Math.LN2;

/**
 * ln(1 - e^-x) for x > 0 without loss of digits at either end.
 * Source: Maechler 2012, 'Accurately computing log(1 - exp(-|a|))', eq. 7. x = 0 gives -Infinity.
 */
export function log1mexp(x: number): number {
  if (!(x >= 0)) throw new RangeError(`log1mexp needs x >= 0, got ${x}`);
  return x <= LN2 ? Math.log(-Math.expm1(-x)) : Math.log1p(-Math.exp(-x));
}

/** ln(1 + e^x): the softplus, for any x, without overflow. */
export function log1pExp(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** ln(e^x + e^y) without overflow; -Infinity stands for the logarithm of zero. */
export function logAddExp(x: number, y: number): number {
  if (x === Number.NEGATIVE_INFINITY) return y;
  if (y === Number.NEGATIVE_INFINITY) return x;
  if (x === y) return x + LN2;
  return x > y ? x + Math.log1p(Math.exp(y - x)) : y + Math.log1p(Math.exp(x - y));
}

/** ln(e^x - e^y) for x >= y; equal arguments give -Infinity, x < y is a RangeError. */
export function logDiffExp(x: number, y: number): number {
  if (!(x >= y)) throw new RangeError(`logDiffExp needs x >= y, got ${x} and ${y}`);
  if (y === Number.NEGATIVE_INFINITY) return x;
  return x === y ? Number.NEGATIVE_INFINITY : x + log1mexp(x - y);
}

/** ln of the sum of e^value over all values; an empty list gives -Infinity. Two passes. */
export function logSumExp(values: ArrayLike<number>): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) highest = Math.max(highest, values[i]!);
  if (!Number.isFinite(highest)) return highest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp(values[i]! - highest);
  return highest + Math.log(sum);
}
