/** Random numbers that come again with the same seed. */
export interface Seeded {
  /** In [0, 1). */
  share: () => number;
  /** A whole number in [low, high]. */
  whole: (low: number, high: number) => number;
  pick: <T>(of: readonly T[]) => T;
  shuffle: <T>(of: readonly T[]) => T[];
}

/** Marsaglia's xorshift on 32 bits, good enough to choose when to strike. */
export function seeded(seed: number): Seeded {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
  const share = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  // The first numbers of neighbouring seeds lie close together.
  for (let i = 0; i < 8; i++) share();
  const whole = (low: number, high: number) => low + Math.floor(share() * (high - low + 1));
  const pick = <T>(of: readonly T[]): T => {
    const chosen = of[whole(0, of.length - 1)];
    if (chosen === undefined) throw new Error('There is nothing to pick from.');
    return chosen;
  };
  const shuffle = <T>(of: readonly T[]): T[] => {
    const copy = [...of];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = whole(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  };
  return { share, whole, pick, shuffle };
}
