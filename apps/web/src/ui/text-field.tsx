import { useState } from 'react';
import styles from './filter-bar.module.css';
import type { Filter } from './filter.js';
import { useCommonWords } from './words.js';

interface TextFieldProps {
  filter: Extract<Filter, { kind: 'text' }>;
  onDone: () => void;
}

/** The beginning of a text, taken on Enter; empty, it narrows nothing. */
export function TextField({ filter, onDone }: TextFieldProps) {
  const t = useCommonWords();
  const [typed, setTyped] = useState(filter.value ?? '');
  return (
    <form
      className={styles['range']}
      onSubmit={(event) => {
        event.preventDefault();
        const text = typed.trim();
        filter.onChange(text === '' ? undefined : text);
        onDone();
      }}
    >
      <span className={styles['number']} data-wrong={false}>
        <input
          aria-label={`${filter.label} ${t('filter.begins')}`}
          placeholder={t('filter.begins')}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </span>
      <button type="submit" className={styles['clear']}>
        {t('common.apply')}
      </button>
    </form>
  );
}
