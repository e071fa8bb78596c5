/** How far two judgements of a pair are from what all judgements together say. */
export interface AhpPair {
  row: number;
  column: number;
  /** How many times as important `row` was judged as `column`. */
  judged: number;
  /** The ratio of the two weights. */
  implied: number;
}

export interface AhpWeights {
  /** Sum to 1. */
  weights: number[];
  /** Largest eigenvalue of the matrix; n when nothing contradicts. */
  largestEigenvalue: number;
  consistencyIndex: number;
  /** The index as a share of that of random judgements; above 0.1 the judgements contradict each other. 0 up to two rows. */
  consistencyRatio: number;
  /** The judgement that fits the others worst; null where none contradicts. */
  worstPair: AhpPair | null;
}

/** Mean consistency index of random reciprocal matrices of size 0 to 15 (Saaty 1980, table 2.2). */
const randomIndex = [0, 0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
const mostRows = randomIndex.length - 1;
const mostRounds = 1000;

/**
 * The full matrix out of the judgements above its diagonal, row by row: (0,1), (0,2) ... (1,2) ... Below it stand the
 * reciprocals.
 * RangeError unless there are n (n - 1) / 2 positive numbers for n of 1 to 15.
 */
export function ahpMatrix(rows: number, judgements: readonly number[]): number[][] {
  const isSized = Number.isInteger(rows) && rows >= 1 && rows <= mostRows;
  if (!isSized || judgements.length !== (rows * (rows - 1)) / 2) {
    throw new RangeError(`${judgements.length} judgements do not compare ${rows} things`);
  }
  if (!judgements.every((value) => value > 0 && Number.isFinite(value))) {
    throw new RangeError('A judgement is a positive number');
  }
  const matrix = Array.from({ length: rows }, () => Array.from({ length: rows }, () => 1));
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = i + 1; j < rows; j++) {
      matrix[i]![j] = judgements[at]!;
      matrix[j]![i] = 1 / judgements[at++]!;
    }
  }
  return matrix;
}

/** The matrix times a vector, scaled to sum 1, and the sum before: by repetition the principal eigenvector and its value. */
function multiplied(matrix: readonly (readonly number[])[], vector: readonly number[]) {
  const product = matrix.map((row) => row.reduce((sum, value, j) => sum + value * vector[j]!, 0));
  const sum = product.reduce((total, value) => total + value, 0);
  return { vector: product.map((value) => value / sum), sum };
}

function worstPairOf(matrix: readonly (readonly number[])[], weights: readonly number[]): AhpPair | null {
  let worst: AhpPair | null = null;
  let most = 1e-9;
  for (let row = 0; row < weights.length; row++) {
    for (let column = row + 1; column < weights.length; column++) {
      const judged = matrix[row]![column]!;
      const implied = weights[row]! / weights[column]!;
      const distance = Math.abs(Math.log(judged / implied));
      if (distance <= most) continue;
      most = distance;
      worst = { row, column, judged, implied };
    }
  }
  return worst;
}

/**
 * Weights from pairwise comparison: the principal eigenvector of a reciprocal matrix, by the power method (Saaty, A scaling
 * method for priorities in hierarchical structures, 1977). The consistency index is (largest eigenvalue - n) / (n - 1), the
 * ratio its share of the mean index of random judgements (Saaty 1980). The worst pair is the one whose judgement is the most
 * times away from the ratio of its weights.
 */
export function ahpWeights(matrix: readonly (readonly number[])[]): AhpWeights {
  const rows = matrix.length;
  let weights = Array.from({ length: rows }, () => 1 / rows);
  let largestEigenvalue = rows;
  for (let round = 0; round < mostRounds; round++) {
    const next = multiplied(matrix, weights);
    const moved = Math.max(...next.vector.map((value, i) => Math.abs(value - weights[i]!)));
    weights = next.vector;
    largestEigenvalue = next.sum;
    if (moved < 1e-14) break;
  }
  const consistencyIndex = rows < 2 ? 0 : Math.max(0, (largestEigenvalue - rows) / (rows - 1));
  const random = randomIndex[rows] ?? 0;
  return {
    weights,
    largestEigenvalue,
    consistencyIndex,
    consistencyRatio: random > 0 ? consistencyIndex / random : 0,
    worstPair: worstPairOf(matrix, weights),
  };
}
