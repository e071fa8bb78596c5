import { noTier } from './grade.rules.js';

interface Compared {
  /** Places of tiers from the highest, or `noTier`. */
  from: Uint8Array;
  given: Uint8Array;
  /** By what the first are chosen; among equals the earlier customer. */
  worth: Float64Array;
}

/** Places of the customers worth most who move up, and of those who move down. One look at each customer. */
export function worthiestMovers(
  { from, given, worth }: Compared,
  most: number,
): { up: number[]; down: number[] } {
  const found = { up: [] as number[], down: [] as number[] };
  for (let i = 0; i < given.length; i++) {
    const before = from[i] ?? noTier;
    const now = given[i] ?? noTier;
    if (before === now || before === noTier || now === noTier) continue;
    const best = now < before ? found.up : found.down;
    const own = worth[i] ?? 0;
    if (best.length === most && own <= (worth[best[most - 1]!] ?? 0)) continue;
    let at = best.length;
    while (at > 0 && (worth[best[at - 1]!] ?? 0) < own) at -= 1;
    best.splice(at, 0, i);
    if (best.length > most) best.pop();
  }
  return found;
}
