/** Columns of equal length without holes; one a quantity that is weighed. */
type Columns = readonly Float64Array[];

/** Shares of a sum; equal ones where there is nothing to share. */
function shares(amounts: readonly number[]): number[] {
  const sum = amounts.reduce((total, value) => total + value, 0);
  return amounts.map((value) => (sum > 0 ? value / sum : 1 / amounts.length));
}

/** 1 less the entropy of a column's shares, in units of the largest entropy that n values can have; 0 where all are equal. */
function divergence(column: Float64Array): number {
  if (column.length < 2) return 0;
  let sum = 0;
  for (const value of column) {
    if (!(value >= 0)) throw new RangeError('Entropy weights need values of 0 and above');
    sum += value;
  }
  if (!(sum > 0)) return 0;
  let entropy = 0;
  for (const value of column) {
    const share = value / sum;
    if (share > 0) entropy -= share * Math.log(share);
  }
  // Equal values may come out a rounding above the largest entropy.
  return Math.max(0, 1 - entropy / Math.log(column.length));
}

/**
 * Weights by entropy (Shannon 1948; for decisions Hwang & Yoon 1981): a column whose values differ much tells more than one
 * in which all are alike, which gets the weight 0. Equal weights where no column tells anything. Sums to 1.
 * RangeError for a value below 0.
 */
export function entropyWeights(columns: Columns): number[] {
  // Differences below rounding are none: a million equal values leave about 1e-12.
  return shares(columns.map(divergence).map((value) => (value < 1e-10 ? 0 : value)));
}

/** Centred to mean 0; its standard deviation (n - 1); null where it does not vary. */
function centred(column: Float64Array): { values: Float64Array; deviation: number } | null {
  let mean = 0;
  for (const value of column) mean += value / column.length;
  const values = column.map((value) => value - mean);
  let squares = 0;
  for (const value of values) squares += value * value;
  const deviation = Math.sqrt(squares / Math.max(1, column.length - 1));
  return deviation > 1e-10 ? { values, deviation } : null;
}

/**
 * CRITIC weights (Diakoulaki, Mavrotas & Papayannakis, Determining objective weights in multiple criteria problems, 1995):
 * standard deviation of the column times the sum of 1 less its correlation with every other. What varies and repeats no
 * other column weighs most. Columns are to be on one scale. A column that does not vary gets the weight 0. Sums to 1.
 */
export function criticWeights(columns: Columns): number[] {
  const parts = columns.map(centred);
  return shares(
    parts.map((part, j) => {
      if (part === null) return 0;
      let conflict = 0;
      for (const [k, other] of parts.entries()) {
        if (k === j) continue;
        conflict += 1 - (other === null ? 0 : correlationOf(part, other));
      }
      // One column alone conflicts with nothing and still is all there is.
      return part.deviation * (parts.length === 1 ? 1 : conflict);
    }),
  );
}

type Centred = NonNullable<ReturnType<typeof centred>>;

function correlationOf(a: Centred, b: Centred): number {
  let products = 0;
  for (let i = 0; i < a.values.length; i++) products += a.values[i]! * b.values[i]!;
  return products / (Math.max(1, a.values.length - 1) * a.deviation * b.deviation);
}
