import type { PurchaseSummary } from '@kezi/stats';

/** Numbers that all threads see; zeros at first. */
export const sharedDoubles = (size: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(8 * size));

function sharedCopy(values: Float64Array): Float64Array {
  const copy = sharedDoubles(values.length);
  copy.set(values);
  return copy;
}

/** Histories of customers that all threads see. */
export const sharedSummary = ({ frequency, recency, age }: PurchaseSummary): PurchaseSummary => ({
  frequency: sharedCopy(frequency),
  recency: sharedCopy(recency),
  age: sharedCopy(age),
});

/** Number of the next piece of work, which threads take one after the other. */
export const sharedCounter = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));
