import { userPage } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from './api.js';

/** Whom a customer can belong to; the first 200 by name. */
export const ownersQuery = queryOptions({
  queryKey: ['users', 'owners'],
  queryFn: ({ signal }) => api.get('/users', { query: { limit: 200 }, schema: userPage, signal }),
  select: (page) => page.items.filter((user) => !user.disabled),
  staleTime: 5 * 60_000,
});
