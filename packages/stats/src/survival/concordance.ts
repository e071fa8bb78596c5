import { ascending, checkLifetimes, type Lifetimes } from './event-table.js';

/** Pairs of customers of whom it is known who had the event first, and how the risk ordered them. */
export interface Concordance {
  concordant: number;
  discordant: number;
  tiedRisk: number;
  /** (concordant + tied / 2) / pairs: 0.5 is chance, 1 is perfect; null when no pair can be compared. */
  index: number | null;
}

/** Counts of a set of ranks, with sums of all up to a rank in O(log n) (Fenwick 1994). */
function rankCounter(size: number): { add(rank: number): void; upTo(rank: number): number } {
  const tree = new Float64Array(size + 1);
  return {
    add(rank) {
      for (let i = rank + 1; i <= size; i += i & -i) tree[i]! += 1;
    },
    upTo(rank) {
      let sum = 0;
      for (let i = rank + 1; i > 0; i -= i & -i) sum += tree[i]!;
      return sum;
    },
  };
}

/** Dense ranks: equal values have equal ranks, 0 the smallest. */
function denseRanks(values: Float64Array): Uint32Array {
  const ranks = new Uint32Array(values.length);
  let rank = 0;
  ascending(values).forEach((row, place, order) => {
    if (place > 0 && values[row]! > values[order[place - 1]!]!) rank++;
    ranks[row] = rank;
  });
  return ranks;
}

/**
 * Harrell's concordance: over pairs in which one customer is known to outlive the other, the share in which the shorter
 * life had the higher risk. A pair of an event and a censoring at the same time counts (the censored lived longer); two
 * events at the same time do not. Source: Harrell, Lee & Mark 1996, section 5.5. `risk` is any score, higher = earlier event.
 * Weights and entry are not used. RangeError for bad columns, naming the row. O(n log n).
 */
export function concordanceIndex(data: Lifetimes, risk: Float64Array): Concordance {
  checkLifetimes(data);
  const { duration, event } = data;
  if (risk.length !== duration.length) {
    throw new RangeError(`risk: ${risk.length} rows where ${duration.length} are expected`);
  }
  risk.forEach((value, i) => {
    if (Number.isNaN(value)) throw new RangeError(`risk, row ${i}: not a number`);
  });
  const order = ascending(duration);
  const ranks = denseRanks(risk);
  const survivors = rankCounter(risk.length);
  let [concordant, discordant, tiedRisk, inside] = [0, 0, 0, 0];
  for (let end = order.length; end > 0;) {
    let start = end;
    while (start > 0 && duration[order[start - 1]!] === duration[order[end - 1]!]) start--;
    const tied = order.subarray(start, end);
    for (const row of tied) {
      if (event[row] === 1) continue;
      survivors.add(ranks[row]!);
      inside++;
    }
    for (const row of tied) {
      if (event[row] === 0) continue;
      const below = ranks[row]! > 0 ? survivors.upTo(ranks[row]! - 1) : 0;
      const upTo = survivors.upTo(ranks[row]!);
      concordant += below;
      tiedRisk += upTo - below;
      discordant += inside - upTo;
    }
    for (const row of tied) {
      if (event[row] === 0) continue;
      survivors.add(ranks[row]!);
      inside++;
    }
    end = start;
  }
  const pairs = concordant + discordant + tiedRisk;
  return { concordant, discordant, tiedRisk, index: pairs > 0 ? (concordant + tiedRisk / 2) / pairs : null };
}
