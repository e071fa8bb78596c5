import { shiftedPredictors, type OrderedLifetimes } from './cox-likelihood.js';

/** Cumulative hazard of a customer whose columns are all at their means, at each time with an event. */
export interface BaselineHazard {
  time: number[];
  hazard: number[];
}

/**
 * Cumulative baseline hazard that agrees with Efron's likelihood: at a time with d tied events it rises by the sum over
 * l = 0 ... d-1 of 1 / (R - l/d E), R and E the sums of exp(eta) over those at risk and over the tied events (Therneau &
 * Grambsch 2000, section 10.2.2). Without ties it is Breslow's. O(n p).
 */
export function baselineHazard(rows: OrderedLifetimes, point: Float64Array): BaselineHazard {
  const { duration, event, features, count } = rows;
  const predictors = shiftedPredictors(rows, point);
  // The shift is undone: the first row tells what it was.
  let first = 0;
  for (let j = 0; j < count; j++) first += point[j]! * features[j]!;
  const shift = duration.length > 0 ? first - predictors[0]! : 0;
  const unit = Math.exp(-Math.max(-700, Math.min(700, shift)));
  const steps: [number, number][] = [];
  let all = 0;
  for (let end = duration.length; end > 0;) {
    const time = duration[end - 1]!;
    let [tied, events, start] = [0, 0, end];
    for (; start > 0 && duration[start - 1] === time; start--) {
      const risk = Math.exp(predictors[start - 1]!);
      all += risk;
      if (event[start - 1] === 0) continue;
      tied += risk;
      events++;
    }
    let rise = 0;
    for (let l = 0; l < events; l++) rise += unit / Math.max(Number.MIN_VALUE, all - (l / events) * tied);
    if (events > 0) steps.push([time, Math.min(rise, Number.MAX_VALUE)]);
    end = start;
  }
  let total = 0;
  const ordered = steps.reverse().map(([time, rise]): [number, number] => {
    total = Math.min(total + rise, Number.MAX_VALUE);
    return [time, total];
  });
  return { time: ordered.map(([time]) => time), hazard: ordered.map(([, hazard]) => hazard) };
}
