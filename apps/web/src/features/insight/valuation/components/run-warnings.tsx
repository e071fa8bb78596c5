import type { ValuationCard } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useAnyWord } from '../../../../lib/words.js';
import { useWords } from '../words.js';
import styles from './run-warnings.module.css';

/** A hold-out off by more than this is said above the figures: a fifth is more than most plans bear. */
const offByShare = 0.2;

/** What the reader must know before trusting the figures, in words. */
export function RunWarnings({ card }: { card: ValuationCard }) {
  const t = useWords();
  const f = useFormats();
  const word = useAnyWord();
  const warnings = [...new Set([...card.model.warnings, ...card.spendModel.warnings])];
  const error = card.backtest?.model.totalError ?? 0;
  const isOff = Math.abs(error) > offByShare;
  const reasons = [card.naiveReason, card.model.reason, card.spendModel.reason];
  const isSound = warnings.length === 0 && reasons.every((code) => code === null);
  if (isSound && card.backtest !== null && !isOff) return null;
  const reason = (code: string) => word(`valuation.reason.${code}`);
  return (
    <ul className={styles['list']}>
      {card.naiveReason === null ? null : (
        <li className={styles['strong']}>
          {t('valuation.naiveInPlace', { reason: reason(card.naiveReason) })}
        </li>
      )}
      {card.model.reason === null || card.naiveReason !== null ? null : (
        <li className={styles['strong']}>
          {t('valuation.notTrusted', { reason: reason(card.model.reason) })}
        </li>
      )}
      {card.spendModel.reason === null ? null : (
        <li>{t('valuation.ownMeanInPlace', { reason: reason(card.spendModel.reason) })}</li>
      )}
      {isOff ? (
        <li>
          {t(error > 0 ? 'valuation.overPredicted' : 'valuation.underPredicted', {
            share: f.percent(Math.abs(error), 0),
          })}
        </li>
      ) : null}
      {card.backtest === null ? <li>{t('valuation.noBacktest')}</li> : null}
      {warnings.map((code) => (
        <li key={code}>{word(`valuation.warning.${code}`)}</li>
      ))}
    </ul>
  );
}
