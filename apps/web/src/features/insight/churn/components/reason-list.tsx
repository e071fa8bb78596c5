import type { ChurnReason } from '@kezi/contract';
import { useWords } from '../words.js';
import styles from './churn.module.css';
import { useReasonWords } from './use-reason-words.js';

/** What moves a customer most, towards leaving or away from it: bars from one line, with words. */
export function ReasonList({ reasons }: { reasons: readonly ChurnReason[] }) {
  const t = useWords();
  const said = useReasonWords();
  const most = reasons.reduce((top, { contribution }) => Math.max(top, Math.abs(contribution)), 1e-9);
  return (
    <ul className={styles['reasons']}>
      {reasons.map((reason) => {
        const up = reason.contribution >= 0;
        return (
          <li key={reason.feature}>
            <span>{said(reason)}</span>
            <span className={styles['bar']} aria-hidden="true" data-up={up}>
              <span style={{ width: `${(50 * Math.abs(reason.contribution)) / most}%` }} />
            </span>
            <span className={styles['way']}>{t(up ? 'churn.towards' : 'churn.away')}</span>
          </li>
        );
      })}
    </ul>
  );
}
