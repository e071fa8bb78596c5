import type { ReactNode } from 'react';
import styles from './progress-bar.module.css';

interface ProgressBarProps {
  label: string;
  done: number;
  /** Null while it is not known how much there is: the bar then only shows that it moves. */
  total: number | null;
  note?: ReactNode;
  tone?: 'accent' | 'good' | 'bad';
}

export function ProgressBar({ label, done, total, note, tone = 'accent' }: ProgressBarProps) {
  const share = total !== null && total > 0 ? Math.min(done / total, 1) : null;
  return (
    <div className={styles['progress']}>
      <div className={styles['words']}>
        <span className={styles['label']}>{label}</span>
        {note === undefined ? null : <span className={styles['note']}>{note}</span>}
      </div>
      <div
        className={`${styles['track']} ${styles[tone]}`}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      >
        <span
          className={share === null ? styles['moving'] : styles['bar']}
          style={{ width: share === null ? undefined : `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
