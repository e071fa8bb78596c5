import type { CustomerRow } from '@kezi/contract';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useScroll } from '../../../../ui/data-grid/use-scroll.js';
import type { WindowedRows } from '../../../../ui/data-grid/windowed-rows.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { RiskDot } from '../../../../ui/risk-dot.js';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { useWords } from '../words.js';
import styles from './customer-cards.module.css';
import { NextOrder } from './next-order.js';
import { ValueBar } from './value-bar.js';

interface CustomerCardsProps {
  rows: WindowedRows<CustomerRow>;
  max: number;
  today: string;
  stale: boolean;
  onOpen: (row: CustomerRow) => void;
  empty: ReactNode;
  totalText: string | undefined;
}

/** Pixels; the style sheet has the same. */
const cardHeight = 92;

/** The register on a phone: the same rows, each as a card that a thumb can hit. */
export function CustomerCards({ rows, max, today, stale, onOpen, empty, totalText }: CustomerCardsProps) {
  const { element, onScroll, ...scroll } = useScroll(rows.reachable, cardHeight, 0, rows.listKey);
  const { look } = rows;
  useEffect(() => look(scroll.first, scroll.end), [look, scroll.first, scroll.end]);
  if (rows.error !== null && rows.reachable === 0) {
    return <ErrorState error={rows.error} onRetry={rows.retry} />;
  }
  if (!rows.loading && rows.reachable === 0) return <>{empty}</>;
  const drawn = Array.from({ length: scroll.end - scroll.first }, (_, index) => scroll.first + index);
  return (
    <div className={styles['list']}>
      {totalText === undefined ? null : <p className={styles['total']}>{totalText}</p>}
      <div ref={element} className={styles['scroller']} onScroll={onScroll}>
        {rows.loading ? <SkeletonGrid rows={6} columns={2} /> : null}
        <div className={styles['track']} style={{ height: scroll.track }}>
          <ul className={styles['slice']} style={{ transform: `translateY(${scroll.offset}px)` }}>
            {drawn.map((index) => {
              const row = rows.row(index);
              return (
                <li key={index} className={styles['place']}>
                  {row === undefined ? null : (
                    <Card row={row} max={max} today={today} stale={stale} onOpen={onOpen} />
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      </div>
    </div>
  );
}

type CardProps = Pick<CustomerCardsProps, 'max' | 'today' | 'stale' | 'onOpen'> & { row: CustomerRow };

function Card({ row, max, today, stale, onOpen }: CardProps) {
  const t = useWords();
  const f = useFormats();
  const { clv, clvLow, clvHigh, pAlive } = row;
  const range =
    clvLow === null || clvHigh === null ? '' : f.moneyBetween(f.minorOf(clvLow), f.minorOf(clvHigh));
  return (
    <button type="button" className={styles['card']} aria-label={row.name} onClick={() => onOpen(row)}>
      <span className={styles['line']}>
        <span className={styles['name']}>{row.name}</span>
        <span className={styles['figure']}>{clv === null ? '—' : f.valueShort(clv)}</span>
      </span>
      <span className={styles['line']}>
        <span className={styles['facts']}>
          {pAlive === null ? null : <RiskDot pAlive={pAlive} showWord />}
          {row.rfmSegment === null ? null : <SegmentBadge segment={row.rfmSegment} />}
        </span>
        <span className={styles['bar']}>
          {clv === null ? null : (
            <ValueBar low={clvLow ?? clv} value={clv} high={clvHigh ?? clv} max={max} label={range} />
          )}
        </span>
      </span>
      <span className={styles['line']}>
        <span className={styles['faint']}>{[row.ownerName, row.region].filter(Boolean).join(' · ')}</span>
        <span className={styles['next']}>
          {row.nextOrderOn === null ? (
            <span className={styles['faint']}>{clv === null ? t('customers.notValued') : ''}</span>
          ) : (
            <>
              <span className={styles['faint']}>{t('customers.nextOrder')}</span>{' '}
              <NextOrder day={row.nextOrderOn} today={today} stale={stale} />
            </>
          )}
        </span>
      </span>
    </button>
  );
}
