/** Below this a probability is no number any more: an outcome that a model holds for impossible costs it 690. */
const SMALLEST = 1e-300;

/**
 * Logarithmic score of each row: ln of the probability that the model gave to what came (Good 1952, 'Rational decisions', JRSS B
 * 14). It is proper: nobody gains by saying other probabilities than he believes. Nearer to 0 is better.
 */
export function logScores(size: number, probability: (row: number) => number): Float64Array {
  return Float64Array.from({ length: size }, (_, i) => Math.log(Math.max(SMALLEST, probability(i))));
}

export interface LogScoreGap {
  /** Mean score of a customer of the first, less that of the second. */
  gap: number;
  /** Standard error of the gap, from the differences customer by customer: what both find hard does not count. */
  standardError: number;
}

/** Compares two models on the same customers. Columns of one length, else RangeError. */
export function compareLogScores(
  first: Float64Array,
  second: Float64Array,
  weight: Float64Array,
): LogScoreGap {
  if (first.length !== second.length || first.length !== weight.length)
    throw new RangeError('log-scores to compare differ in length');
  let [customers, sum, squares] = [0, 0, 0];
  for (let i = 0; i < first.length; i++) {
    const difference = first[i]! - second[i]!;
    customers += weight[i]!;
    sum += weight[i]! * difference;
    squares += weight[i]! * difference * difference;
  }
  if (!(customers > 0)) return { gap: 0, standardError: 0 };
  const gap = sum / customers;
  return { gap, standardError: Math.sqrt(Math.max(0, squares / customers - gap * gap) / customers) };
}
