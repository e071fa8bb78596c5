/** One line of an order: what was paid a piece, and how many were taken. */
interface PricedLine {
  productId: number;
  price: number;
  quantity: number;
}

interface Elasticity {
  elasticity: number;
  error: number;
  lines: number;
  products: number;
}

/** Fewer lines say nothing about anybody. */
const fewestLines = 10;
/** Prices that move by less than a hundredth show no answer to them: the standard deviation of their logarithms. */
const leastSpread = 0.01;

/** A wider error leaves open whether the customer minds prices not at all or very much. */
const widestError = 1;

/**
 * How the quantity moves with the price: the slope of log quantity on log price, both less their mean for the product (the
 * within estimator of a panel, Mundlak 1978), with its standard error under equal variances. Lines of products that were
 * bought once, or with a price or quantity of nothing, are left out. Null where they are too few, prices hardly move, or the
 * answer is too uncertain.
 */
export function priceElasticity(all: readonly PricedLine[]): Elasticity | null {
  const byProduct = new Map<number, { x: number; y: number }[]>();
  for (const { productId, price, quantity } of all) {
    if (!(price > 0) || !(quantity > 0)) continue;
    const points = byProduct.get(productId) ?? [];
    points.push({ x: Math.log(price), y: Math.log(quantity) });
    byProduct.set(productId, points);
  }
  let [sxx, sxy, syy, lines, products] = [0, 0, 0, 0, 0];
  for (const points of byProduct.values()) {
    if (points.length < 2) continue;
    const mx = points.reduce((sum, { x }) => sum + x, 0) / points.length;
    const my = points.reduce((sum, { y }) => sum + y, 0) / points.length;
    for (const { x, y } of points) {
      sxx += (x - mx) ** 2;
      sxy += (x - mx) * (y - my);
      syy += (y - my) ** 2;
    }
    lines += points.length;
    products += 1;
  }
  const freedom = lines - products - 1;
  if (lines < fewestLines || freedom < 1 || Math.sqrt(sxx / lines) < leastSpread) return null;
  const elasticity = sxy / sxx;
  const residual = Math.max(0, syy - elasticity * sxy);
  const error = Math.sqrt(residual / freedom / sxx);
  return error > widestError ? null : { elasticity, error, lines, products };
}
