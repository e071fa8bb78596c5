import { mix } from './random.js';

/** A seeded shuffle of 0 .. count - 1 that needs no memory: each place is worked out alone, in both directions. */
export interface Permutation {
  readonly forward: (value: number) => number;
  readonly backward: (value: number) => number;
}

const rounds = 4;

/**
 * A four-round Feistel network over the next even power of two, walked until the value falls inside the range
 * (Black & Rogaway 2002). Names, codes and group seats are unique by it without a set of those already used.
 */
export function permutation(count: number, seed: number): Permutation {
  let halfBits = 1;
  while (2 ** (2 * halfBits) < count) halfBits++;
  const mask = 2 ** halfBits - 1;
  const scramble = (half: number, round: number): number => mix(half, seed + round * 0x1f123bb5) & mask;
  const once = (value: number): number => {
    let left = Math.floor(value / (mask + 1));
    let right = value & mask;
    for (let round = 0; round < rounds; round++) [left, right] = [right, left ^ scramble(right, round)];
    return left * (mask + 1) + right;
  };
  const back = (value: number): number => {
    let left = Math.floor(value / (mask + 1));
    let right = value & mask;
    for (let round = rounds - 1; round >= 0; round--) [left, right] = [right ^ scramble(left, round), left];
    return left * (mask + 1) + right;
  };
  const walk = (step: (value: number) => number) => (value: number) => {
    if (value < 0 || value >= count) throw new RangeError(`${value} is outside 0 .. ${count - 1}.`);
    let next = step(value);
    while (next >= count) next = step(next);
    return next;
  };
  return { forward: walk(once), backward: walk(back) };
}
