import type { Me } from '@kezi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { sessionQuery } from '../../../../lib/session.js';

type PreferencesChange = Partial<Pick<Me, 'name' | 'language' | 'theme'>>;

export function useChangePreferences() {
  return useApiMutation({
    call: (change: PreferencesChange) => api.patch('/me/preferences', change),
    invalidate: [sessionQuery.queryKey],
  });
}

/** The server ends every session of the user, this one too. */
export function useChangePassword() {
  const client = useQueryClient();
  return useApiMutation({
    call: (input: { current: string; next: string }) => api.post('/me/password', input),
    onDone: () => {
      client.clear();
      window.location.assign('/sign-in');
    },
  });
}
