import { FIRST_UNIT, LARGEST_LEVEL } from './histograms.js';

/** What one whole number stands for. */
export interface DerivativeUnits {
  first: number;
  second: number;
}

/** Sequence of 32 random bits (Marsaglia 2003, xorshift32): one draw a row and tree is enough for both roundings. */
function bitsFrom(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/**
 * Derivatives of the log-loss by the log odds, p - y and p (1 - p), packed as whole numbers: each is rounded up or down at
 * random so that the mean is right (Shi et al. 2022, section 4; here to 14 bits instead of their 3). Returns the mean loss
 * and what the whole numbers stand for. Three passes; `seed` decides the roundings.
 */
export function packDerivatives(
  rows: Uint32Array,
  label: ArrayLike<number>,
  scores: Float64Array,
  out: Float64Array,
  seed: number,
): { loss: number; units: DerivativeUnits } {
  let loss = 0;
  // Many probabilities, one logarithm: their product is kept above 1e-300.
  let product = 1;
  let [largestFirst, largestSecond] = [1e-12, 1e-12];
  for (const i of rows) {
    const p = 1 / (1 + Math.exp(-scores[i]!));
    const right = label[i] === 1 ? p : 1 - p;
    out[i] = p;
    largestFirst = Math.max(largestFirst, 1 - right);
    largestSecond = Math.max(largestSecond, p * (1 - p));
    product *= Math.max(1e-100, right);
    if (product > 1e-200) continue;
    loss -= Math.log(product);
    product = 1;
  }
  const next = bitsFrom(seed);
  const [toFirst, toSecond] = [LARGEST_LEVEL / largestFirst, LARGEST_LEVEL / largestSecond];
  for (const i of rows) {
    const p = out[i]!;
    const bits = next();
    const first = Math.floor((p - label[i]!) * toFirst + (bits & 0xffff) / 0x10000);
    const second = Math.floor(p * (1 - p) * toSecond + (bits >>> 16) / 0x10000);
    out[i] = first * FIRST_UNIT + second;
  }
  return {
    loss: (loss - Math.log(product)) / rows.length,
    units: { first: largestFirst / LARGEST_LEVEL, second: largestSecond / LARGEST_LEVEL },
  };
}

/** Sums of both derivatives over the first `size` rows, as whole numbers. */
export function sumDerivatives(
  rows: Uint32Array,
  packed: Float64Array,
  size: number,
): { first: number; second: number } {
  const sums = { first: 0, second: 0 };
  for (let i = 0; i < size; i++) {
    const both = packed[rows[i]!]!;
    const first = Math.floor(both / FIRST_UNIT);
    sums.first += first;
    sums.second += both - first * FIRST_UNIT;
  }
  return sums;
}
