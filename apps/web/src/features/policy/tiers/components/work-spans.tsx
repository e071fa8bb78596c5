import { mostSpans, type WorkSpan } from '@kezi/contract';
import { Button, Input } from 'antd';
import { Icon } from '../../../../ui/icon.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface Props {
  spans: readonly WorkSpan[];
  mayWrite: boolean;
  onChange: (spans: WorkSpan[]) => void;
}

/** The stretches of a day of work; a break is what lies between two. */
export function WorkSpans({ spans, mayWrite, onChange }: Props) {
  const t = useWords();
  const set = (at: number, part: Partial<WorkSpan>) =>
    onChange(spans.map((span, i) => (i === at ? { ...span, ...part } : span)));
  const time = (at: number, side: keyof WorkSpan) => (
    <Input
      className={styles['time'] ?? ''}
      aria-label={t(side === 'from' ? 'tiers.spanFrom' : 'tiers.spanUntil', { place: at + 1 })}
      value={spans[at]?.[side]}
      maxLength={5}
      disabled={!mayWrite}
      onChange={({ target }) => set(at, { [side]: target.value.trim().replace('：', ':') })}
    />
  );
  return (
    <div className={styles['row']} role="group" aria-label={t('tiers.spans')}>
      {spans.map((_, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a stretch is known by its place
        <span key={at} className={styles['span']}>
          {time(at, 'from')}
          {t('tiers.spanTo')}
          {time(at, 'until')}
          {mayWrite && spans.length > 1 ? (
            <Button
              size="small"
              type="text"
              aria-label={t('tiers.removeSpan', { place: at + 1 })}
              onClick={() => onChange(spans.filter((_span, i) => i !== at))}
              icon={<Icon name="close" size={14} />}
            />
          ) : null}
        </span>
      ))}
      {mayWrite && spans.length < mostSpans ? (
        <Button onClick={() => onChange([...spans, { from: '', until: '' }])}>{t('tiers.addSpan')}</Button>
      ) : null}
    </div>
  );
}
