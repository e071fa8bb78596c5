import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useFormats } from '../lib/formats.js';
import { ChoiceList } from './choice-list.js';
import { DatesFields, datesText } from './dates-fields.js';
import { FilterButton } from './filter-button.js';
import { isSet } from './filter.js';
import type { Filter } from './filter.js';
import styles from './filter-bar.module.css';
import { Icon } from './icon.js';
import { plainLabel } from './plain-label.js';
import { RangeFields, rangeText } from './range-fields.js';
import { TextField } from './text-field.js';
import { useCommonWords } from './words.js';

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

/** What is chosen of several, where it fits into the button. */
function choicesText({ label, options, value }: Extract<Filter, { kind: 'choices' }>, count: string) {
  const [only] = value;
  if (only === undefined) return label;
  if (value.length > 1) return count;
  const said = options.find((option) => option.value === only)?.label;
  return typeof said === 'string' ? `${label}: ${said}` : (said ?? count);
}

function FilterControl({ filter }: { filter: Filter }) {
  const t = useCommonWords();
  const f = useFormats();
  const shared = { label: filter.label, isSet: isSet(filter) };
  switch (filter.kind) {
    case 'choice':
      return (
        <FilterButton
          {...shared}
          text={plainLabel(filter.options.find(({ value }) => value === filter.value) ?? {}) ?? filter.label}
        >
          {(close) => (
            <ChoiceList
              label={filter.label}
              options={filter.options}
              value={filter.value === undefined ? [] : [filter.value]}
              many={false}
              onChange={([value]) => {
                filter.onChange(value);
                close();
              }}
            />
          )}
        </FilterButton>
      );
    case 'choices':
      return (
        <FilterButton
          {...shared}
          text={choicesText(filter, t('filter.count', { label: filter.label, count: filter.value.length }))}
        >
          {() => (
            <ChoiceList
              label={filter.label}
              options={filter.options}
              value={filter.value}
              many
              onChange={filter.onChange}
            />
          )}
        </FilterButton>
      );
    case 'text':
      return (
        <FilterButton
          {...shared}
          text={filter.value === undefined ? filter.label : `${filter.label}: ${filter.value}`}
        >
          {(close) => <TextField filter={filter} onDone={close} />}
        </FilterButton>
      );
    case 'range':
      return (
        <FilterButton {...shared} text={rangeText(filter)}>
          {() => <RangeFields filter={filter} />}
        </FilterButton>
      );
    case 'dates':
      return (
        <FilterButton {...shared} text={datesText(filter, f)}>
          {(close) => <DatesFields filter={filter} onDone={close} />}
        </FilterButton>
      );
  }
}
