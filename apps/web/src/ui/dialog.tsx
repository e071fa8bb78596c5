import { ConfigProvider } from 'antd';
import { useCallback, useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';
import { Icon } from './icon.js';
import { useCommonWords } from './words.js';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  footer?: ReactNode;
  width?: number;
  children: ReactNode;
}

/** A window over the page, made of the browser's own <dialog>: it keeps the focus inside and gives it back. */
export function Dialog({ open, onClose, title, footer, width = 440, children }: DialogProps) {
  const t = useCommonWords();
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  // What a select opens must lie in the dialog: everything else lies below it.
  const within = useCallback(() => element.current ?? document.body, []);
  useEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      dialog.showModal();
      const body = '[data-body]';
      (
        dialog.querySelector<HTMLElement>(`${body} [data-first]`) ??
        dialog.querySelector<HTMLElement>(`${body} input, ${body} select`)
      )?.focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);
  // One that is taken away while it stands open gives the focus back first.
  useLayoutEffect(() => {
    const dialog = element.current;
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={styles['dialog']}
      style={{ width }}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {open ? (
        <>
          <header className={styles['head']}>
            <h2 id={id}>{title}</h2>
            <button
              type="button"
              className={styles['close']}
              aria-label={t('common.close')}
              onClick={onClose}
            >
              <Icon name="close" />
            </button>
          </header>
          <ConfigProvider getPopupContainer={within}>
            <div className={styles['body']} data-body>
              {children}
            </div>
          </ConfigProvider>
          {footer === undefined ? null : <footer className={styles['foot']}>{footer}</footer>}
        </>
      ) : null}
    </dialog>
  );
}
