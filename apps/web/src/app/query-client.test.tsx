import { act, renderHook, waitFor } from '@testing-library/react';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../lib/api-error.js';
import { useEvents } from '../lib/events.js';
import { queryClient } from './query-client.js';

/** A stream that opens when the test says so. */
class Stream extends EventTarget {
  static last: Stream | null = null;
  constructor(readonly url: string) {
    super();
    Stream.last = this;
  }
  close() {
    Stream.last = null;
  }
}

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
);

/** A page that shows one record and listens; what the server answers is the test's to say. */
function openPage(answer: () => Promise<string>) {
  vi.stubGlobal('EventSource', Stream);
  return renderHook(
    () => {
      useEvents(['score.published'], () => undefined);
      return useQuery({ queryKey: ['record'], queryFn: answer });
    },
    { wrapper },
  );
}

const streamOpens = () => act(() => void Stream.last?.dispatchEvent(new Event('open')));

afterEach(() => {
  queryClient.clear();
  vi.unstubAllGlobals();
});

describe('the page when rights change', () => {
  it.each([
    ['is gone for the reader', { status: 404, code: 'customers.not_found' }, undefined],
    ['is not theirs to open any more', { status: 403, code: 'app.forbidden' }, undefined],
    ['is beyond the limit of the day', { status: 403, code: 'wall.viewed_refused' }, 'a record'],
    ['cannot be fetched', { status: 500, code: 'app.internal' }, 'a record'],
  ])(
    'asks anew once the stream is back, and of a record that %s keeps what it may',
    async (_, refusal, left) => {
      const answer = vi.fn(() => Promise.resolve('a record'));
      const { result } = openPage(answer);
      streamOpens();
      await waitFor(() => expect(result.current.data).toBe('a record'));
      expect(answer).toHaveBeenCalledTimes(1);
      answer.mockRejectedValue(new ApiError(refusal));
      streamOpens();
      await waitFor(() => expect(result.current.isError).toBe(true));
      expect(result.current.data).toBe(left);
    },
  );
});
