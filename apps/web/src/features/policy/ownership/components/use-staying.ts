import type { TransferRow } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';

/** Why some of the customers that a transfer was asked for stayed where they were: a phrase for each reason there is. */
export function useStaying() {
  const t = useWords();
  const f = useFormats();
  return ({ alreadyThere, notToGive }: TransferRow): string[] => [
    ...(alreadyThere === 0 ? [] : [t('ownership.alreadyThere', { count: f.count(alreadyThere) })]),
    ...(notToGive === 0 ? [] : [t('ownership.notToGive', { count: f.count(notToGive) })]),
  ];
}
