import type { ChurnReason } from '@kezi/contract';
import { useWords } from '../words.js';
import { useReasonWords } from './use-reason-words.js';

/**
 * Why a customer may leave, in a sentence. Where what moves it most speaks for its staying, it is as likely to leave as the
 * others are, and the sentence says what holds it; a model that is not to be trusted gives no reasons.
 */
export function useWhy(): (reasons: readonly ChurnReason[]) => string {
  const t = useWords();
  const said = useReasonWords();
  return (reasons) => {
    if (reasons.length === 0) return t('churn.meanOfAll');
    const towards = reasons.filter(({ contribution }) => contribution > 0);
    const named = (towards.length > 0 ? towards : reasons).map(said).join(t('churn.and'));
    return towards.length > 0 ? named : t('churn.nothingStandsOut', { reasons: named });
  };
}
