import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';
import { Icon } from './icon.js';

interface FilterButtonProps {
  label: string;
  /** What the button says: the label, or what is chosen. */
  text: ReactNode;
  isSet: boolean;
  children: (close: () => void) => ReactNode;
}

/** Pixels that stay free between what is opened and the edge of the window. */
const edge = 8;

/** A filter behind a button: it says what is chosen, and opens its choices below it. Esc closes and gives the focus back. */
export function FilterButton({ label, text, isSet, children }: FilterButtonProps) {
  const [open, setOpen] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const id = useId();
  // React's events rise from what a control opens elsewhere in the document, a calendar, as if it stood inside.
  const within = useRef(false);
  const stay = () => {
    within.current = true;
  };

  useEffect(() => {
    if (!open) return undefined;
    within.current = false;
    const outside = () => {
      if (!within.current) setOpen(false);
      within.current = false;
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  useLayoutEffect(() => {
    const opened = sheet.current;
    if (!open || !opened) return;
    const over = opened.getBoundingClientRect().right + edge - document.documentElement.clientWidth;
    if (over > 0) opened.style.left = `${-over}px`;
    opened.querySelector<HTMLElement>('[data-first], input')?.focus({ preventScroll: true });
  }, [open]);

  const close = () => {
    setOpen(false);
    document.getElementById(`${id}-button`)?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of what it opens bubble up to here
    <div
      className={styles['filter']}
      onPointerDown={stay}
      onFocus={stay}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        event.preventDefault(); // a side panel stays open
        close();
      }}
    >
      <button
        id={`${id}-button`}
        type="button"
        className={`${styles['button']} ${isSet ? styles['set'] : ''}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className={styles['text']}>{text}</span>
        <Icon name="down" size={14} />
      </button>
      {open ? (
        <div ref={sheet} id={id} role="dialog" aria-label={label} className={styles['sheet']}>
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}
