import { useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { AppLink, useGo } from '../lib/navigate.js';
import { Icon } from './icon.js';
import { IconButton } from './icon-button.js';
import styles from './side-panel.module.css';
import { useCommonWords } from './words.js';

interface SidePanelProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** The same as a full page; also by the key `o`. */
  to?: string;
  width?: number;
  footer?: ReactNode;
  children: ReactNode;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

/** A sheet at the right over the page; the list below stays usable, so the next row is one key away. Esc closes it. */
export function SidePanel({ open, onClose, title, to, width = 560, footer, children }: SidePanelProps) {
  const t = useCommonWords();
  const go = useGo();
  const id = useId();
  const panel = useRef<HTMLElement>(null);
  const latest = useRef({ onClose, to });
  useEffect(() => {
    latest.current = { onClose, to };
  });
  useEffect(() => {
    if (!open) return undefined;
    const onKeyDown = (event: KeyboardEvent) => {
      // Of two panels the keys are the upper one's.
      if ([...document.querySelectorAll('[data-side-panel]')].at(-1) !== panel.current) return;
      if (event.defaultPrevented || document.querySelector('dialog[open]') || event.ctrlKey || event.metaKey)
        return;
      if (event.key === 'Escape') latest.current.onClose();
      if (event.key === 'o' && !isTyping(event.target) && latest.current.to !== undefined)
        go(latest.current.to);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open, go]);
  if (!open) return null;
  return (
    <aside ref={panel} data-side-panel className={styles['panel']} style={{ width }} aria-labelledby={id}>
      <header className={styles['head']}>
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        {to === undefined ? null : (
          <AppLink
            to={to}
            className={styles['open'] ?? ''}
            aria-label={t('panel.open')}
            title={t('panel.open')}
          >
            <Icon name="open" />
          </AppLink>
        )}
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      <div className={styles['body']}>{children}</div>
      {footer === undefined ? null : <footer className={styles['foot']}>{footer}</footer>}
    </aside>
  );
}
