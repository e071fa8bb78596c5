import { Button, Input } from 'antd';
import { createContext, use, useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { Dialog } from './dialog.js';
import styles from './dialog.module.css';
import { useCommonWords } from './words.js';

export interface Question {
  title: string;
  text?: ReactNode;
  /** What the button says: the deed itself ('Delete the team'), never 'OK'. */
  action: string;
  danger?: boolean;
  /** For what cannot be undone: the name must be typed. */
  typeName?: string;
}

type Ask = (question: Question) => Promise<boolean>;
const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** `if (await confirm({ ... })) ...` */
export function useConfirm(): Ask {
  return use(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const t = useCommonWords();
  const [asked, setAsked] = useState<{ question: Question; answer: (yes: boolean) => void } | null>(null);
  const [typed, setTyped] = useState('');
  const ask = useCallback<Ask>((question) => {
    setTyped('');
    return new Promise((answer) => {
      setAsked({ question, answer });
    });
  }, []);
  const settle = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(null);
  };
  const question = asked?.question;
  const mayGo = question?.typeName === undefined || typed.trim() === question.typeName;
  const context = useMemo(() => ask, [ask]);
  return (
    <ConfirmContext value={context}>
      {children}
      <Dialog
        open={asked !== null}
        onClose={() => settle(false)}
        title={question?.title ?? ''}
        footer={
          <>
            <Button onClick={() => settle(false)}>{t('common.cancel')}</Button>
            <Button
              type="primary"
              danger={question?.danger ?? false}
              disabled={!mayGo}
              onClick={() => settle(true)}
            >
              {question?.action}
            </Button>
          </>
        }
      >
        {question?.text === undefined ? null : <div className={styles['text']}>{question.text}</div>}
        {question?.typeName === undefined ? null : (
          <label className={styles['field']}>
            {t('confirm.type', { name: question.typeName })}
            <Input value={typed} onChange={(event) => setTyped(event.target.value)} />
          </label>
        )}
      </Dialog>
    </ConfirmContext>
  );
}
