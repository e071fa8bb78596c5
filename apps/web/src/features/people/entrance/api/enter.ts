import { setupState } from '@kezi/contract';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { sessionQuery } from '../../../../lib/session.js';

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get('/setup', { schema: setupState, signal }),
  // Asked once: were it asked anew while the form is being sent, the page would take the reader elsewhere.
  staleTime: Infinity,
});

/** What the first-run form sends. */
interface NewAdministrator {
  code?: string;
  email: string;
  name: string;
  password: string;
  organisationName: string;
  baseCurrency: string;
  timeZone: string;
  language: 'zh-CN' | 'en-US';
}

/** After either the server has set the session's cookie: ask anew who is here. */
function useEntered() {
  const client = useQueryClient();
  return async () => {
    // Out of date, but not asked anew now: the answer 'no administrator needed' would lead away from the step that follows.
    await client.invalidateQueries({ queryKey: setupQuery.queryKey, refetchType: 'none' });
    await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
  };
}

export function useSignIn() {
  const entered = useEntered();
  return useApiMutation({
    call: async (input: { email: string; password: string; code?: string }) => {
      await api.post('/auth/sign-in', input);
      await entered();
    },
  });
}

export function useSetUp() {
  const entered = useEntered();
  return useApiMutation({
    call: async (input: NewAdministrator) => {
      await api.post('/setup', input);
      await entered();
    },
  });
}

export function useLoadDemo() {
  return useApiMutation({
    call: (_: void, { key }) => api.post('/demo', {}, { idempotencyKey: key }),
    invalidate: [['jobs']],
  });
}
