import { me as meSchema } from '@kezi/contract';
import type { Me, Permission } from '@kezi/contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
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
});

/** The session where there may be none: sign-in, first run. Reads what the frame has loaded, asks nothing. */
export function useMaybeSession(): Session | null {
  return useQuery({ ...sessionQuery, enabled: false }).data ?? null;
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
