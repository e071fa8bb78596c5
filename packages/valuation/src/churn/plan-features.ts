import { classificationReport, codeLevels } from '@kezi/stats';

/** How a column is read: as a number, or as one of the levels seen in training. `missing`: training has seen empty cells. */
export type FeaturePlan =
  /** `log`: spread over powers of ten; a linear model takes ln(1 + value). */
  | { name: string; kind: 'number'; missing: boolean; log?: boolean }
  | { name: string; kind: 'category'; missing: boolean; levels: string[] };

/**
 * Why nothing is learnt from a column. 'constant': one value throughout; 'identifier': names each row; 'too-many-words':
 * hardly a word comes twice; 'tells-the-label': it alone parts those who left from those who stayed without an error, so it
 * was most likely written down afterwards.
 */
export type LeftOutReason = 'constant' | 'identifier' | 'too-many-words' | 'tells-the-label';

export interface PlannedFeatures {
  plans: FeaturePlan[];
  /** Column j as a number or the code of a level; NaN is missing. */
  columns: Float64Array[];
  leftOut: { name: string; reason: LeftOutReason }[];
  /** Columns that tell the label nearly by themselves (AUC above 0.98), and are kept. */
  suspicious: { name: string; auc: number }[];
}

const emptyWords = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-', '--', '无', '未知', '空']);
const isEmpty = (text: string): boolean => emptyWords.has(text.trim().toLowerCase());

/** Words beyond which a column is free text: 200, unless each comes 20 times on average. */
const MOST_LEVELS = 200;
const ROWS_A_LEVEL = 20;
/** Rows from which on a column without a repeated value is taken for an identifier. */
const FEWEST_ROWS = 30;
const SUSPICIOUS_AUC = 0.98;
/** Rows on which columns are tried by themselves: enough to find what has no exception. */
const MOST_LOOKED_AT = 50_000;
/** Among fewer of the rarer kind, a column may part both kinds by accident. */
const FEWEST_PARTED = 10;

/** A column as its plan reads it: a level that training has not seen is missing. */
export function readFeature(plan: FeaturePlan, texts: readonly string[]): Float64Array {
  if (plan.kind === 'category')
    return codeLevels(
      texts.map((text) => (isEmpty(text) ? null : text.trim())),
      plan.levels,
    ).codes;
  return Float64Array.from(texts, (text) => {
    const value = isEmpty(text) ? Number.NaN : Number(text);
    return Number.isFinite(value) ? value : Number.NaN;
  });
}

const named = /(^|[^a-z])(id|no|uuid|guid|phone|mobile)$|编号|号码|序号|卡号|手机|电话/i;

/** Whether whole numbers that never repeat number the rows: by their name, or because they leave no room between them. */
function numbersRows(name: string, values: Float64Array): boolean {
  if (values.length < FEWEST_ROWS || values.some((value) => !Number.isInteger(value))) return false;
  if (new Set(values).size < values.length) return false;
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return named.test(name) || high - low < 1.5 * values.length;
}

/** A plan for a column, or why there is none. */
function planColumn(name: string, texts: readonly string[]): FeaturePlan | LeftOutReason {
  const present = texts.filter((text) => !isEmpty(text)).map((text) => text.trim());
  const distinct = new Set(present);
  const missing = present.length < texts.length;
  if (distinct.size === 0 || (distinct.size === 1 && !missing)) return 'constant';
  if (present.every((text) => Number.isFinite(Number(text)))) {
    const values = Float64Array.from(present, Number);
    return numbersRows(name, values) ? 'identifier' : { name, kind: 'number', missing };
  }
  if (distinct.size === present.length && present.length >= FEWEST_ROWS) return 'identifier';
  if (distinct.size > MOST_LEVELS && distinct.size * ROWS_A_LEVEL > present.length) return 'too-many-words';
  return { name, kind: 'category', missing, levels: codeLevels([...distinct]).levels };
}

/** AUC of a column by itself, in its better direction; a level of words by its own share of those who left. */
function ownAuc(column: Float64Array, isCategory: boolean, label: Float64Array): number {
  const step = Math.ceil(label.length / MOST_LOOKED_AT);
  const known = Array.from(label.keys()).filter((i) => i % step === 0 && !Number.isNaN(label[i]!));
  const ofKnown = (value: (i: number) => number): number => {
    const scores = Float64Array.from(known, value);
    const order = [...new Set(scores)].sort((a, b) => a - b);
    const rank = new Map(order.map((score, k) => [score, k / order.length]));
    const { auc } = classificationReport(
      Float64Array.from(known, (i) => label[i]!),
      scores.map((score) => rank.get(score)!),
    );
    return auc === null ? 0.5 : Math.max(auc, 1 - auc);
  };
  const byMissing = ofKnown((i) => Number(Number.isNaN(column[i]!)));
  if (!isCategory)
    return Math.max(
      byMissing,
      ofKnown((i) => (Number.isNaN(column[i]!) ? -1e300 : column[i]!)),
    );
  const rows = new Map<number, number>();
  const ones = new Map<number, number>();
  const keyOf = (i: number): number => (Number.isNaN(column[i]!) ? -1 : column[i]!);
  for (const i of known) {
    rows.set(keyOf(i), (rows.get(keyOf(i)) ?? 0) + 1);
    ones.set(keyOf(i), (ones.get(keyOf(i)) ?? 0) + label[i]!);
  }
  return ofKnown((i) => ones.get(keyOf(i))! / rows.get(keyOf(i))!);
}

/**
 * Looks at every column: what it holds, whether anything can be learnt from it, and whether it gives the answer away. A column
 * that tells the label by itself is left out, unless it is among `insisted`. NaN in `label`: not known.
 */
export function planFeatures(
  texts: ReadonlyMap<string, readonly string[]>,
  label: Float64Array,
  insisted: ReadonlySet<string>,
): PlannedFeatures {
  const ones = label.filter((value) => value === 1).length;
  const rarer = Math.min(ones, label.filter((value) => value === 0).length);
  const planned: PlannedFeatures = { plans: [], columns: [], leftOut: [], suspicious: [] };
  for (const [name, cells] of texts) {
    const plan = planColumn(name, cells);
    // Even a column that is useless as it stands may give the answer away by being empty: a day of leaving.
    const filled = Float64Array.from(cells, (text) => (isEmpty(text) ? Number.NaN : 1));
    const column = typeof plan === 'string' ? filled : readFeature(plan, cells);
    const auc = ownAuc(column, typeof plan !== 'string' && plan.kind === 'category', label);
    const tells = auc === 1 && rarer >= FEWEST_PARTED;
    if (tells && !insisted.has(name)) planned.leftOut.push({ name, reason: 'tells-the-label' });
    else if (typeof plan === 'string') planned.leftOut.push({ name, reason: plan });
    else {
      planned.plans.push(plan);
      planned.columns.push(column);
      if (auc > SUSPICIOUS_AUC) planned.suspicious.push({ name, auc });
    }
  }
  return planned;
}
