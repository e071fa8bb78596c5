import { useCallback, useLayoutEffect, useRef } from 'react';

/** A handler that stays the same between renders and calls the newest one: for rows that are drawn anew only when they change. */
export function useStable<Args extends unknown[]>(handler: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
