import type { Formats } from '../lib/formats.js';
import styles from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { later } from './later.js';
import { useCommonWords } from './words.js';

/** The calendar comes after the first paint, with the rest that a page opens. */
export const dayControl = later(() => import('./day-control.js'));

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
  return (
    <div className={styles['days']}>
      {(filter.presets ?? []).map((preset, index) => {
        const chosen = preset.from === from && preset.to === to;
        return (
          <button
            key={preset.label}
            type="button"
            className={styles['preset']}
            data-first={index === 0 ? true : undefined}
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
      <div className={styles['day']}>
        <span aria-hidden="true">{t('common.from')}</span>
        <dayControl.Part
          waiting={<span className={styles['waiting']} />}
          label={`${filter.label} ${t('common.from')}`}
          value={from}
          max={to}
          onChange={(day) => filter.onChange({ from: day, to })}
        />
      </div>
      <div className={styles['day']}>
        <span aria-hidden="true">{t('common.to')}</span>
        <dayControl.Part
          waiting={<span className={styles['waiting']} />}
          label={`${filter.label} ${t('common.to')}`}
          value={to}
          min={from}
          onChange={(day) => filter.onChange({ from, to: day })}
        />
      </div>
    </div>
  );
}
