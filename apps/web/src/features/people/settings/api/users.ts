import { user as userSchema, userPage } from '@kezi/contract';
import type { NewUser, User, UserChange } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

interface UsersFilter {
  search: string | undefined;
  teamId: number | undefined;
}

export const usersKey = ['users'] as const;

export function fetchUsers(filter: UsersFilter, cursor: string | undefined, signal: AbortSignal) {
  return api.get('/users', { query: { ...filter, cursor, limit: 100 }, schema: userPage, signal });
}

export const userQuery = (id: number) =>
  queryOptions({
    queryKey: [...usersKey, 'one', id],
    queryFn: ({ signal }) => api.get(`/users/${id}`, { schema: userSchema, signal }),
  });

export function useCreateUser() {
  return useApiMutation({
    call: (input: NewUser, { key }) => api.post('/users', input, { schema: userSchema, idempotencyKey: key }),
    invalidate: [usersKey, ['teams']],
  });
}

export function useChangeUser() {
  return useApiMutation({
    call: ({ user, change }: { user: Pick<User, 'id' | 'rowVersion'>; change: UserChange }) =>
      api.patch(`/users/${user.id}`, change, {
        schema: userSchema,
        headers: { 'if-match': `"${user.rowVersion}"` },
      }),
    invalidate: [usersKey, ['teams']],
  });
}
