import { useCallback, useEffect, useRef, useState } from 'react';

/** Seconds that the server works on one request at most. */
export const patience = 20;

interface Calculation<Output> {
  /** Since when, in ms of performance.now(); null while nothing is on its way. */
  since: number | null;
  result: Output | null;
  error: unknown;
}

/** A calculation on the server, at most one at a time, which can be cancelled; leaving the page cancels it too. */
export function useCalculation<Input, Output>(call: (input: Input, signal: AbortSignal) => Promise<Output>) {
  const [state, setState] = useState<Calculation<Output>>({ since: null, result: null, error: null });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = useCallback(
    async (input: Input) => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      setState({ since: performance.now(), result: null, error: null });
      try {
        const result = await call(input, abort.signal);
        if (!abort.signal.aborted) setState({ since: null, result, error: null });
      } catch (error) {
        if (!abort.signal.aborted) setState({ since: null, result: null, error });
      }
    },
    [call],
  );
  const cancel = useCallback(() => {
    running.current?.abort();
    setState({ since: null, result: null, error: null });
  }, []);
  return { ...state, start, cancel };
}
