import type { LikelihoodTables } from './beta-geometric-likelihood.js';

/**
 * Safe start for the NBD's r and alpha by the method of moments with unequal ages: E[x] = (r/alpha) T,
 * Var[x] = (r/alpha) T + (r/alpha)^2 T^2 / r. r is held in [0.05, 20]. Finite for every valid summary.
 */
export function momentStart(tables: LikelihoodTables): { r: number; alpha: number } {
  const { x, customersByX, t, customersByT, ordersByT } = tables;
  let orders = 0;
  let ordersSquared = 0;
  for (let i = 0; i < x.length; i++) {
    orders += customersByX[i]! * x[i]!;
    ordersSquared += customersByX[i]! * x[i]! ** 2;
  }
  let time = 0;
  let timeSquared = 0;
  let ordersTime = 0;
  for (let i = 0; i < t.length; i++) {
    time += customersByT[i]! * t[i]!;
    timeSquared += customersByT[i]! * t[i]! ** 2;
    ordersTime += ordersByT[i]! * t[i]!;
  }
  if (!(time > 0)) return { r: 1, alpha: 1 };
  const rate = Math.max(orders, 0.5) / time;
  // Sum over customers of (x - rate T)^2.
  const spread = ordersSquared - 2 * rate * ordersTime + rate * rate * timeSquared;
  const excess = spread - rate * time;
  const r = excess > 0 ? Math.min(20, Math.max(0.05, (rate * rate * timeSquared) / excess)) : 20;
  return { r, alpha: r / rate };
}
