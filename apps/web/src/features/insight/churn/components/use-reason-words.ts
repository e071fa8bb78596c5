import type { ChurnReason } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { useWords } from '../words.js';

/** A feature's value as a person reads it: days whole, money as money, ratios with two digits. */
export function useReasonWords(): (reason: Pick<ChurnReason, 'feature' | 'value'>) => string {
  const t = useWords();
  const word = useAnyWord();
  const f = useFormats();
  const figure = (feature: string, value: string): string => {
    if (value === '') return t('churn.missing');
    const number = Number(value);
    if (feature === 'order_value') return f.valueShort(number);
    if (feature.endsWith('_days')) return t('churn.days', { count: f.count(Math.round(number)) });
    if (feature.endsWith('orders')) return f.count(number);
    return feature === 'spend_trend' ? f.percent(number, 0) : f.decimal(number, 2);
  };
  return ({ feature, value }) =>
    t('churn.reason', { feature: word(`churn.feature.${feature}`), value: figure(feature, value) });
}
