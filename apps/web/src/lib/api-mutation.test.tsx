import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.js';
import { useApiMutation } from './api-mutation.js';

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>
);

function mutationThatFails(errors: (ApiError | null)[]) {
  const keys: string[] = [];
  const { result } = renderHook(
    () =>
      useApiMutation({
        call: (_: { name: string }, { key }) => {
          keys.push(key);
          const error = errors.shift() ?? null;
          return error ? Promise.reject(error) : Promise.resolve(keys.length);
        },
      }),
    { wrapper },
  );
  const send = async (name: string) => {
    await act(async () => {
      await result.current.mutateAsync({ name }).catch(() => undefined);
    });
    await waitFor(() => expect(result.current.isPending).toBe(false));
  };
  return { keys, send };
}

const passing = () => new ApiError({ status: 0, code: 'web.offline' });
const refusal = () => new ApiError({ status: 422, code: 'x.wrong' });

describe('useApiMutation', () => {
  it('keeps the key while the same thing is tried again after a passing failure', async () => {
    const { keys, send } = mutationThatFails([passing(), null]);
    await send('华东');
    await send('华东');
    expect(keys[1]).toBe(keys[0]);
  });

  it('takes a new key for another thing, after a refusal, and after success', async () => {
    const { keys, send } = mutationThatFails([passing(), refusal(), null, null]);
    await send('华东');
    await send('华南');
    await send('华南');
    await send('华南');
    expect(new Set(keys).size).toBe(4);
  });
});
