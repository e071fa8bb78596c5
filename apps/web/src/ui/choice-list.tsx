import { plainWord } from '@kezi/contract';
import { useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Filter } from './filter.js';
import styles from './filter-bar.module.css';
import { Icon } from './icon.js';
import { useCommonWords } from './words.js';

type Options = Extract<Filter, { kind: 'choices' }>['options'];

interface ChoiceListProps {
  /** Names the group for those who do not see the button. */
  label: string;
  options: Options;
  value: readonly string[];
  /** One of them, or any number. */
  many: boolean;
  onChange: (value: string[]) => void;
}

/** From this number of options on there is a line to find one in. */
const findFrom = 9;

/** Options to tick. Arrow keys move, the blank ticks. */
export function ChoiceList({ label, options, value, many, onChange }: ChoiceListProps) {
  const t = useCommonWords();
  const list = useRef<HTMLFieldSetElement>(null);
  const [typed, setTyped] = useState('');
  // What was chosen when the list was opened stands first, and stays where it is while it is ticked off.
  const [first] = useState(() => new Set(value));
  const sought = plainWord(typed);
  const fits = options.filter(
    ({ label: said }) => sought === '' || (typeof said === 'string' && plainWord(said).includes(sought)),
  );
  const shown =
    options.length < findFrom
      ? fits
      : [...fits.filter((one) => first.has(one.value)), ...fits.filter((one) => !first.has(one.value))];
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const controls = [...(list.current?.querySelectorAll<HTMLElement>('input') ?? [])];
    const at = controls.findIndex((control) => control === document.activeElement);
    controls[Math.min(Math.max(at + step, 0), controls.length - 1)]?.focus();
  };
  const toggle = (one: string) => {
    const without = value.filter((other) => other !== one);
    if (many) onChange(without.length < value.length ? without : [...value, one]);
    else onChange(value.includes(one) ? [] : [one]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys of the controls in it
    <fieldset ref={list} className={styles['choices']} onKeyDown={move}>
      <legend className={styles['legend']}>{label}</legend>
      {options.length < findFrom ? null : (
        <span className={styles['find']}>
          <Icon name="search" size={14} />
          <input
            type="search"
            data-first
            value={typed}
            placeholder={t('filter.find')}
            aria-label={t('filter.find')}
            onChange={(event) => setTyped(event.target.value)}
          />
        </span>
      )}
      <div className={styles['options']}>
        {shown.map((option) => (
          <label key={option.value} className={styles['option']}>
            <input
              type={many ? 'checkbox' : 'radio'}
              checked={value.includes(option.value)}
              onClick={many ? undefined : () => toggle(option.value)}
              onChange={many ? () => toggle(option.value) : () => undefined}
            />
            <span>{option.label}</span>
          </label>
        ))}
        {shown.length === 0 ? <p className={styles['nothing']}>{t('filter.nothing')}</p> : null}
      </div>
      {many && value.length > 0 ? (
        <button type="button" className={styles['none']} onClick={() => onChange([])}>
          {t('common.clear')}
        </button>
      ) : null}
    </fieldset>
  );
}
