import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';
import { aliveText } from './alive-text.js';
import styles from './alive-scale.module.css';

/** The four bands of ui/risk-dot, lost to safe, as shares of the scale. */
const bands = [
  { id: 'lost', from: 0, to: 0.2 },
  { id: 'danger', from: 0.2, to: 0.5 },
  { id: 'watch', from: 0.5, to: 0.8 },
  { id: 'safe', from: 0.8, to: 1 },
] as const;

/** Where a customer stands between lost and safe. */
export function AliveScale({ pAlive }: { pAlive: number }) {
  const t = useWords();
  const f = useFormats();
  const at = `${(1 + pAlive * 98).toFixed(1)}%`;
  return (
    <svg
      className={styles['scale']}
      role="img"
      aria-label={t('customers.aliveOf', { percent: aliveText(f, pAlive) })}
      width="100%"
      height="14"
    >
      {bands.map(({ id, from, to }) => (
        <rect
          key={id}
          className={styles[id]}
          x={`${from * 100 + (from > 0 ? 0.5 : 0)}%`}
          width={`${(to - from) * 100 - (from > 0 ? 0.5 : 0)}%`}
          y="5"
          height="4"
          rx="1"
        />
      ))}
      <line x1={at} x2={at} y1="1" y2="13" className={styles['mark']} />
    </svg>
  );
}
