import { Suspense, createContext, lazy, use, useCallback, useState } from 'react';
import type { ReactNode } from 'react';

const ConfirmDialog = lazy(() => import('./confirm-dialog.js'));

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
