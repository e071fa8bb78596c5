import { idParams, newTeam, team, teamChange, teamList } from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { versionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { listTeams } from './teams.queries.js';
import { changeTeam, createTeam, removeTeam } from './write-team.js';

export function teamsRoutes(app: KeziApp, platform: Platform): void {
  const tags = ['teams'];
  const config = { permission: 'teams:write' } as const;
  app.get(
    '/teams',
    {
      config: { permission: 'teams:read' },
      schema: { tags, summary: 'All teams', response: { 200: teamList } },
    },
    async (request) => ({ items: await request.inScope(listTeams) }),
  );
  app.post(
    '/teams',
    { config, schema: { tags, summary: 'Add a team', body: newTeam, response: { 201: team } } },
    async (request, reply) => {
      const made = await request.inScope((db) => createTeam(db, request.body));
      void reply.code(201);
      return made;
    },
  );
  app.patch(
    '/teams/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Rename or move a team',
        params: idParams,
        body: teamChange,
        response: { 200: team },
      },
    },
    (request) =>
      request.inScope((db) =>
        changeTeam(db, request.params.id, request.body, versionSeen(request), platform.clock.now()),
      ),
  );
  app.delete(
    '/teams/:id',
    {
      config,
      schema: { tags, summary: 'Remove an empty team', params: idParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      await request.inScope((db) => removeTeam(db, request.params.id));
      return reply.code(204).send(null);
    },
  );
}
