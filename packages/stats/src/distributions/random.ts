/** A source of random numbers. The same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in (0, 1): never 0, never 1, 52 bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** splitmix32: spreads a seed over the state, so that seeds 1 and 2 have nothing in common. */
function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return z ^ (z >>> 15);
  };
}

/**
 * Seeded generator: xoshiro128** (Blackman & Vigna 2018), seeded by splitmix32; period 2^128 - 1. The seed is any safe
 * integer. Normals by the polar method (Marsaglia 1964).
 */
export function randomFrom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`randomFrom needs an integer seed, got ${seed}`);
  const next = splitMix(Math.floor(seed / 0x1_0000_0000) ^ splitMix(seed)());
  let a = next();
  let b = next();
  let c = next();
  let d = next() | 1;
  const bits = (): number => {
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = (): number => ((bits() >>> 6) * 0x4000000 + (bits() >>> 6) + 0.5) / 0x10000000000000;
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * scale;
      return u * scale;
    }
  };
  return { uniform, normal };
}
