import { team as teamSchema } from '@kezi/contract';
import type { Team } from '@kezi/contract';
import { api } from '../../../../lib/api.js';
import { useApiMutation } from '../../../../lib/api-mutation.js';
import { teamsQuery } from '../../../../lib/teams.js';

interface TeamDraft {
  name: string;
  parentId: number | null;
}

export function useCreateTeam() {
  return useApiMutation({
    call: (input: TeamDraft, { key }) =>
      api.post('/teams', input, { schema: teamSchema, idempotencyKey: key }),
    invalidate: [teamsQuery.queryKey],
  });
}

export function useChangeTeam() {
  return useApiMutation({
    call: ({ team, change }: { team: Team; change: Partial<TeamDraft> }) =>
      api.patch(`/teams/${team.id}`, change, {
        schema: teamSchema,
        headers: { 'if-match': `"${team.rowVersion}"` },
      }),
    invalidate: [teamsQuery.queryKey],
  });
}

export function useRemoveTeam() {
  return useApiMutation({
    call: (id: number) => api.delete(`/teams/${id}`),
    invalidate: [teamsQuery.queryKey],
  });
}
