import { checkBinary, checkWeights } from '../features/feature-table.js';

/** A tenth of the customers, by predicted probability from high to low. */
export interface LiftTenth {
  rows: number;
  positives: number;
  /** Rate of the tenth against the rate of all; null when there are no positives. */
  lift: number | null;
  /** Share of all positives in this tenth and those before it; null when there are none. */
  captured: number | null;
}

/** A tenth of the customers by predicted probability from low to high; equal predictions stay together. */
export interface CalibrationTenth {
  rows: number;
  meanPredicted: number;
  rate: number;
}

/** How good predicted probabilities are. Null where a figure needs both classes, or any rows, and has none. */
export interface ClassificationReport {
  rows: number;
  positives: number;
  /** Chance that a positive is ranked above a negative, ties counted half. */
  auc: number | null;
  /** Area under the precision-recall steps. */
  averagePrecision: number | null;
  /** Mean squared error of the probability. */
  brier: number | null;
  /** Mean negative log-likelihood; probabilities are held within 1e-15 of 0 and 1. */
  logLoss: number | null;
  /** Largest distance between the distributions of positives and negatives. */
  ks: number | null;
  lift: LiftTenth[];
  calibration: CalibrationTenth[];
}

/** Rows with equal prediction taken together, from high to low. */
interface Group {
  probability: number;
  rows: number;
  positives: number;
}

function groupsOf(label: ArrayLike<number>, probability: Float64Array, weight: Float64Array): Group[] {
  const order = Uint32Array.from(probability, (_, i) => i).sort((a, b) => probability[b]! - probability[a]!);
  const groups: Group[] = [];
  for (const row of order) {
    const w = weight[row]!;
    if (w === 0) continue;
    let group = groups.at(-1);
    if (group?.probability !== probability[row]) {
      group = { probability: probability[row]!, rows: 0, positives: 0 };
      groups.push(group);
    }
    group!.rows += w;
    group!.positives += w * label[row]!;
  }
  return groups;
}

/** Figures that depend on the order of predictions alone. */
function ranking(groups: readonly Group[], rows: number, positives: number) {
  const negatives = rows - positives;
  if (!(positives > 0) || !(negatives > 0)) return { auc: null, averagePrecision: null, ks: null };
  let [above, below, area, precision, ks] = [0, 0, 0, 0, 0];
  for (const group of groups) {
    const wrong = group.rows - group.positives;
    area += wrong * (above + group.positives / 2);
    above += group.positives;
    below += wrong;
    precision += group.positives * (above / (above + below));
    ks = Math.max(ks, Math.abs(above / positives - below / negatives));
  }
  return { auc: area / (positives * negatives), averagePrecision: precision / positives, ks };
}

/** Tenths from high to low; a group that spans a border is shared out in proportion, as if its order were drawn. */
function liftOf(groups: readonly Group[], rows: number, positives: number): LiftTenth[] {
  const tenths = Array.from({ length: 10 }, () => ({ rows: 0, positives: 0 }));
  let passed = 0;
  for (const group of groups) {
    let left = group.rows;
    while (left > 0) {
      const place = Math.min(9, Math.floor((passed / rows) * 10 + 1e-9));
      const room = place === 9 ? left : ((place + 1) / 10) * rows - passed;
      const part = Math.min(left, room);
      tenths[place]!.rows += part;
      tenths[place]!.positives += (part / group.rows) * group.positives;
      passed += part;
      left -= part;
    }
  }
  let captured = 0;
  return tenths.map((tenth) => {
    captured += tenth.positives;
    const known = positives > 0 && tenth.rows > 0;
    return {
      ...tenth,
      lift: known ? tenth.positives / tenth.rows / (positives / rows) : null,
      captured: positives > 0 ? Math.min(1, captured / positives) : null,
    };
  });
}

function calibrationOf(groups: readonly Group[], rows: number): CalibrationTenth[] {
  const tenths = Array.from({ length: 10 }, () => ({ rows: 0, predicted: 0, positives: 0 }));
  let passed = 0;
  for (const group of [...groups].reverse()) {
    const tenth = tenths[Math.min(9, Math.floor(((passed + group.rows / 2) / rows) * 10))]!;
    tenth.rows += group.rows;
    tenth.predicted += group.rows * group.probability;
    tenth.positives += group.positives;
    passed += group.rows;
  }
  return tenths
    .filter((tenth) => tenth.rows > 0)
    .map((tenth) => ({
      rows: tenth.rows,
      meanPredicted: tenth.predicted / tenth.rows,
      rate: tenth.positives / tenth.rows,
    }));
}

/**
 * Judges probabilities against labels, on rows the model has not seen. AUC by ranks with ties averaged (Hanley & McNeil
 * 1982); average precision sum (R_k - R_k-1) P_k over distinct predictions; Brier 1950; Kolmogorov-Smirnov distance.
 * `weight` counts as repeated rows. RangeError, naming the row, for a label other than 0 and 1, a probability outside [0, 1]
 * or a bad weight. O(n log n).
 */
export function classificationReport(
  label: ArrayLike<number>,
  probability: Float64Array,
  weight: Float64Array = new Float64Array(label.length).fill(1),
): ClassificationReport {
  checkBinary('label', label, probability.length);
  checkWeights(weight, probability.length);
  let [rows, positives, squares, loss] = [0, 0, 0, 0];
  for (let i = 0; i < probability.length; i++) {
    const p = probability[i]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probability, row ${i}: ${p} is not between 0 and 1`);
    const held = Math.min(1 - 1e-15, Math.max(1e-15, p));
    rows += weight[i]!;
    positives += weight[i]! * label[i]!;
    squares += weight[i]! * (p - label[i]!) ** 2;
    loss -= weight[i]! * (label[i] === 1 ? Math.log(held) : Math.log1p(-held));
  }
  const groups = groupsOf(label, probability, weight);
  return {
    rows,
    positives,
    ...ranking(groups, rows, positives),
    brier: rows > 0 ? squares / rows : null,
    logLoss: rows > 0 ? loss / rows : null,
    lift: rows > 0 ? liftOf(groups, rows, positives) : [],
    calibration: calibrationOf(groups, rows),
  };
}
