import type { LikelihoodTables } from './beta-geometric-likelihood.js';

/**
 * Safe start for the NBD's r and alpha by the method of moments with unequal ages: E[x] = (r/alpha) T,
 * Var[x] = (r/alpha) T + (r/alpha)^2 T^2 / r. r is held in [0.05, 20]. Finite for every valid summary.
 */
export function momentStart(tables: LikelihoodTables): { r: number; alpha: number } {
  const { size, x, xOf, t, tOf, weight } = tables;
  let orders = 0;
  let time = 0;
  let timeSquared = 0;
  for (let i = 0; i < size; i++) {
    const [w, age] = [weight[i]!, t[tOf[i]!]!];
    orders += w * x[xOf[i]!]!;
    time += w * age;
    timeSquared += w * age * age;
  }
  if (!(time > 0)) return { r: 1, alpha: 1 };
  const rate = Math.max(orders, 0.5) / time;
  let spread = 0;
  for (let i = 0; i < size; i++) spread += weight[i]! * (x[xOf[i]!]! - rate * t[tOf[i]!]!) ** 2;
  const excess = spread - rate * time;
  const r = excess > 0 ? Math.min(20, Math.max(0.05, (rate * rate * timeSquared) / excess)) : 20;
  return { r, alpha: r / rate };
}
