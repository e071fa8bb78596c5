import { checkBinary, checkWeights } from '../features/feature-table.js';

/** A rising curve from score to probability through the given points, straight between them. Plain JSON. */
export interface IsotonicCalibration {
  name: 'isotonic';
  scores: number[];
  probabilities: number[];
}

/** A run of scores that share one probability. */
interface Block {
  from: number;
  to: number;
  weight: number;
  positives: number;
}

/** Distinct scores in rising order with the weight and the positives at each. RangeError naming the row. */
function blocksOf(score: Float64Array, label: ArrayLike<number>, weight: Float64Array | undefined): Block[] {
  const order = Uint32Array.from(score, (_, i) => i).sort((a, b) => score[a]! - score[b]!);
  const blocks: Block[] = [];
  for (const row of order) {
    const w = weight ? weight[row]! : 1;
    if (w === 0) continue;
    const last = blocks.at(-1);
    if (last && last.from === score[row]) {
      last.weight += w;
      last.positives += w * label[row]!;
    } else blocks.push({ from: score[row]!, to: score[row]!, weight: w, positives: w * label[row]! });
  }
  return blocks;
}

/** RangeError, naming the row, unless scores are finite. */
export function checkScores(score: Float64Array, label: ArrayLike<number>, weight?: Float64Array): void {
  checkBinary('label', label, score.length);
  if (weight) checkWeights(weight, score.length);
  score.forEach((value, i) => {
    if (!Number.isFinite(value)) throw new RangeError(`score, row ${i}: ${value} is not a finite number`);
  });
}

/**
 * Turns scores into probabilities by the rising step function nearest to the labels (least squares, which is also most
 * likely), by pooling adjacent violators: Ayer et al. 1955; for probabilities Zadrozny & Elkan 2002. Needs some thousand
 * rows that the scoring model has not seen. RangeError, naming the row, for bad input. No rows: an empty curve, which predicts 0.5.
 * O(n log n).
 */
export function fitIsotonic(
  score: Float64Array,
  label: ArrayLike<number>,
  weight?: Float64Array,
): IsotonicCalibration {
  checkScores(score, label, weight);
  const pooled: Block[] = [];
  for (const block of blocksOf(score, label, weight)) {
    let last = block;
    for (let before = pooled.at(-1); before; before = pooled.at(-1)) {
      // before's rate >= last's rate, multiplied out.
      if (before.positives * last.weight < last.positives * before.weight) break;
      pooled.pop();
      last = {
        from: before.from,
        to: last.to,
        weight: before.weight + last.weight,
        positives: before.positives + last.positives,
      };
    }
    pooled.push(last);
  }
  const calibration: IsotonicCalibration = { name: 'isotonic', scores: [], probabilities: [] };
  for (const block of pooled) {
    const probability = Math.min(1, block.positives / block.weight);
    for (const edge of block.to > block.from ? [block.from, block.to] : [block.from]) {
      calibration.scores.push(edge);
      calibration.probabilities.push(probability);
    }
  }
  return calibration;
}

/** Probability for a score: straight between the points of the curve, flat outside. RangeError for a score that is NaN. O(log m). */
export function isotonicProbability(calibration: IsotonicCalibration, score: number): number {
  if (Number.isNaN(score)) throw new RangeError('isotonicProbability needs a score, got NaN');
  const { scores, probabilities } = calibration;
  if (scores.length === 0) return 0.5;
  if (score <= scores[0]!) return probabilities[0]!;
  if (score >= scores.at(-1)!) return probabilities.at(-1)!;
  let [low, high] = [0, scores.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  // Halved, so that the difference of two huge scores stays finite.
  const part = (score / 2 - scores[low]! / 2) / (scores[high]! / 2 - scores[low]! / 2);
  return probabilities[low]! + part * (probabilities[high]! - probabilities[low]!);
}
