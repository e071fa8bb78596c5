import { normaliseCode, readCreditCode } from '@kezi/contract';
import { useWords } from '../words.js';

/** What is wrong with a credit code while it is typed; a code that is still short is not wrong yet. */
export function useCodeFault(): (text: string) => string | undefined {
  const t = useWords();
  return (text) => {
    const length = normaliseCode(text).length;
    const read = readCreditCode(text);
    if (length === 0 || read.ok) return undefined;
    if (read.fault === 'sign') return t('customers.creditCodeSign', { sign: read.sign ?? '' });
    if (length > 18) return t('customers.creditCodeLength', { count: length });
    return length === 18 ? t('customers.creditCodeCheck') : undefined;
  };
}
