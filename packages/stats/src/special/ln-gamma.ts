/** zeta(k) - 1 for k = 2..30, coefficients of the series of ln Gamma about 2 (Abramowitz & Stegun 6.1.33). */
const ZETA_MINUS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853,
  0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915, 6.124813505870483e-5,
  3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6,
  9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7, 1.1921992596531106e-7,
  5.960818905125948e-8, 2.980350351465228e-8, 1.4901554828365043e-8, 7.45071178983543e-9,
  3.725334024788457e-9, 1.862659723513049e-9, 9.313274324196682e-10,
];
const ONE_MINUS_EULER = 1 - 0.5772156649015329;
const HALF_LN_2PI = 0.9189385332046728;
/** Steps up to which a rising factorial is multiplied out; longer products round as much as the series does. */
const MULTIPLIED_UP_TO = 24;
/** Beyond this the product could pass what doubles hold. */
const MULTIPLIED_BELOW = 1e12;
/** From here on nine terms of Stirling's series are right to the last bit: the next is below 8^-19 * 1.4. */
const STIRLING_FROM = 8;

/**
 * Remainder of Stirling's formula: lnGamma(x) - ((x - 1/2) ln x - x + ln(2 pi)/2), for x >= 8.
 * Source: Abramowitz & Stegun 6.1.42.
 */
export function stirlingRemainder(x: number): number {
  const y = 1 / (x * x);
  let sum = 0.17964437236883057;
  sum = -0.029550653594771242 + y * sum;
  sum = 0.00641025641025641 + y * sum;
  sum = -0.0019175269175269176 + y * sum;
  sum = 0.0008417508417508417 + y * sum;
  sum = -0.0005952380952380953 + y * sum;
  sum = 0.0007936507936507937 + y * sum;
  sum = -0.002777777777777778 + y * sum;
  return (0.08333333333333333 + y * sum) / x;
}

/** lnGamma(2 + e) for |e| <= 1/2: terms fall like 4^-k. */
function lnGammaNearTwo(e: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length - 1; k >= 0; k--) {
    sum = ((k % 2 === 0 ? 1 : -1) * ZETA_MINUS_ONE[k]!) / (k + 2) + e * sum;
  }
  return e * (ONE_MINUS_EULER + e * sum);
}

/**
 * Natural logarithm of the gamma function for x > 0; relative error about 1e-15, also near the zeros at 1 and 2.
 * Source: Abramowitz & Stegun 6.1.33 (about 2), 6.1.15 (shift), 6.1.42 (Stirling from 8).
 * Throws RangeError for x <= 0 and NaN.
 */
export function lnGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`lnGamma needs x > 0, got ${x}`);
  if (x >= STIRLING_FROM) {
    return x === Number.POSITIVE_INFINITY
      ? x
      : (x - 0.5) * Math.log(x) - x + HALF_LN_2PI + stirlingRemainder(x);
  }
  if (x <= 0.5) return lnGammaNearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x <= 1.5) return lnGammaNearTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let base = x;
  while (base > 2.5) {
    base -= 1;
    product *= base;
  }
  return Math.log(product) + lnGammaNearTwo(base - 2);
}

/**
 * ln of the rising factorial, lnGamma(x + n) - lnGamma(x), for x > 0 and x + n > 0.
 * The difference is formed before rounding, so a huge x keeps its digits (relative error about 1e-14).
 */
export function lnRisingFactorial(x: number, n: number): number {
  const end = x + n;
  if (!(x > 0) || !(end > 0))
    throw new RangeError(`lnRisingFactorial needs x > 0 and x + n > 0, got ${x} and ${n}`);
  if (n === 0) return 0;
  if (n > 0 && n <= MULTIPLIED_UP_TO && x < MULTIPLIED_BELOW && Number.isInteger(n)) {
    let product = x;
    for (let i = 1; i < n; i++) product *= x + i;
    return Math.log(product);
  }
  // Gamma(z + 1) = z Gamma(z) takes both arguments to where the series holds.
  let ratio = 1;
  let [low, high] = [x, end];
  for (; low < STIRLING_FROM || high < STIRLING_FROM; low++, high++) ratio *= low / high;
  return (
    (low - 0.5) * Math.log1p(n / low) +
    n * (Math.log(high) - 1) +
    stirlingRemainder(high) -
    stirlingRemainder(low) +
    Math.log(ratio)
  );
}
