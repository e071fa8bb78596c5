/** Distinct values of a column in order of first appearance, and for each row the index of its value. */
interface DistinctValues {
  values: Float64Array;
  index: Int32Array;
}

/** Up to here a Map is as quick: it is compiled already, where a loop of ours begins in the interpreter. */
const FEW = 4096;

function indexFew(column: Float64Array): DistinctValues {
  const places = new Map<number, number>();
  const index = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    let place = places.get(value);
    if (place === undefined) places.set(value, (place = places.size));
    index[i] = place;
  }
  return { values: Float64Array.from(places.keys()), index };
}

/** Open-addressing hash table over the bits of the numbers: about 10 ns a row where a Map takes 60. 0 and -0 are one value. */
export function indexDistinct(column: Float64Array): DistinctValues {
  if (column.length <= FEW) return indexFew(column);
  let capacity = 1024;
  let slots = new Int32Array(capacity).fill(-1);
  const values: number[] = [];
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const slotOf = (value: number): number => {
    bits[0] = value + 0;
    let hash = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & (capacity - 1);
    while (slots[slot]! >= 0 && values[slots[slot]!] !== value) slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const index = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const value = column[i]!;
    // Columns often come sorted.
    if (i > 0 && value === column[i - 1]) {
      index[i] = index[i - 1]!;
      continue;
    }
    let slot = slotOf(value);
    if (slots[slot]! < 0) {
      if (values.length * 2 >= capacity) {
        capacity *= 2;
        slots = new Int32Array(capacity).fill(-1);
        values.forEach((known, k) => (slots[slotOf(known)] = k));
        slot = slotOf(value);
      }
      slots[slot] = values.length;
      values.push(value);
    }
    index[i] = slots[slot]!;
  }
  return { values: Float64Array.from(values), index };
}
