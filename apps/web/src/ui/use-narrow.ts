import { useSyncExternalStore } from 'react';

// The same bound as in the style sheets: below it the page is a phone's.
const query = () => window.matchMedia('(width < 720px)');

function subscribe(listener: () => void) {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** Whether the window is a phone's. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query().matches);
}
