import { Select } from 'antd';
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { isSet } from './filter.js';
import type { Filter } from './filter.js';

export type { Filter };
import styles from './filter-bar.module.css';
import { Icon } from './icon.js';
import { plainLabel } from './plain-label.js';
import { useCommonWords } from './words.js';

// The calendar and the number fields are large: they come with the first list that has such a filter.
const DatesFilter = lazy(() => import('./dates-filter.js'));
const RangeFilter = lazy(() => import('./range-filter.js'));

interface FilterBarProps {
  search?: { value: string; onChange: (value: string) => void; placeholder: string };
  filters?: readonly Filter[];
  /** Shown while something narrows the list. */
  onClear?: () => void;
  /** At the right end: saved views, an export. */
  extra?: ReactNode;
}

/** Milliseconds of rest after the last key. */
const restMs = 150;

/** What narrows a list: search first, then filters, then the way back. */
export function FilterBar({ search, filters: given, onClear, extra }: FilterBarProps) {
  const t = useCommonWords();
  const filters = given ?? [];
  const narrowed = (search?.value ?? '') !== '' || filters.some(isSet);
  return (
    <div className={styles['bar']}>
      {search ? <SearchBox {...search} /> : null}
      {filters.map((filter) => (
        <FilterControl key={filter.id} filter={filter} />
      ))}
      {narrowed && onClear ? (
        <button type="button" className={styles['clear']} onClick={onClear}>
          {t('common.clear_filters')}
        </button>
      ) : null}
      {extra === undefined ? null : <div className={styles['extra']}>{extra}</div>}
    </div>
  );
}

function SearchBox({ value, onChange, placeholder }: NonNullable<FilterBarProps['search']>) {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setTyped(value); // changed from outside: back, clear
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange(typed);
    }, restMs);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <span className={styles['search']}>
      <Icon name="search" size={16} />
      <input
        type="search"
        value={typed}
        placeholder={placeholder}
        aria-label={placeholder}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === '') return;
          event.preventDefault(); // the first Esc clears, it does not close a panel
          setTyped('');
        }}
      />
    </span>
  );
}

function FilterControl({ filter }: { filter: Filter }) {
  const t = useCommonWords();
  switch (filter.kind) {
    case 'choice':
      return (
        <Select
          className={styles['select'] ?? ''}
          allowClear
          value={filter.value ?? null}
          placeholder={filter.label}
          aria-label={filter.label}
          options={[...filter.options]}
          labelRender={plainLabel}
          popupMatchSelectWidth={false}
          onChange={(value) => filter.onChange(value ?? undefined)}
        />
      );
    case 'choices':
      return (
        <Select
          className={styles['select'] ?? ''}
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          value={[...filter.value]}
          placeholder={filter.label}
          aria-label={filter.label}
          options={[...filter.options]}
          popupMatchSelectWidth={false}
          maxTagCount={0}
          maxTagPlaceholder={t('filter.count', { label: filter.label, count: filter.value.length })}
          onChange={(value: string[]) => filter.onChange(value)}
        />
      );
    case 'range':
      return (
        <Suspense fallback={<span className={styles['select']} />}>
          <RangeFilter filter={filter} />
        </Suspense>
      );
    case 'dates':
      return (
        <Suspense fallback={<span className={styles['dates']} />}>
          <DatesFilter filter={filter} className={styles['dates'] ?? ''} />
        </Suspense>
      );
  }
}
