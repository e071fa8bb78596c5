import { settings as settingsSchema } from '@kezi/contract';
import type { Settings } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { sessionQuery } from '../../../../lib/session.js';

export const organisationQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get('/settings', { schema: settingsSchema, signal }),
});

export function useChangeOrganisation() {
  return useApiMutation({
    call: ({ rowVersion, ...change }: Partial<Settings> & { rowVersion: number }) =>
      api.patch('/settings', change, {
        schema: settingsSchema,
        headers: { 'if-match': `"${rowVersion}"` },
      }),
    invalidate: [organisationQuery.queryKey, sessionQuery.queryKey],
  });
}
