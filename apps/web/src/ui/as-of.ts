import { useEffect, useSyncExternalStore } from 'react';

// The day for which the figures of the page are true. The page says it, the top bar shows it.
let current: string | undefined;
const listeners = new Set<() => void>();

function set(day: string | undefined) {
  current = day;
  for (const listener of listeners) listener();
}

/** Shows the day in the top bar for as long as the page stands. */
export function useShowAsOf(day: string | undefined): void {
  useEffect(() => {
    set(day);
    return () => set(undefined);
  }, [day]);
}

/** The day shown now, if the page gave one. */
export function useAsOf(): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
