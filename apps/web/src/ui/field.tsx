import { cloneElement, useId } from 'react';
import type { ReactElement, ReactNode } from 'react';
import styles from './field.module.css';
import { useCommonWords } from './words.js';

interface ControlProps {
  id?: string;
  status?: 'error' | '';
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

interface FieldProps {
  label: ReactNode;
  /** Below the control: what to enter, in one line. */
  hint?: ReactNode;
  /** What is wrong, in the reader's language; takes the place of the hint. */
  error?: ReactNode;
  optional?: boolean;
  /** One antd control; it is given its id and its state. */
  children: ReactElement<ControlProps>;
}

/** A control with its name, its hint and its fault, tied together for those who cannot see them. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const t = useCommonWords();
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== '';
  const note = hasError ? error : hint;
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
        {optional ? <span className={styles['optional']}>{t('common.optional')}</span> : null}
      </label>
      {cloneElement(children, {
        id,
        ...(hasError ? { status: 'error', 'aria-invalid': true } : {}),
        ...(note === undefined ? {} : { 'aria-describedby': `${id}-note` }),
      })}
      {note === undefined ? null : (
        <p
          id={`${id}-note`}
          className={hasError ? styles['error'] : styles['hint']}
          role={hasError ? 'alert' : undefined}
        >
          {note}
        </p>
      )}
    </div>
  );
}

/** Fields below each other at an even distance. */
export function FieldStack({ children }: { children: ReactNode }) {
  return <div className={styles['stack']}>{children}</div>;
}
