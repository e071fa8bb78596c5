import type { Formats } from '../lib/formats.js';
import styles from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { useCommonWords } from './words.js';

type Dates = Extract<Filter, { kind: 'dates' }>;

/** What is chosen: the name of the span where it has one, else its days. */
export function datesText({ label, value, presets = [] }: Dates, f: Formats): string {
  const { from, to } = value;
  if (from === undefined && to === undefined) return label;
  const named = presets.find((preset) => preset.from === from && preset.to === to);
  if (named) return `${label}: ${named.label}`;
  if (to === undefined) return `${label} ≥ ${f.date(from ?? '')}`;
  if (from === undefined) return `${label} ≤ ${f.date(to)}`;
  return `${label} ${f.date(from)} – ${f.date(to)}`;
}

/** Spans that are asked for often, and from and to of a day; either may be left open. */
export function DatesFields({ filter, onDone }: { filter: Dates; onDone: () => void }) {
  const t = useCommonWords();
  const { from, to } = filter.value;
  const dayOf = (typed: string) => (typed === '' ? undefined : typed);
  return (
    <div className={styles['days']}>
      {(filter.presets ?? []).map((preset) => {
        const chosen = preset.from === from && preset.to === to;
        return (
          <button
            key={preset.label}
            type="button"
            className={styles['preset']}
            aria-pressed={chosen}
            onClick={() => {
              filter.onChange(chosen ? { from: undefined, to: undefined } : preset);
              onDone();
            }}
          >
            {preset.label}
          </button>
        );
      })}
      <label className={styles['day']}>
        {t('common.from')}
        <input
          type="date"
          value={from ?? ''}
          max={to}
          aria-label={`${filter.label} ${t('common.from')}`}
          onChange={(event) => filter.onChange({ from: dayOf(event.target.value), to })}
        />
      </label>
      <label className={styles['day']}>
        {t('common.to')}
        <input
          type="date"
          value={to ?? ''}
          min={from}
          aria-label={`${filter.label} ${t('common.to')}`}
          onChange={(event) => filter.onChange({ from, to: dayOf(event.target.value) })}
        />
      </label>
    </div>
  );
}
