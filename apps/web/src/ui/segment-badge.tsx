import styles from './tag.module.css';
import { useCommonWords } from './words.js';

const kinds = {
  value: {
    colour: 'var(--kz-category-0)',
    shape: 'M5 .8 6.300 3.600l3 .4-2.200 2.100.5 3L5 7.700 2.400 9.100l.5-3L.7 4l3-.4z',
  }, // star
  develop: { colour: 'var(--kz-category-3)', shape: 'M5 1 9 8.500H1z' }, // rising
  retain: { colour: 'var(--kz-category-1)', shape: 'M1.500 1.500h7v7h-7z' }, // hold
  'win-back': { colour: 'var(--kz-category-4)', shape: 'M5 9 1 1.500h8z' }, // sinking
} as const;

export type SegmentKey = `${'important' | 'general'}-${keyof typeof kinds}`;

/** One of the eight RFM groups: the shape tells the kind, the filled ground the important ones; colour is never alone. */
export function SegmentBadge({ segment }: { segment: SegmentKey }) {
  const t = useCommonWords();
  const [rank = 'general', ...rest] = segment.split('-');
  const kind = kinds[rest.join('-') as keyof typeof kinds];
  return (
    <span className={`${styles['segment']} ${styles[rank]}`}>
      <svg className={styles['sign']} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={kind.shape} fill={kind.colour} />
      </svg>
      {t(`segment.${segment}`)}
    </span>
  );
}
