import { handoverResult, holdings, type HandoverInput } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

export const holdingsQuery = (userId: number) =>
  queryOptions({
    queryKey: ['ownership', 'holdings', userId],
    queryFn: ({ signal }) => api.get(`/users/${userId}/holdings`, { schema: holdings, signal }),
  });

export function useHandOver() {
  return useApiMutation({
    call: ({ fromUserId, ...input }: HandoverInput & { fromUserId: number }, { key }) =>
      api.post(`/users/${fromUserId}/handover`, input, { schema: handoverResult, idempotencyKey: key }),
    invalidate: [['ownership'], ['customers'], ['pools'], ['users']],
  });
}
