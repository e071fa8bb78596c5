import { apiKeyList, createdApiKey } from '@kezi/contract';
import type { Permission } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => api.get('/keys', { schema: apiKeyList, signal }),
});

interface NewKey {
  name: string;
  scopes: Permission[];
  expiresAt: string | null;
}

export function useCreateKey() {
  return useApiMutation({
    call: (input: NewKey) => api.post('/keys', input, { schema: createdApiKey }),
    invalidate: [keysQuery.queryKey],
  });
}

export function useRevokeKey() {
  return useApiMutation({
    call: (id: number) => api.delete(`/keys/${id}`),
    invalidate: [keysQuery.queryKey],
  });
}
