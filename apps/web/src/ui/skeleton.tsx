import styles from './skeleton.module.css';

// The shapes wait 300 ms before they show (skeleton.module.css): what comes sooner is not announced.
const range = (length: number) => Array.from({ length }, (_, index) => index);
/** Uneven like words, and the same at every render. */
const widthOf = (index: number) => `${[92, 78, 85, 64, 88, 71][index % 6] ?? 80}%`;

export function SkeletonLines({ n = 3 }: { n?: number }) {
  return (
    <div className={styles['late']} aria-hidden="true">
      {range(n).map((line) => (
        <div key={line} className={styles['line']} style={{ width: widthOf(line) }} />
      ))}
    </div>
  );
}

export function SkeletonGrid({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  return (
    <div className={`${styles['late']} ${styles['grid']}`} aria-hidden="true">
      {range(rows).map((row) => (
        <div key={row} className={styles['row']}>
          {range(columns).map((column) => (
            <div key={column} className={styles['cell']} style={{ width: widthOf(row + column) }} />
          ))}
        </div>
      ))}
    </div>
  );
}

export function SkeletonMetrics({ n = 4 }: { n?: number }) {
  return (
    <div className={`${styles['late']} ${styles['metrics']}`} aria-hidden="true">
      {range(n).map((metric) => (
        <div key={metric} className={styles['metric']}>
          <div className={styles['line']} style={{ width: '40%' }} />
          <div className={styles['figure']} />
          <div className={styles['line']} style={{ width: '70%' }} />
        </div>
      ))}
    </div>
  );
}

export function SkeletonChart({ height = 280 }: { height?: number }) {
  return (
    <div className={`${styles['late']} ${styles['chart']}`} style={{ height }} aria-hidden="true">
      {range(12).map((bar) => (
        <div key={bar} style={{ height: `${30 + ((bar * 37) % 60)}%` }} />
      ))}
    </div>
  );
}
