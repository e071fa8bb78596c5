import { linkOwner, signInWays } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const waysQuery = queryOptions({
  queryKey: ['ways'],
  queryFn: ({ signal }) => api.get('/auth/ways', { schema: signInWays, signal }),
  staleTime: Infinity,
});

export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['link', token],
    queryFn: ({ signal }) => api.post('/auth/links/look', { token }, { schema: linkOwner, signal }),
    retry: false,
    staleTime: Infinity,
  });

export function useSetPassword() {
  return useApiMutation({
    call: (input: { token: string; password: string }) => api.post('/auth/links/use', input),
  });
}
