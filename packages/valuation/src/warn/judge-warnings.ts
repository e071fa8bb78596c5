/** What a detector said of customers on several days, and what became of them. A row is a customer on a day. */
export interface Judged {
  /** The customer of a row, as a whole number from 0. */
  customer: Float64Array;
  /** The day of a row. Rows come by customer, then by day. */
  day: Float64Array;
  score: Float64Array;
  /** Warns from 1 on. */
  yardstick: Float64Array;
  /** 1 where it came true. */
  lost: Float64Array;
  /** From which score on the detector warns of a row, where that is not the same for all; infinite: never. */
  cut?: Float64Array | undefined;
}

/** Rows on which a rule warns: how many come true, and how many of those that come true it finds. */
interface Rule {
  alarms: number;
  precision: number | null;
  recall: number | null;
}

export interface Judgement {
  rows: number;
  customers: number;
  /** Share of all rows that came true: the precision of warning of everybody. */
  baseRate: number;
  yardstick: Rule;
  /** The detector with the cut that finds as many as the yardstick does. */
  equalRecall:
    | (Rule & {
        cut: number;
        /** Precision of the detector less that of the yardstick, with the 95 % interval; customers are the unit of chance. */
        gain: number;
        gainLow: number;
        gainHigh: number;
        verdict: 'better' | 'worse' | 'no-difference';
      })
    | null;
  /** The detector with its own cut: 1, or where it was set otherwise, for all or for a tier. */
  own: Rule & {
    /** Warnings that begin: the row before of the same customer had none. */
    warnings: number;
    warningsAWeek: number;
    /** Share of the warnings that came true. */
    warningPrecision: number | null;
    /** Median of the days by which a warning that came true was earlier than the yardstick; negative: later. */
    leadDays: number | null;
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

function ruleOf(judged: Judged, warns: (row: number) => boolean): Rule {
  let alarms = 0;
  let found = 0;
  let lost = 0;
  for (let i = 0; i < judged.lost.length; i++) {
    lost += judged.lost[i]!;
    if (!warns(i)) continue;
    alarms++;
    found += judged.lost[i]!;
  }
  return { alarms, precision: ratio(found, alarms), recall: ratio(found, lost) };
}

/** Scores by one cut: those of a row with a cut of its own are in step with it. */
function inStep({ score, cut }: Judged, common: number): Float64Array {
  if (cut === undefined) return score;
  return score.map((one, row) => (cut[row] === common ? one : (one * common) / cut[row]!));
}

/** The highest cut of the score that finds at least so many. */
function cutFinding(score: Float64Array, lost: Float64Array, wanted: number): number | null {
  const order = Float64Array.from(score.keys()).sort((a, b) => score[b]! - score[a]!);
  let found = 0;
  for (const row of order) {
    found += lost[row]!;
    // A cut of nothing would warn of everybody.
    if (found >= wanted) return score[row]! > 0 ? score[row]! : null;
  }
  return null;
}

/**
 * Standard error of the difference of two precisions, by linearisation: each is a ratio of two sums over customers, whose rows
 * belong together (W. G. Cochran, Sampling Techniques, 1977, 6.8).
 */
function errorOfGain(
  judged: Judged,
  rules: readonly ((row: number) => boolean)[],
  of: readonly Rule[],
): number {
  const influence = new Map<number, number>();
  for (let i = 0; i < judged.lost.length; i++) {
    let sum = 0;
    for (const [k, warns] of rules.entries()) {
      const { alarms, precision } = of[k]!;
      if (!warns(i) || precision === null) continue;
      sum += ((k === 0 ? 1 : -1) * (judged.lost[i]! - precision)) / alarms;
    }
    if (sum !== 0) influence.set(judged.customer[i]!, (influence.get(judged.customer[i]!) ?? 0) + sum);
  }
  let squares = 0;
  for (const value of influence.values()) squares += value * value;
  return Math.sqrt(squares);
}

function atEqualRecall(judged: Judged, yardstick: Rule, common: number): Judgement['equalRecall'] {
  const wanted = Math.round((yardstick.precision ?? 0) * yardstick.alarms);
  const score = inStep(judged, common);
  const cut = wanted === 0 ? null : cutFinding(score, judged.lost, wanted);
  if (cut === null) return null;
  const warns = (row: number): boolean => score[row]! >= cut;
  const plain = (row: number): boolean => judged.yardstick[row]! >= 1;
  const rule = ruleOf(judged, warns);
  const gain = (rule.precision ?? 0) - (yardstick.precision ?? 0);
  const margin = 1.96 * errorOfGain(judged, [warns, plain], [rule, yardstick]);
  const verdict = gain - margin > 0 ? 'better' : gain + margin < 0 ? 'worse' : 'no-difference';
  return { ...rule, cut, gain, gainLow: gain - margin, gainHigh: gain + margin, verdict };
}

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}

/**
 * Warnings as they begin. A row after a break of the days, or the first of a customer, begins nothing: it may be an old one. Every
 * one begins where the looks are no steps of one length: a change between two of them is new.
 */
function begun(judged: Judged, stepDays: number | null, warns: (row: number) => boolean): number[] {
  const { customer, day, score } = judged;
  if (stepDays === null) return [...score.keys()].filter(warns);
  const rows: number[] = [];
  for (let i = 1; i < score.length; i++) {
    const apart = day[i]! - day[i - 1]!;
    const follows = customer[i] === customer[i - 1] && apart === stepDays;
    if (follows && warns(i) && !warns(i - 1)) rows.push(i);
  }
  return rows;
}

/**
 * How a detector did against its yardstick.
 * @param options `yardstickDays`: days after which the yardstick would have spoken of silence; null where it counts no days. `cut`:
 *   the score from which on the detector warns, but of rows with a cut of their own
 */
export function judgeWarnings(
  judged: Judged,
  options: {
    stepDays: number | null;
    days: number;
    highestScore: number;
    yardstickDays: number | null;
    cut: number;
  },
): Judgement {
  const { lost, yardstick: plain, score } = judged;
  const yardstick = ruleOf(judged, (row) => plain[row]! >= 1);
  const cutOf = (row: number): number => judged.cut?.[row] ?? options.cut;
  const warns = (row: number): boolean =>
    score[row]! >= cutOf(row) && score[row]! <= Math.max(options.highestScore, cutOf(row));
  const own = ruleOf(judged, warns);
  const starts = begun(judged, options.stepDays, warns);
  const { yardstickDays } = options;
  const leads =
    yardstickDays === null
      ? []
      : starts.filter((row) => lost[row] === 1).map((row) => yardstickDays * (1 - plain[row]!));
  return {
    rows: lost.length,
    customers: new Set(judged.customer).size,
    baseRate:
      ratio(
        lost.reduce((sum, one) => sum + one, 0),
        lost.length,
      ) ?? 0,
    yardstick,
    equalRecall: atEqualRecall(judged, yardstick, options.cut),
    own: {
      ...own,
      warnings: starts.length,
      warningsAWeek: options.days > 0 ? (7 * starts.length) / options.days : 0,
      warningPrecision: ratio(starts.filter((row) => lost[row] === 1).length, starts.length),
      leadDays: median(leads),
    },
  };
}
