import { useState } from 'react';
import styles from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { useCommonWords } from './words.js';

type Range = Extract<Filter, { kind: 'range' }>;

/** What is chosen, in a few signs. */
export function rangeText({ label, value, suffix = '' }: Range): string {
  const { min, max } = value;
  if (min === undefined && max === undefined) return label;
  if (max === undefined) return `${label} ≥ ${min}${suffix}`;
  if (min === undefined) return `${label} ≤ ${max}${suffix}`;
  return `${label} ${min}–${max}${suffix}`;
}

/** A number as people type it: full-width digits and thousands separators too. NaN when it is none. */
const numberOf = (typed: string) => Number(typed.normalize('NFKC').replaceAll(/[,\s]/g, ''));

/** From and to of a figure. */
export function RangeFields({ filter }: { filter: Range }) {
  const t = useCommonWords();
  const { min, max } = filter.value;
  return (
    <div className={styles['range']}>
      <NumberField
        label={`${filter.label} ${t('filter.min')}`}
        placeholder={t('filter.min')}
        suffix={filter.suffix}
        value={min}
        onChange={(value) => filter.onChange({ min: value, max })}
      />
      <span aria-hidden="true">{'–'}</span>
      <NumberField
        label={`${filter.label} ${t('filter.max')}`}
        placeholder={t('filter.max')}
        suffix={filter.suffix}
        value={max}
        onChange={(value) => filter.onChange({ min, max: value })}
      />
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  placeholder: string;
  suffix: string | undefined;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}

/** Says a number as soon as one stands there; what is no number is marked and changes nothing. */
function NumberField({ label, placeholder, suffix, value, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  // Cleared from outside while the field stands open.
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    if (numberOf(typed) !== value) setTyped(value === undefined ? '' : String(value));
  }
  const isWrong = Number.isNaN(numberOf(typed));
  return (
    <span className={styles['number']} data-wrong={isWrong}>
      <input
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isWrong}
        placeholder={placeholder}
        value={typed}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          const number = text.trim() === '' ? undefined : numberOf(text);
          if (number !== undefined && !Number.isFinite(number)) return;
          setKnown(number);
          if (number !== value) onChange(number);
        }}
      />
      {suffix === undefined ? null : <span className={styles['suffix']}>{suffix}</span>}
    </span>
  );
}
