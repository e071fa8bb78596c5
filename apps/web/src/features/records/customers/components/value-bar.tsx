import styles from './value-bar.module.css';

interface ValueBarProps {
  low: number;
  value: number;
  high: number;
  /** End of the scale: the largest upper end of the list. */
  max: number;
  label: string;
}

/**
 * Place on the scale, in percent. By the square root: customers differ a thousandfold, and on a straight scale all but
 * the first few would be a hair.
 */
function placeOnScale(value: number, max: number): number {
  if (!(max > 0)) return 0;
  return Math.sqrt(Math.min(Math.max(value / max, 0), 1)) * 98;
}

/** A bar to the estimate, a whisker over its interval. */
export function ValueBar({ low, value, high, max, label }: ValueBarProps) {
  const at = (x: number) => `${placeOnScale(x, max).toFixed(1)}%`;
  return (
    <svg className={styles['bar']} role="img" aria-label={label} height="14" width="100%">
      <rect x="0" y="3" height="8" rx="1.5" width={at(value)} className={styles['body']} />
      <line x1={at(low)} x2={at(high)} y1="7" y2="7" className={styles['reach']} />
      <line x1={at(low)} x2={at(low)} y1="4.5" y2="9.5" className={styles['reach']} />
      <line x1={at(high)} x2={at(high)} y1="4.5" y2="9.5" className={styles['reach']} />
      <circle cx={at(value)} cy="7" r="2.5" className={styles['dot']} />
    </svg>
  );
}
