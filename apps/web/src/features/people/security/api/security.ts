import {
  openSessionList,
  recoveryCodes,
  secondFactorSecret,
  secondFactorState,
  signInPolicy,
} from '@kezi/contract';
import type { SignInPolicy } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { sessionQuery } from '../../../../lib/session.js';

export const factorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: ({ signal }) => api.get('/me/second-factor', { schema: secondFactorState, signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ['open-sessions'],
  queryFn: ({ signal }) => api.get('/me/sessions', { schema: openSessionList, signal }),
});

export const policyQuery = queryOptions({
  queryKey: ['sign-in-policy'],
  queryFn: ({ signal }) => api.get('/sign-in-policy', { schema: signInPolicy, signal }),
});

export function useBeginFactor() {
  return useApiMutation({
    call: (password: string) => api.post('/me/second-factor', { password }, { schema: secondFactorSecret }),
  });
}

export function useConfirmFactor() {
  return useApiMutation({
    call: (code: string) => api.post('/me/second-factor/confirm', { code }, { schema: recoveryCodes }),
    invalidate: [factorQuery.queryKey, sessionQuery.queryKey],
  });
}

export function useEndFactor() {
  return useApiMutation({
    call: (proof: { password: string; code: string }) => api.post('/me/second-factor/off', proof),
    invalidate: [factorQuery.queryKey],
  });
}

export function useRenewCodes() {
  return useApiMutation({
    call: (password: string) =>
      api.post('/me/second-factor/recovery-codes', { password }, { schema: recoveryCodes }),
    invalidate: [factorQuery.queryKey],
  });
}

/** One session by its number, or all others. */
export function useEndSession() {
  return useApiMutation({
    call: (id: number | 'others') => api.delete(id === 'others' ? '/me/sessions' : `/me/sessions/${id}`),
    invalidate: [sessionsQuery.queryKey],
  });
}

type PolicyChange = Partial<Omit<SignInPolicy, 'rowVersion'>> & { ssoClientSecret?: string | null };

export function useChangePolicy(onDone?: () => void) {
  return useApiMutation({
    onDone,
    call: ({ rowVersion, ...change }: PolicyChange & { rowVersion: number }) =>
      api.patch('/sign-in-policy', change, {
        schema: signInPolicy,
        headers: { 'if-match': `"${rowVersion}"` },
      }),
    invalidate: [policyQuery.queryKey],
  });
}
