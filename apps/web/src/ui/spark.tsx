import styles from './inline-marks.module.css';

interface SparkProps {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  /** `line` for levels, `bars` for sums per month. */
  kind?: 'line' | 'bars';
}

/** Points of a spark in its box, one pixel of air at top and bottom; a flat row runs through the middle. */
export function sparkPoints(values: readonly number[], width: number, height: number): [number, number][] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => [
    index * step,
    high > low ? height - 1 - ((value - low) / (high - low)) * (height - 2) : height / 2,
  ]);
}

/** Bars as one path; a positive value is never thinner than a pixel, negative ones have no bar. */
export function sparkBars(values: readonly number[], width: number, height: number): string {
  const step = width / values.length;
  const wide = Math.max(step - 1.5, 1);
  const top = Math.max(...values, 0);
  return values
    .map((value, index) => {
      const tall = value > 0 ? Math.max((value / top) * (height - 1), 1) : 0;
      return tall === 0
        ? ''
        : `M${(index * step).toFixed(1)} ${height}v-${tall.toFixed(1)}h${wide.toFixed(1)}V${height}z`;
    })
    .join('');
}

/** Twelve months in a cell. */
export function Spark({ values, label, width = 84, height = 20, kind = 'line' }: SparkProps) {
  const title = <title>{label}</title>;
  if (values.length === 0) return <svg role="img" aria-label={label} width={width} height={height} />;
  if (kind === 'bars') {
    return (
      <svg className={styles['spark']} role="img" aria-label={label} width={width} height={height}>
        {title}
        <path d={sparkBars(values, width, height)} />
      </svg>
    );
  }
  const points = sparkPoints(values, width - 4, height);
  const [endX, endY] = points.at(-1) ?? [0, 0];
  return (
    <svg className={styles['spark']} role="img" aria-label={label} width={width} height={height}>
      {title}
      <polyline points={points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
      <circle cx={endX} cy={endY} r="2" />
    </svg>
  );
}
