import { customerTeam, type CustomerMember, type MemberRole, type ShareAccess } from '@kezi/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';

const teamKey = (customerId: number) => ['ownership', 'team', customerId] as const;

export const customerTeamQuery = (customerId: number) =>
  queryOptions({
    queryKey: teamKey(customerId),
    queryFn: ({ signal }) => api.get(`/customers/${customerId}/team`, { schema: customerTeam, signal }),
  });

interface MemberDraft {
  userId: number;
  role: MemberRole;
  access?: ShareAccess;
  note?: string | null;
  rowVersion?: number;
}

export function useSaveMember(customerId: number) {
  return useApiMutation({
    call: ({ userId, ...input }: MemberDraft) =>
      api.put(`/customers/${customerId}/team/${userId}`, input, { schema: customerTeam }),
    invalidate: [teamKey(customerId)],
  });
}

export function useRemoveMember(customerId: number) {
  return useApiMutation({
    call: (member: CustomerMember) =>
      api.delete(`/customers/${customerId}/team/${member.userId}`, { schema: customerTeam }),
    invalidate: [teamKey(customerId)],
  });
}
