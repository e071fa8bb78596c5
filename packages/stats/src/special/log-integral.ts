const GOLDEN = 0.6180339887498949;
/** A feature narrower than this in the integrand is resolved by a smaller step. */
const WIDEST_STEP = 0.25;
const MOST_NODES = 100_000;

/** Highest point of a function with one hill, looked for outwards from `from` by doubling, then by golden section. */
function highestPoint(f: (y: number) => number, from: number): number {
  let here = from;
  let value = f(here);
  const direction = f(here + 1e-4) >= value ? 1 : -1;
  let stride = 0.25;
  for (let i = 0; i < 60; i++) {
    const next = f(here + direction * stride);
    if (!(next > value)) break;
    here += direction * stride;
    value = next;
    stride *= 1.5;
  }
  let low = here - stride * 1.5;
  let high = here + stride * 1.5;
  for (let i = 0; i < 200 && high - low > 1e-9 * (1 + Math.abs(here)); i++) {
    const left = high - GOLDEN * (high - low);
    const right = low + GOLDEN * (high - low);
    if (f(left) < f(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}

/**
 * ln of the integral over the whole line of e^lnIntegrand(y), for an integrand with one hill that is analytic in a strip
 * of half width pi about the line and falls at least like e^-|y| at both ends: the trapezoidal sum converges
 * exponentially (Trefethen & Weideman 2014, section 5). Relative error about 1e-12. `from` is any first guess of
 * the hill. Cost: 60 to 300 evaluations. -Infinity where the integrand is zero in doubles everywhere.
 */
export function lnIntegralOverLine(lnIntegrand: (y: number) => number, from: number): number {
  const peak = highestPoint(lnIntegrand, from);
  const top = lnIntegrand(peak);
  if (!(top > Number.NEGATIVE_INFINITY)) return Number.NEGATIVE_INFINITY;
  const probe = 1e-3;
  const bend = (2 * top - lnIntegrand(peak - probe) - lnIntegrand(peak + probe)) / probe ** 2;
  const step = Math.min(WIDEST_STEP, 0.5 / Math.sqrt(Math.max(1, bend)));
  let sum = 1;
  for (const direction of [-1, 1]) {
    for (let i = 1; i < MOST_NODES; i++) {
      const value = Math.exp(lnIntegrand(peak + direction * i * step) - top);
      sum += value;
      if (value < 1e-18 * sum) break;
    }
  }
  return top + Math.log(sum * step);
}
