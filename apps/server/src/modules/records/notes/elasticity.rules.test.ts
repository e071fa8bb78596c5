import { describe, expect, it } from 'vitest';
import { priceElasticity } from './elasticity.rules.js';

/** Quantity = scale x price ^ slope, exactly. */
const lines = (productId: number, scale: number, slope: number, prices: readonly number[]) =>
  prices.map((price) => ({ productId, price, quantity: scale * price ** slope }));
const prices = [8, 9, 10, 11, 12, 10];

describe('price sensitivity', () => {
  it('is the slope, whatever each product sells at', () => {
    const found = priceElasticity([
      ...lines(1, 50, -1.5, prices),
      ...lines(
        2,
        9000,
        -1.5,
        prices.map((p) => p * 40),
      ),
    ]);
    expect(found?.elasticity).toBeCloseTo(-1.5, 10);
    expect(found?.error).toBeCloseTo(0, 6);
    expect(found).toMatchObject({ lines: 12, products: 2 });
  });

  it('agrees with the closed form by hand: x = 0, 1 and y = 0, 2 in five pairs is a slope of 2', () => {
    const pairs = [1, 2, 3, 4, 5].flatMap((productId) => [
      { productId, price: 1, quantity: 1 },
      { productId, price: Math.E, quantity: Math.E ** 2 },
    ]);
    expect(priceElasticity(pairs)?.elasticity).toBeCloseTo(2, 12);
  });

  it.each([
    ['too few lines', lines(1, 1, -1, [1, 2, 3])],
    ['one price', lines(1, 5, -1, Array(20).fill(10) as number[])],
    ['products bought once', prices.concat(prices).map((price, i) => ({ productId: i, price, quantity: 1 }))],
    ['returns', lines(1, -5, -1, prices.concat(prices))],
  ])('says nothing of %s', (_, given) => {
    expect(priceElasticity(given)).toBeNull();
  });
});
