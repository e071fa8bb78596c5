import type { DuplicatePair } from '@kezi/contract';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { Tag } from '../../../../ui/tag.js';
import type { PairStatus } from '../api/duplicates.js';
import { useWords } from '../words.js';
import { CustomerCard } from './customer-card.js';
import styles from './pair-list.module.css';

interface PairListProps {
  pairs: readonly DuplicatePair[];
  status: PairStatus;
  /** Keys are heard while nothing lies over the list. */
  isActive: boolean;
  onMerge: (pair: DuplicatePair) => void;
  onJudge: (pair: DuplicatePair, status: PairStatus) => void;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/** Pairs to look through, one after the other, by hand or by keys. */
export function PairList({ pairs, status, isActive, onMerge, onJudge }: PairListProps) {
  const canMerge = useCan('customers:merge');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const latest = useRef({ pairs, at, canMerge, onMerge, onJudge, status });
  useEffect(() => {
    latest.current = { pairs, at: Math.min(at, pairs.length - 1), canMerge, onMerge, onJudge, status };
  });
  useEffect(() => {
    if (!isActive) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      const now = latest.current;
      const pair = now.pairs[now.at];
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || !pair) return;
      const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
      if (step !== 0) {
        const next = Math.max(0, Math.min(now.pairs.length - 1, now.at + step));
        setAt(next);
        list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'm' && now.canMerge && now.status === 'open') now.onMerge(pair);
      else if (event.key === 'x') now.onJudge(pair, now.status === 'open' ? 'dismissed' : 'open');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isActive]);
  return (
    <ul ref={list} className={styles['list']}>
      {pairs.map((pair, index) => (
        <li
          key={`${pair.a.customerId}-${pair.b.customerId}`}
          className={styles['pair']}
          data-at={isActive && index === Math.min(at, pairs.length - 1)}
        >
          <CustomerCard card={pair.a} />
          <CustomerCard card={pair.b} />
          <PairFoot pair={pair} status={status} canMerge={canMerge} onMerge={onMerge} onJudge={onJudge} />
        </li>
      ))}
    </ul>
  );
}

function PairFoot({
  pair,
  status,
  canMerge,
  onMerge,
  onJudge,
}: { pair: DuplicatePair; canMerge: boolean } & Pick<PairListProps, 'status' | 'onMerge' | 'onJudge'>) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={styles['why']}>
      <Tag tone={pair.isLikely ? 'warn' : 'neutral'}>
        {t(pair.isLikely ? 'duplicates.likely' : 'duplicates.possible')}
      </Tag>
      {pair.reasons.map((reason) => (
        <Tag key={reason}>{t(`duplicates.reason.${reason}`)}</Tag>
      ))}
      <span className={styles['faint']}>{t('duplicates.score', { share: f.percent(pair.score, 0) })}</span>
      <span className={styles['grow']} />
      <Button size="small" onClick={() => onJudge(pair, status === 'open' ? 'dismissed' : 'open')}>
        {t(status === 'open' ? 'duplicates.dismiss' : 'duplicates.reopen')}
      </Button>
      {canMerge && status === 'open' ? (
        <Button size="small" type="primary" onClick={() => onMerge(pair)}>
          {t('duplicates.merge')}
        </Button>
      ) : null}
    </div>
  );
}
