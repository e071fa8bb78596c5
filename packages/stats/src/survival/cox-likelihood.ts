import type { Curvature } from '../linear/newton.js';

/** Rows in ascending order of duration, features row by row: `features[i * count + j]`. */
export interface OrderedLifetimes {
  duration: Float64Array;
  event: Uint8Array;
  features: Float64Array;
  count: number;
}

/** Sums over a set of customers: exp(eta), times x, times x x' (lower triangle). */
interface RiskSums {
  risk: number;
  first: Float64Array;
  second: Float64Array;
}

const emptySums = (count: number): RiskSums => ({
  risk: 0,
  first: new Float64Array(count),
  second: new Float64Array((count * (count + 1)) / 2),
});

function addRow(sums: RiskSums, rows: OrderedLifetimes, i: number, risk: number): void {
  const { features, count } = rows;
  const at = i * count;
  sums.risk += risk;
  for (let j = 0, cell = 0; j < count; j++) {
    const weighted = risk * features[at + j]!;
    sums.first[j]! += weighted;
    for (let k = 0; k <= j; k++) sums.second[cell++]! += weighted * features[at + k]!;
  }
}

/** Linear predictors, shifted so that the largest is 0: the partial likelihood does not see a shift. */
export function shiftedPredictors(rows: OrderedLifetimes, point: Float64Array): Float64Array {
  const { features, count, duration } = rows;
  const predictors = new Float64Array(duration.length);
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < predictors.length; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += point[j]! * features[i * count + j]!;
    predictors[i] = sum;
    if (sum > largest) largest = sum;
  }
  for (let i = 0; i < predictors.length; i++) predictors[i]! -= largest;
  return predictors;
}

/** Takes the d tied events of one time out of the risk set one by one, a d-th of their sum at a time (Efron). */
function addTiedEvents(out: Curvature, all: RiskSums, tied: RiskSums, events: number): void {
  const count = all.first.length;
  const mean = new Float64Array(count);
  for (let l = 0; l < events; l++) {
    const part = l / events;
    const risk = all.risk - part * tied.risk;
    out.value -= Math.log(risk);
    for (let j = 0, cell = 0; j < count; j++) {
      mean[j] = (all.first[j]! - part * tied.first[j]!) / risk;
      out.gradient[j]! -= mean[j]!;
      const row = out.information[j]!;
      for (let k = 0; k <= j; k++, cell++) {
        row[k]! += (all.second[cell]! - part * tied.second[cell]!) / risk - mean[j]! * mean[k]!;
      }
    }
  }
}

/**
 * Cox's partial log-likelihood with its gradient and information, ties by Efron's method.
 * Sources: Cox 1972, eq. 12; Efron 1977, section 4. Minus ridge / 2 times the sum of squared coefficients.
 * O(n p^2) for each evaluation.
 */
export function coxPartialLikelihood(rows: OrderedLifetimes, point: Float64Array, ridge = 0): Curvature {
  const { duration, event, features, count } = rows;
  const out: Curvature = {
    value: 0,
    gradient: new Float64Array(count),
    information: Array.from({ length: count }, () => Array.from({ length: count }, () => 0)),
  };
  const predictors = shiftedPredictors(rows, point);
  const all = emptySums(count);
  for (let end = duration.length; end > 0;) {
    const time = duration[end - 1]!;
    const tied = emptySums(count);
    let events = 0;
    let start = end;
    for (; start > 0 && duration[start - 1] === time; start--) {
      const i = start - 1;
      const risk = Math.exp(predictors[i]!);
      addRow(all, rows, i, risk);
      if (event[i] === 0) continue;
      addRow(tied, rows, i, risk);
      events++;
      out.value += predictors[i]!;
      for (let j = 0; j < count; j++) out.gradient[j]! += features[i * count + j]!;
    }
    if (events > 0) addTiedEvents(out, all, tied, events);
    end = start;
  }
  for (let j = 0; j < count; j++) {
    out.value -= 0.5 * ridge * point[j]! ** 2;
    out.gradient[j]! -= ridge * point[j]!;
    out.information[j]![j]! += ridge;
    for (let k = 0; k < j; k++) out.information[k]![j] = out.information[j]![k]!;
  }
  return out;
}
