import { expect, it } from 'vitest';
import { noTier } from './grade.rules.js';
import { worthiestMovers } from './movers.rules.js';

it('names those worth most who move up, and who move down; who had no tier or stays moves nowhere', () => {
  const from = Uint8Array.of(1, 1, 0, noTier, 2, 1, 2, 0);
  const given = Uint8Array.of(0, 0, 1, 0, 2, 0, 1, 2);
  const worth = Float64Array.of(5, 9, 7, 100, 50, 6, 9, 8);
  expect(worthiestMovers({ from, given, worth }, 3)).toEqual({ up: [1, 6, 5], down: [7, 2] });
  expect(worthiestMovers({ from, given, worth: new Float64Array(8) }, 2)).toEqual({
    up: [0, 1],
    down: [2, 7],
  });
});

it('agrees with sorting everybody', () => {
  let state = 7;
  const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
  const size = 500;
  const from = Uint8Array.from({ length: size }, () => next(4));
  const given = Uint8Array.from({ length: size }, () => next(4));
  const worth = Float64Array.from({ length: size }, () => next(50));
  const sorted = [...from.keys()].sort((a, b) => worth[b]! - worth[a]! || a - b);
  expect(worthiestMovers({ from, given, worth }, 20)).toEqual({
    up: sorted.filter((i) => given[i]! < from[i]!).slice(0, 20),
    down: sorted.filter((i) => given[i]! > from[i]!).slice(0, 20),
  });
});
