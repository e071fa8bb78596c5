import { customerPage, jobPage, jobStarted } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

/** The newest job that loads, or has loaded, the made-up company. */
export const demoJobQuery = queryOptions({
  queryKey: ['jobs', 'demo'],
  queryFn: async ({ signal }) => {
    const page = await api.get('/jobs', {
      query: { kind: 'imports.demo', limit: 1 },
      schema: jobPage,
      signal,
    });
    return page.items[0] ?? null;
  },
});

/** Whether there is any customer yet. Asked anew each time: an import may have brought the first. */
export const hasCustomersQuery = queryOptions({
  queryKey: ['imports', 'has-customers'],
  queryFn: async ({ signal }) => {
    const page = await api.get('/customers', { query: { limit: 1 }, schema: customerPage, signal });
    return page.items.length > 0;
  },
});

export const useLoadDemo = () =>
  useApiMutation({
    call: (_: void, { key }) => api.post('/demo', {}, { schema: jobStarted, idempotencyKey: key }),
    invalidate: [['jobs']],
  });
