import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ApiError } from './api-error.js';
import { newKey } from './api.js';

interface ApiMutation<Input, Output> {
  call: (input: Input, sent: { key: string }) => Promise<Output>;
  /** Query keys (beginnings) that are out of date afterwards. */
  invalidate?: readonly (readonly unknown[])[];
  /**
   * Called before anything is asked for anew. A form that is drawn again with what was saved is another one by then, and
   * what was given to `mutate` goes with the first.
   */
  onDone?: ((output: Output, input: Input) => void) | undefined;
}

/**
 * A change on the server. One Idempotency-Key stands for one action: it is kept while the same input is tried again
 * after a passing failure, so that pressing twice on a bad line does the thing once.
 */
export function useApiMutation<Input, Output>({ call, invalidate = [], onDone }: ApiMutation<Input, Output>) {
  const client = useQueryClient();
  const pending = useRef<{ key: string; input: string } | null>(null);
  return useMutation<Output, ApiError, Input>({
    mutationFn: (input) => {
      const text = JSON.stringify(input) ?? '';
      if (pending.current?.input !== text) pending.current = { key: newKey(), input: text };
      return call(input, { key: pending.current.key });
    },
    onSuccess: async (output, input) => {
      pending.current = null;
      onDone?.(output, input);
      await Promise.all(invalidate.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (!error.isPassing) pending.current = null;
    },
  });
}
