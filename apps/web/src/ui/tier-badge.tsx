import type { TierBadge as Badge } from '@kezi/contract';
import styles from './tag.module.css';

/** Each kind has a shape and a colour; the name stands beside, so that colour is never alone. */
const kinds: Readonly<Record<Badge, { colour: string; shape: string }>> = {
  crown: {
    colour: 'var(--kz-category-1)',
    shape: 'M.8 2.500 3 4.500 5 1.200l2 3.300 2.200-2L8.400 8.500H1.600z',
  },
  diamond: { colour: 'var(--kz-category-6)', shape: 'M2.500 1.500h5l2 2.500L5 9.200.500 4z' },
  star: {
    colour: 'var(--kz-category-0)',
    shape: 'M5 .800 6.300 3.600l3 .400-2.200 2.100.500 3L5 7.700 2.400 9.100l.500-3L.700 4l3-.400z',
  },
  medal: {
    colour: 'var(--kz-category-7)',
    shape: 'M5 1.200a3.800 3.800 0 1 1 0 7.600 3.800 3.800 0 0 1 0-7.600z',
  },
  shield: { colour: 'var(--kz-category-3)', shape: 'M1.300 1.500h7.400v3.800L5 9.200 1.300 5.300z' },
  circle: {
    colour: 'var(--kz-text-faint)',
    shape:
      'M5 1.200a3.800 3.800 0 1 1 0 7.600 3.800 3.800 0 0 1 0-7.600zm0 1.600a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400z',
  },
};

/** The grade of a customer, by the name that the company gave it. */
export function TierBadge({ badge, name }: { badge: Badge; name: string }) {
  const { colour, shape } = kinds[badge];
  return (
    <span className={`${styles['segment']} ${styles['general']}`}>
      <svg className={styles['sign']} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={shape} fill={colour} fillRule="evenodd" />
      </svg>
      {name}
    </span>
  );
}
