import { createContext, lazy, Suspense, use, useState, type ReactNode } from 'react';
import { orStaleNote } from '../../../../ui/stale-note.js';
import type { WorklistItem } from '../api/worklist.js';

const FinishDialog = lazy(() => orStaleNote(() => import('./finish-dialog.js')));

/** What a dialog is opened for, as it was when it was opened. */
type Finishing = Pick<WorklistItem, 'task' | 'warning' | 'also' | 'customerId' | 'customerName'>;

const FinishContext = createContext<(item: Finishing) => void>(() => {});

/** Opens the dialog that finishes an item. */
export const useFinish = () => use(FinishContext);

/**
 * Holds the dialog outside of the list. A line leaves the list as soon as a colleague deals with it: the dialog stays, with
 * what was written in it, and says who was first when it is sent.
 */
export function FinishHost({ children }: { children: ReactNode }) {
  const [item, setItem] = useState<Finishing | null>(null);
  return (
    <FinishContext value={setItem}>
      {children}
      <Suspense>{item ? <FinishDialog item={item} onClose={() => setItem(null)} /> : null}</Suspense>
    </FinishContext>
  );
}
