/**
 * What histograms are made from and go to. All arrays may lie in shared memory: features then can be split over threads,
 * each of which fills its own columns. All sums are of whole numbers, hence exact: the same on any number of threads.
 */
export interface HistogramMemory {
  /** Rows of the whole table, the stride of `bins`. */
  stride: number;
  features: number;
  /** `bins[j * stride + i]`. */
  bins: Uint8Array;
  /** Rows of the tree at work; a node owns a range of it. */
  rows: Uint32Array;
  /** Both derivatives of the loss of row i as whole numbers in one: first * 2^26 + second. */
  gradients: Float64Array;
  /** 1 for the columns that the tree at work may use. */
  used: Uint8Array;
  /** Slots of `features * 512` numbers: sums of first and second derivatives for each bin. */
  histograms: Float64Array;
}

/** Fills the slot with the histogram of rows from ... to - 1. */
export type FillHistogram = (slot: number, from: number, to: number) => void;

/** Where histograms are filled: on this thread, or split over others. */
export interface HistogramEngine {
  /** Memory for the arrays; shared memory where other threads are to see it. */
  allocate(bytes: number): ArrayBufferLike;
  /** Called once, when the arrays stand; the function it returns must be done when it returns. */
  start(memory: HistogramMemory): FillHistogram;
}

/** Two sums for each of 256 bins. */
export const FEATURE_CELLS = 512;
/** Bins of a column while both sums are still one number. */
const PACKED_CELLS = 256;
/** Place value of the first derivative. A block's sum of second derivatives stays below it. */
export const FIRST_UNIT = 2 ** 26;
/** Whole numbers that a derivative is rounded to: 4,096 of them add up to 2^26, and both sums to less than 2^53. */
export const LARGEST_LEVEL = 2 ** 14 - 1;
/** Rows that are added before both sums are taken apart. */
const BLOCK = 4096;

/** Adds a block to one column's packed sums. */
function addOne(sums: Float64Array, bins: Uint8Array, column: number, block: Block): void {
  const { ids, packed, size } = block;
  for (let i = 0; i < size; i++) sums[bins[column + ids[i]!]!]! += packed[i]!;
}

/** Adds a block to four columns' packed sums: a row is read once for four columns. */
function addFour(sums: Float64Array, bins: Uint8Array, columns: Float64Array, block: Block): void {
  const { ids, packed, size } = block;
  const [a, b, c, d] = [columns[0]!, columns[1]!, columns[2]!, columns[3]!];
  for (let i = 0; i < size; i++) {
    const row = ids[i]!;
    const value = packed[i]!;
    sums[bins[a + row]!]! += value;
    sums[PACKED_CELLS + bins[b + row]!]! += value;
    sums[2 * PACKED_CELLS + bins[c + row]!]! += value;
    sums[3 * PACKED_CELLS + bins[d + row]!]! += value;
  }
}

interface Block {
  ids: Uint32Array;
  packed: Float64Array;
  size: number;
}

/** Takes packed sums apart, adds them to a column's histogram, and clears them. */
function unpack(out: Float64Array, origin: number, sums: Float64Array, from: number): void {
  for (let bin = 0; bin < PACKED_CELLS; bin++) {
    const both = sums[from + bin]!;
    if (both === 0) continue;
    const first = Math.floor(both / FIRST_UNIT);
    out[origin + 2 * bin]! += first;
    out[origin + 2 * bin + 1]! += both - first * FIRST_UNIT;
    sums[from + bin] = 0;
  }
}

/**
 * Fills histograms for columns fromFeature ... toFeature - 1, as one thread's share of the work. Both derivatives travel in
 * one number, so that one addition does for two. Cost: 1.5 to 3 ns for each row and column.
 */
export function histogramFiller(
  memory: HistogramMemory,
  fromFeature: number,
  toFeature: number,
): FillHistogram {
  const { stride, features, bins, rows, gradients, used, histograms } = memory;
  const block = { ids: new Uint32Array(BLOCK), packed: new Float64Array(BLOCK), size: 0 };
  const sums = new Float64Array(4 * PACKED_CELLS);
  const columns = new Float64Array(4);
  return (slot, from, to) => {
    const origin = slot * features * FEATURE_CELLS;
    histograms.fill(0, origin + fromFeature * FEATURE_CELLS, origin + toFeature * FEATURE_CELLS);
    const wanted: number[] = [];
    for (let j = fromFeature; j < toFeature; j++) if (used[j] === 1) wanted.push(j);
    for (let start = from; start < to; start += BLOCK) {
      block.size = Math.min(BLOCK, to - start);
      for (let i = 0; i < block.size; i++) {
        const row = rows[start + i]!;
        block.ids[i] = row;
        block.packed[i] = gradients[row]!;
      }
      for (let k = 0; k < wanted.length; k += 4) {
        const count = Math.min(4, wanted.length - k);
        for (let c = 0; c < count; c++) columns[c] = wanted[k + c]! * stride;
        // Fewer than four are left: one after the other, each in the first place.
        if (count === 4) addFour(sums, bins, columns, block);
        for (let c = 0; c < count; c++) {
          if (count < 4) addOne(sums, bins, columns[c]!, block);
          unpack(histograms, origin + wanted[k + c]! * FEATURE_CELLS, sums, count < 4 ? 0 : c * PACKED_CELLS);
        }
      }
    }
  };
}

/** Turns the histogram of a node into that of one child, given the other child's. */
export function subtractHistogram(memory: HistogramMemory, slot: number, child: number): void {
  const size = memory.features * FEATURE_CELLS;
  const { histograms } = memory;
  const [whole, part] = [slot * size, child * size];
  for (let i = 0; i < size; i++) histograms[whole + i]! -= histograms[part + i]!;
}

/** All on this thread, in ordinary memory. */
export const singleThread: HistogramEngine = {
  allocate: (bytes) => new ArrayBuffer(bytes),
  start: (memory) => histogramFiller(memory, 0, memory.features),
};
