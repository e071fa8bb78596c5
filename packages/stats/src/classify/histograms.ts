/**
 * What histograms are made from and go to. All arrays may lie in shared memory: packs of columns then can be split over
 * threads, each of which fills its own. All sums are of whole numbers, hence exact: the same on any number of threads.
 */
export interface HistogramMemory {
  /** Rows of the whole table, the stride of `bins`. */
  stride: number;
  features: number;
  /** Four columns a word, a pack: bin of row i in column j is `(bins[(j >> 2) * stride + i] >>> (8 * (j & 3))) & 255`. */
  bins: Int32Array;
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

/** Columns in a word of `bins`. */
const PACK = 4;

/** Words of four columns that hold so many of them. */
export const packsOf = (features: number): number => Math.ceil(features / PACK);

interface Block {
  ids: Uint32Array;
  packed: Float64Array;
  size: number;
}

/** Adds a block to the packed sums of the four columns of a pack. */
function addPack(sums: Float64Array, bins: Int32Array, origin: number, block: Block): void {
  const { ids, packed, size } = block;
  for (let i = 0; i < size; i++) {
    const word = bins[origin + ids[i]!]!;
    const value = packed[i]!;
    sums[word & 255]! += value;
    sums[PACKED_CELLS + ((word >>> 8) & 255)]! += value;
    sums[2 * PACKED_CELLS + ((word >>> 16) & 255)]! += value;
    sums[3 * PACKED_CELLS + (word >>> 24)]! += value;
  }
}

/** The same for two packs: a row's number and derivatives are read once for eight columns, which saves a quarter of the time. */
function addTwoPacks(
  sums: Float64Array,
  bins: Int32Array,
  origin: number,
  other: number,
  block: Block,
): void {
  const { ids, packed, size } = block;
  for (let i = 0; i < size; i++) {
    const row = ids[i]!;
    const word = bins[origin + row]!;
    const next = bins[other + row]!;
    const value = packed[i]!;
    sums[word & 255]! += value;
    sums[PACKED_CELLS + ((word >>> 8) & 255)]! += value;
    sums[2 * PACKED_CELLS + ((word >>> 16) & 255)]! += value;
    sums[3 * PACKED_CELLS + (word >>> 24)]! += value;
    sums[4 * PACKED_CELLS + (next & 255)]! += value;
    sums[5 * PACKED_CELLS + ((next >>> 8) & 255)]! += value;
    sums[6 * PACKED_CELLS + ((next >>> 16) & 255)]! += value;
    sums[7 * PACKED_CELLS + (next >>> 24)]! += value;
  }
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
 * Fills histograms for packs fromPack ... toPack - 1, as one thread's share of the work. Both derivatives travel in one
 * number, so that one addition does for two. Cost: 1.5 to 3 ns for each row and column.
 */
export function histogramFiller(memory: HistogramMemory, fromPack: number, toPack: number): FillHistogram {
  const { stride, features, bins, rows, gradients, used, histograms } = memory;
  const block = { ids: new Uint32Array(BLOCK), packed: new Float64Array(BLOCK), size: 0 };
  const sums = new Float64Array(2 * PACK * PACKED_CELLS);
  const isWanted = (pack: number): boolean => used.subarray(PACK * pack, PACK * pack + PACK).includes(1);
  const unpackOne = (slot: number, pack: number, place: number): void => {
    for (let c = 0; c < PACK; c++) {
      const column = PACK * pack + c;
      const at = (PACK * place + c) * PACKED_CELLS;
      if (column < features) unpack(histograms, (slot * features + column) * FEATURE_CELLS, sums, at);
      else sums.fill(0, at, at + PACKED_CELLS);
    }
  };
  return (slot, from, to) => {
    const origin = slot * features * FEATURE_CELLS;
    const end = Math.min(features, PACK * toPack);
    histograms.fill(0, origin + PACK * fromPack * FEATURE_CELLS, origin + end * FEATURE_CELLS);
    const wanted: number[] = [];
    for (let pack = fromPack; pack < toPack; pack++) if (isWanted(pack)) wanted.push(pack);
    for (let start = from; start < to; start += BLOCK) {
      block.size = Math.min(BLOCK, to - start);
      for (let i = 0; i < block.size; i++) {
        const row = rows[start + i]!;
        block.ids[i] = row;
        block.packed[i] = gradients[row]!;
      }
      for (let k = 0; k < wanted.length; k += 2) {
        const [pack, other] = [wanted[k]!, wanted[k + 1]];
        if (other === undefined) addPack(sums, bins, pack * stride, block);
        else addTwoPacks(sums, bins, pack * stride, other * stride, block);
        unpackOne(slot, pack, 0);
        if (other !== undefined) unpackOne(slot, other, 1);
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
  start: (memory) => histogramFiller(memory, 0, packsOf(memory.features)),
};
