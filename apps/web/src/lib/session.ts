import { me as meSchema } from '@kezi/contract';
import type { Me, Permission } from '@kezi/contract';
import { QueryObserver, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiError } from './api-error.js';
import { api } from './api.js';

export type Session = Me;

/** Who is signed in, with which permissions, in which organisation; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api.get('/me', { schema: meSchema, signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
  // Nothing is drawn before it is known: when the server is away, say so within a second, not after three more tries.
  retry: (count, error) => error instanceof ApiError && error.isPassing && count < 1,
  retryDelay: 400,
});

interface SessionReading {
  subscribe: (listener: () => void) => () => void;
  read: () => Session | null;
}

const readings = new WeakMap<QueryClient, SessionReading>();

/** One observer for all who read the session: every formatted cell of a grid does, and they come and go by the hundred. */
function readingOf(client: QueryClient): SessionReading {
  const known = readings.get(client);
  if (known) return known;
  const observer = new QueryObserver(client, { ...sessionQuery, enabled: false });
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let stop = () => {};
  const reading: SessionReading = {
    subscribe(listener) {
      if (listeners.size === 0) stop = observer.subscribe(tell);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    read: () => client.getQueryData(sessionQuery.queryKey) ?? null,
  };
  readings.set(client, reading);
  return reading;
}

/** The session where there may be none: sign-in, first run. Reads what the frame has loaded, asks nothing. */
export function useMaybeSession(): Session | null {
  const { subscribe, read } = readingOf(useQueryClient());
  return useSyncExternalStore(subscribe, read);
}

/** The session of a page inside the frame, where there always is one. */
export function useSession(): Session {
  const session = useMaybeSession();
  if (!session) throw new ApiError({ status: 401, code: 'app.unauthenticated' });
  return session;
}

/** Whether the reader may. It hides what would be refused; the server decides in any case. */
export function useCan(permission: Permission): boolean {
  return can(useMaybeSession(), permission);
}

export function can(session: Session | null, permission: Permission | undefined): boolean {
  return permission === undefined || (session?.permissions.includes(permission) ?? false);
}
