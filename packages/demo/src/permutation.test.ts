import { describe, expect, it } from 'vitest';
import { permutation } from './permutation.js';

describe('permutation', () => {
  it.each([1, 2, 3, 17, 1000, 4097])('takes each of %i places once and finds its way back', (count) => {
    const { forward, backward } = permutation(count, 42);
    const places = Array.from({ length: count }, (_, i) => forward(i));
    expect(new Set(places).size).toBe(count);
    expect(Math.max(...places)).toBe(count - 1);
    places.forEach((place, i) => expect(backward(place)).toBe(i));
  });

  it('depends on the seed and leaves few values where they were', () => {
    const one = permutation(1000, 1);
    const two = permutation(1000, 2);
    const indices = Array.from({ length: 1000 }, (_, i) => i);
    expect(indices.filter((i) => one.forward(i) === two.forward(i)).length).toBeLessThan(20);
    expect(indices.filter((i) => one.forward(i) === i).length).toBeLessThan(20);
  });

  it('refuses a value outside its range', () => {
    expect(() => permutation(10, 1).forward(10)).toThrow(RangeError);
  });
});
