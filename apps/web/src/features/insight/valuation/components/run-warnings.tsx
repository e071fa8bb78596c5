import type { ValuationCard } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { leavesNobody } from '../../../../lib/leaves-nobody.js';
import { useAnyWord } from '../../../../lib/words.js';
import { useWords } from '../words.js';
import styles from './run-warnings.module.css';
import { useDoubtWords } from './use-doubt-words.js';

/** A hold-out off by more than this is said above the figures: a fifth is more than most plans bear. */
const offByShare = 0.2;

/** What the reader must know before trusting the figures, in words. */
export function RunWarnings({ card }: { card: ValuationCard }) {
  const t = useWords();
  const word = useAnyWord();
  const doubts = useDoubts(card);
  const warnings = [...new Set([...card.model.warnings, ...card.spendModel.warnings])];
  const reasons = [card.naiveReason, card.model.reason, card.spendModel.reason];
  const blind = card.naiveReason === null && leavesNobody(card.model.name);
  if (warnings.length === 0 && doubts.length === 0 && !blind && reasons.every((code) => code === null))
    return null;
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
      {blind ? <li>{t('valuation.nobodyLeaves')}</li> : null}
      {card.spendModel.reason === null ? null : (
        <li>{t('valuation.ownMeanInPlace', { reason: reason(card.spendModel.reason) })}</li>
      )}
      {doubts.map((text) => (
        <li key={text}>{text}</li>
      ))}
      {warnings.map((code) => (
        <li key={code}>
          {code.startsWith(edge)
            ? t('valuation.warning.at-edge', { parameter: code.slice(edge.length) })
            : word(`valuation.warning.${code}`)}
        </li>
      ))}
    </ul>
  );
}

const edge = 'at-edge-';

/** The doubts of the card; cards of earlier versions keep none, what their back-test tells stands in. */
function useDoubts(card: ValuationCard): string[] {
  const t = useWords();
  const f = useFormats();
  const { backtest } = card;
  const tested = card.naiveReason === null ? backtest?.model : backtest?.naive;
  const doubt = useDoubtWords(card.history, tested?.totalError ?? null);
  if (card.doubts) return card.doubts.map(doubt);
  if (backtest === null) return [t('valuation.noBacktest')];
  const error = backtest.model.totalError ?? 0;
  if (Math.abs(error) <= offByShare) return [];
  const share = f.percent(Math.abs(error), 0);
  return [t(error > 0 ? 'valuation.overPredicted' : 'valuation.underPredicted', { share })];
}
