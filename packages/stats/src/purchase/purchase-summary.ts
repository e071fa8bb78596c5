import { indexDistinct } from './distinct-values.js';

/**
 * Order histories in the sense of Fader & Hardie, one entry a customer or a distinct triple, as equal-length columns.
 * frequency: repeat time points with an order (0, 1, 2 ...); recency: time from first to last order; age: time from
 * first order to the day of observation. One unit of time for all; 0 <= recency <= age.
 */
export interface PurchaseSummary {
  frequency: Float64Array;
  recency: Float64Array;
  age: Float64Array;
  /** Number of customers with that triple; 1 each when left out. */
  weight?: Float64Array;
}

/** Throws RangeError, naming the first bad row, unless the columns are a valid summary. One pass. */
export function checkPurchaseSummary(summary: PurchaseSummary): void {
  const { frequency, recency, age, weight } = summary;
  const size = frequency.length;
  if (recency.length !== size || age.length !== size || (weight && weight.length !== size)) {
    throw new RangeError('purchase summary: columns differ in length');
  }
  for (let i = 0; i < size; i++) {
    // Plain reads: taking them from a list is ten times as slow before it is compiled, and most fits are a process's first.
    const x = frequency[i]!;
    const tx = recency[i]!;
    const t = age[i]!;
    const reasonable =
      (x === 0 || x >= 1) &&
      tx >= 0 &&
      tx <= t &&
      t < Number.POSITIVE_INFINITY &&
      x < Number.POSITIVE_INFINITY;
    if (!reasonable || (x === 0 && tx !== 0)) {
      throw new RangeError(
        `purchase summary, row ${i}: frequency ${x}, recency ${tx}, age ${t} is no order history`,
      );
    }
    if (weight && !(weight[i]! >= 0 && weight[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`purchase summary, row ${i}: weight ${weight[i]} is not a count`);
    }
  }
}

export interface DistinctTriples {
  /** Distinct triples with their counts, in order of first appearance. */
  summary: Required<PurchaseSummary>;
  /** For each input row the index of its triple. */
  index: Int32Array;
}

/** Merges equal triples and adds up their weights. Linear; about 60 ns a row. */
export function distinctTriples(summary: PurchaseSummary): DistinctTriples {
  checkPurchaseSummary(summary);
  const x = indexDistinct(summary.frequency);
  const tx = indexDistinct(summary.recency);
  const t = indexDistinct(summary.age);
  const size = summary.frequency.length;
  const keys = new Float64Array(size);
  // Exact in a double while the product of the three counts stays below 2^53.
  for (let i = 0; i < size; i++)
    keys[i] = (x.index[i]! * tx.values.length + tx.index[i]!) * t.values.length + t.index[i]!;
  const cells = indexDistinct(keys);
  const count = cells.values.length;
  const merged = {
    frequency: new Float64Array(count),
    recency: new Float64Array(count),
    age: new Float64Array(count),
    weight: new Float64Array(count),
  };
  for (let i = 0; i < size; i++) {
    const cell = cells.index[i]!;
    merged.frequency[cell] = summary.frequency[i]!;
    merged.recency[cell] = summary.recency[i]!;
    merged.age[cell] = summary.age[i]!;
    merged.weight[cell]! += summary.weight ? summary.weight[i]! : 1;
  }
  return { summary: merged, index: cells.index };
}

/** Cells that recency (as a share of age) and age are cut into. */
interface CoarseCells {
  recency: number;
  age: number;
}

/** For the first approach of a fit: 32 x 16 keep the optimum within a few per cent. */
const FIT_CELLS: CoarseCells = { recency: 32, age: 16 };
/** Frequencies up to here stay apart; above, each cell spans a fifth of its frequency. */
const EXACT_FREQUENCIES = 12;

function levelOf(x: number): number {
  return x <= EXACT_FREQUENCIES
    ? Math.floor(x)
    : EXACT_FREQUENCIES + Math.ceil(Math.log(x / EXACT_FREQUENCIES) / Math.log(1.2));
}

/**
 * Puts triples into coarse cells and replaces each cell by its weighted mean; buyers of one order stay apart from
 * repeaters, so that a mean frequency is 0 or at least 1. A few thousand cells at most, whatever the input. Linear.
 */
export function coarsenSummary(
  summary: PurchaseSummary,
  cut: CoarseCells = FIT_CELLS,
): Required<PurchaseSummary> {
  const { frequency, recency, age, weight } = summary;
  const longest = age.reduce((most, value) => Math.max(most, value), 0) || 1;
  const highest = frequency.reduce((most, value) => Math.max(most, value), 0);
  const cells = (levelOf(highest) + 1) * cut.recency * cut.age;
  // Sums of w x, w tx, w T and w of a cell.
  const sums = Array.from({ length: 4 }, () => new Float64Array(cells)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < frequency.length; i++) {
    const w = weight ? weight[i]! : 1;
    const x = frequency[i]!;
    const tx = recency[i]!;
    const t = age[i]!;
    const row = Math.min(cut.recency - 1, Math.floor((tx / (t || 1)) * cut.recency));
    const column = Math.min(cut.age - 1, Math.floor((t / longest) * cut.age));
    const cell = (levelOf(x) * cut.recency + row) * cut.age + column;
    sums[0][cell]! += w * x;
    sums[1][cell]! += w * tx;
    sums[2][cell]! += w * t;
    sums[3][cell]! += w;
  }
  const filled: number[] = [];
  for (let cell = 0; cell < cells; cell++) if (sums[3][cell]! > 0) filled.push(cell);
  const mean = (k: 0 | 1 | 2): Float64Array =>
    Float64Array.from(filled, (cell) => sums[k][cell]! / sums[3][cell]!);
  const coarse = {
    frequency: mean(0),
    recency: mean(1),
    age: mean(2),
    weight: Float64Array.from(filled, (cell) => sums[3][cell]!),
  };
  // A mean may step over its bound by one rounding.
  coarse.recency.forEach((tx, i) => (coarse.recency[i] = Math.min(tx, coarse.age[i]!)));
  return coarse;
}
