import { Suspense, createContext, lazy, use, useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import type { Question } from './question.js';
import { orStaleNote } from './stale-note.js';

const ConfirmDialog = lazy(() => orStaleNote(() => import('./confirm-dialog.js')));

type Ask = (question: Question) => Promise<boolean>;
const ConfirmContext = createContext<Ask>(() => Promise.resolve(false));

/** `if (await confirm({ ... })) ...` */
export function useConfirm(): Ask {
  return use(ConfirmContext);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<{ question: Question; answer: (yes: boolean) => void } | null>(null);
  const ask = useCallback<Ask>(
    (question) =>
      new Promise((answer) => {
        setAsked({ question, answer });
      }),
    [],
  );
  const settle = (yes: boolean) => {
    asked?.answer(yes);
    setAsked(null);
  };
  return (
    <ConfirmContext value={ask}>
      {children}
      <Suspense>{asked ? <ConfirmDialog question={asked.question} onAnswer={settle} /> : null}</Suspense>
    </ConfirmContext>
  );
}
