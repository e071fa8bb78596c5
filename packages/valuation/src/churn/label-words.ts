import { CodedError } from '@kezi/contract/errors';

/** A column of churned and stayed: 1, 0, or NaN where the cell is empty. */
export interface ChurnLabel {
  column: string;
  /** The word for a customer who has left, and the one for a customer who has stayed. */
  churned: string;
  stayed: string;
  values: Float64Array;
}

const churnedWords = new Set(
  '1 yes y true t churn churned left lost gone cancelled canceled closed inactive exited attrited 是 流失 已流失 离网 已离网 退订 销户 不活跃 离开 已离开'.split(
    ' ',
  ),
);
const stayedWords = new Set(
  '0 no n false f stay stayed active existing retained current open loyal 否 未流失 没有流失 在网 活跃 留存 正常 在用 未离开'.split(
    ' ',
  ),
);

/** 1.0 and 1 are one word; so are Yes and yes. */
const plain = (text: string): string => {
  const word = text.trim().toLowerCase();
  return word !== '' && Number.isFinite(Number(word)) ? String(Number(word)) : word;
};

/**
 * Reads a label written in words: 1/0, yes/no, 是/否, churned/active and the like, in either language. `churned` names the
 * word for those who left, where the words do not say it themselves. CodedError churn.one_class, churn.label_not_two,
 * churn.label_unclear.
 */
export function readLabel(column: string, texts: readonly string[], churned?: string): ChurnLabel {
  const words = texts.map(plain);
  const levels = [...new Set(words.filter((word) => word !== ''))].sort();
  const shown = levels.slice(0, 5).join(', ');
  if (levels.length < 2) throw new CodedError('churn.one_class', { column, value: shown });
  if (levels.length > 2)
    throw new CodedError('churn.label_not_two', { column, count: levels.length, values: shown });
  const isChurned = (word: string): boolean => churnedWords.has(word);
  const isStayed = (word: string): boolean => stayedWords.has(word);
  const [a, b] = levels as [string, string];
  let positive: string | null = null;
  if (churned !== undefined) positive = levels.find((word) => word === plain(churned)) ?? null;
  else if ((isChurned(a) && !isChurned(b)) || (isStayed(b) && !isStayed(a))) positive = a;
  else if ((isChurned(b) && !isChurned(a)) || (isStayed(a) && !isStayed(b))) positive = b;
  if (positive === null) throw new CodedError('churn.label_unclear', { column, values: shown });
  const written = (word: string): string => texts[words.indexOf(word)]!.trim();
  return {
    column,
    churned: written(positive),
    stayed: written(positive === a ? b : a),
    values: Float64Array.from(words, (word) => (word === '' ? Number.NaN : Number(word === positive))),
  };
}
