import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { toApiError } from '../lib/api-error.js';
import { useErrorText } from './error-text.js';
import { Icon } from './icon.js';
import styles from './toast.module.css';
import { useCommonWords } from './words.js';

interface Note {
  id: number;
  tone: 'done' | 'failed';
  text: string;
  /** What to quote of a failure. */
  code?: string;
  undo?: () => Promise<unknown>;
}

interface Toast {
  /** Something was done. */
  done: (text: string) => void;
  /** Something was done and can be taken back for eight seconds. */
  undo: (text: string, undo: () => Promise<unknown>) => void;
  failed: (error: unknown) => void;
}

const nothing = () => {};
const ToastContext = createContext<Toast>({ done: nothing, undo: nothing, failed: nothing });

export function useToast(): Toast {
  return use(ToastContext);
}

/** Milliseconds that a note stays: long enough to read and to reach its button. */
const stay = { done: 4000, undo: 8000, failed: 10_000 };

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useCommonWords();
  const errorText = useErrorText();
  const [notes, setNotes] = useState<Note[]>([]);
  const next = useRef(1);
  const remove = useCallback((id: number) => setNotes((all) => all.filter((note) => note.id !== id)), []);
  const add = useCallback(
    (note: Omit<Note, 'id'>, milliseconds: number) => {
      const id = next.current++;
      // What was done before makes way: an old 'undo' beside a new one is easily taken for it. Three at most.
      setNotes((all) => [
        ...all.filter(({ tone }) => note.tone === 'failed' || tone === 'failed').slice(-2),
        { ...note, id },
      ]);
      setTimeout(() => remove(id), milliseconds);
    },
    [remove],
  );
  const toast = useMemo<Toast>(
    () => ({
      done: (text) => add({ tone: 'done', text }, stay.done),
      undo: (text, undo) => add({ tone: 'done', text, undo }, stay.undo),
      failed: (error) =>
        add({ tone: 'failed', text: errorText(error), code: toApiError(error).code }, stay.failed),
    }),
    [add, errorText],
  );
  const takeBack = (note: Note) => {
    remove(note.id);
    note.undo?.().then(
      () => toast.done(t('common.undone')),
      (error: unknown) => toast.failed(error),
    );
  };
  // The notes are put on top of a dialog that was opened before them.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (notes.length === 0) return undefined;
    const element = place.current;
    element?.showPopover();
    return () => element?.hidePopover();
  }, [notes]);
  return (
    <ToastContext value={toast}>
      {children}
      <div ref={place} popover="manual" className={styles['notes']} role="status" aria-live="polite">
        {notes.map((note) => (
          <div key={note.id} className={`${styles['note']} ${styles[note.tone]}`}>
            <Icon name={note.tone === 'done' ? 'check' : 'warning'} />
            <span className={styles['text']}>
              {note.text}
              {note.code === undefined ? null : <code className={styles['code']}>{note.code}</code>}
            </span>
            {note.undo ? (
              <button type="button" className={styles['undo']} onClick={() => takeBack(note)}>
                {t('common.undo')}
              </button>
            ) : null}
            <button
              type="button"
              className={styles['close']}
              aria-label={t('common.close')}
              onClick={() => remove(note.id)}
            >
              <Icon name="close" size={16} />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
