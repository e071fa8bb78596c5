import type { PoolRow } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';

/** What holds for whoever claims here, with what the reader has used of it. */
export function PoolTerms({ pool }: { pool: PoolRow }) {
  const t = useWords();
  const f = useFormats();
  const cap = (limit: number | null) => (limit === null ? t('ownership.noCap') : f.count(limit));
  return (
    <p className={styles['terms']}>
      {pool.mayClaim ? (
        <>
          <span>
            {t('ownership.claimedToday')}{' '}
            <strong>
              {f.count(pool.claimedToday)}
              {' / '}
              {cap(pool.claimsPerDay)}
            </strong>
          </span>
          <span>
            {t('ownership.holding')}{' '}
            <strong>
              {f.count(pool.holding)}
              {' / '}
              {cap(pool.holdingCap)}
            </strong>
          </span>
        </>
      ) : (
        <span>{t('ownership.mayNotClaim')}</span>
      )}
      <span>{t('ownership.coolDownOf', { days: pool.coolDownDays })}</span>
      <span>{t('ownership.protectOf', { days: pool.protectDays })}</span>
    </p>
  );
}
