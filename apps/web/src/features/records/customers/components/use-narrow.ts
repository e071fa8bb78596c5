import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('(width < 720px)');

function onChange(listener: () => void) {
  const list = query();
  list.addEventListener('change', listener);
  return () => list.removeEventListener('change', listener);
}

/** A phone: what is a grid elsewhere is a list of cards here. The same width as in the style sheets. */
export function useNarrow(): boolean {
  return useSyncExternalStore(onChange, () => query().matches);
}
