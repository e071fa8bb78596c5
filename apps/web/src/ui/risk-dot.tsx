import { useFormats } from '../lib/formats.js';
import styles from './tag.module.css';
import { useCommonWords } from './words.js';

type RiskBand = 'safe' | 'watch' | 'danger' | 'lost';

/** Bands of the probability that a customer is still active: 0.8, 0.5 and 0.2 part them. */
export function riskBand(pAlive: number): RiskBand {
  if (pAlive >= 0.8) return 'safe';
  if (pAlive >= 0.5) return 'watch';
  if (pAlive >= 0.2) return 'danger';
  return 'lost';
}

const colour: Record<RiskBand, string> = {
  safe: 'var(--kz-good)',
  watch: 'var(--kz-risk-3)',
  danger: 'var(--kz-risk-5)',
  lost: 'var(--kz-risk-6)',
};
/** The dot empties as the customer goes: full, three quarters, half, ring. */
const filled: Record<RiskBand, number> = { safe: 1, watch: 0.75, danger: 0.5, lost: 0 };

interface RiskDotProps {
  pAlive: number;
  showWord?: boolean;
}

export function RiskDot({ pAlive, showWord = false }: RiskDotProps) {
  const t = useCommonWords();
  const f = useFormats();
  const band = riskBand(pAlive);
  const said = t('risk.alive', { percent: f.percent(pAlive, 0) });
  const round = 2 * Math.PI * 2.5;
  return (
    <span className={styles['risk']} title={said}>
      <svg width="12" height="12" viewBox="0 0 12 12" role="img" aria-label={`${t(`risk.${band}`)}, ${said}`}>
        <circle cx="6" cy="6" r="5" fill="none" stroke={colour[band]} strokeWidth="1.5" />
        <circle
          cx="6"
          cy="6"
          r="2.5"
          fill="none"
          stroke={colour[band]}
          strokeWidth="5"
          strokeDasharray={`${filled[band] * round} ${round}`}
          transform="rotate(-90 6 6)"
        />
      </svg>
      {showWord ? <span>{t(`risk.${band}`)}</span> : null}
    </span>
  );
}
