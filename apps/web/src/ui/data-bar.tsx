import type { ReactNode } from 'react';
import styles from './inline-marks.module.css';
import { shareOf } from './whisker.js';

interface DataBarProps {
  value: number;
  max: number;
  tone?: 'value' | 'risk' | 'neutral';
  /** The figure that stands before the bar. */
  children?: ReactNode;
}

/** A figure with a bar below it, so that a column can be read as a picture. Negative values have no bar. */
export function DataBar({ value, max, tone = 'value', children }: DataBarProps) {
  const share = shareOf(Math.max(value, 0), 0, max);
  return (
    <span className={styles['bar-cell']}>
      <span>{children}</span>
      <span className={styles['bar-track']} aria-hidden="true">
        <span className={`${styles['bar']} ${styles[`bar-${tone}`]}`} style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
}
