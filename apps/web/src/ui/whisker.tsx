import styles from './inline-marks.module.css';

interface WhiskerProps {
  low: number;
  value: number;
  high: number;
  min: number;
  max: number;
  /** What a screen reader says; also the tooltip. */
  label: string;
  /** Pixels; without it as wide as its place. */
  width?: number;
}

/** Share of the way from `min` to `max`, kept within the picture. */
export function shareOf(value: number, min: number, max: number): number {
  if (!(max > min)) return 0.5;
  return Math.min(Math.max((value - min) / (max - min), 0), 1);
}

/** An estimate drawn as one: a dot with its whisker. */
export function Whisker({ low, value, high, min, max, label, width }: WhiskerProps) {
  const at = (x: number) => `${(2 + shareOf(x, min, max) * 96).toFixed(2)}%`;
  return (
    <svg className={styles['whisker']} role="img" aria-label={label} width={width ?? '100%'} height="12">
      <title>{label}</title>
      <line x1="0" x2="100%" y1="6" y2="6" className={styles['rule']} />
      <line x1={at(low)} x2={at(high)} y1="6" y2="6" className={styles['reach']} />
      <line x1={at(low)} x2={at(low)} y1="3" y2="9" className={styles['end']} />
      <line x1={at(high)} x2={at(high)} y1="3" y2="9" className={styles['end']} />
      <circle cx={at(value)} cy="6" r="3.5" className={styles['dot']} />
    </svg>
  );
}
