import type { ReactNode } from 'react';
import { AppLink } from '../lib/navigate.js';
import { useRiseIsRed } from '../lib/rise-colour.js';
import { Icon } from './icon.js';
import styles from './metric.module.css';
import { Whisker } from './whisker.js';
import { useCommonWords } from './words.js';

interface MetricProps {
  label: ReactNode;
  value: ReactNode;
  /** The full figure, on hover. */
  title?: string;
  interval?: { low: number; value: number; high: number };
  /** 'between 1.2M and 1.9M': an interval is never drawn without being said. */
  intervalText?: string;
  /** `text` is what is shown; `value` only gives the direction. */
  delta?: { value: number; text: string; note?: string };
  /** The rows behind the figure. */
  to?: string;
  loading?: boolean;
}

/** A figure: what it is, how sure we are of it, how it moved, and the door to its rows. */
export function Metric({
  label,
  value,
  title,
  interval,
  intervalText,
  delta,
  to,
  loading = false,
}: MetricProps) {
  const span = interval ? (interval.high - interval.low) * 0.35 || 1 : 1;
  const figure = (
    <span className={styles['figure']} title={title}>
      {value}
    </span>
  );
  return (
    <div className={styles['metric']} aria-busy={loading}>
      <dt className={styles['label']}>{label}</dt>
      <dd className={styles['value']}>
        {loading ? (
          <span className={styles['waiting']} />
        ) : to === undefined ? (
          figure
        ) : (
          <AppLink to={to}>{figure}</AppLink>
        )}
        {interval && !loading ? (
          <Whisker
            {...interval}
            min={interval.low - span}
            max={interval.high + span}
            label={intervalText ?? ''}
          />
        ) : null}
        {loading || (intervalText === undefined && !delta) ? null : (
          <span className={styles['notes']}>
            {intervalText === undefined ? null : <span>{intervalText}</span>}
            {delta ? <Delta {...delta} /> : null}
          </span>
        )}
      </dd>
    </div>
  );
}

function Delta({ value, text, note }: { value: number; text: string; note?: string }) {
  const t = useCommonWords();
  const riseIsRed = useRiseIsRed();
  if (value === 0) return <span className={styles['same']}>{t('delta.same')}</span>;
  const red = value > 0 === riseIsRed;
  return (
    <span className={red ? styles['red'] : styles['green']}>
      <span aria-hidden="true" className={styles['arrow']}>
        <Icon name={value > 0 ? 'up' : 'down'} size={14} />
        {text}
      </span>
      <span className="kz-unseen">{t(value > 0 ? 'delta.up' : 'delta.down', { text })}</span>
      {note === undefined ? null : <span className={styles['note']}>{note}</span>}
    </span>
  );
}

/** Metrics side by side in one panel; below each other on a phone. */
export function MetricRow({ children }: { children: ReactNode }) {
  return <dl className={styles['row']}>{children}</dl>;
}
