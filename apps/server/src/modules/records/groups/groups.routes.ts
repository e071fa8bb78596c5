import {
  customerGroup,
  groupMemberPage,
  groupMembersQuery,
  groupMove,
  groupPicture,
  idParams,
} from '@kezi/contract';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { mustSeeCustomer } from '../customers/index.js';
import { getGroup } from './get-group.js';
import { listMembers, pictureBelow } from './groups.queries.js';
import { moveCustomer } from './move-customer.js';

const tags = ['groups'];
const read = { permission: 'customers:read' } as const;

function readRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/group',
    {
      config: read,
      schema: {
        tags,
        summary: 'Where a customer stands in its group, with sums over what the reader sees',
        params: idParams,
        response: { 200: customerGroup },
      },
    },
    (request) => request.inScope((db) => getGroup(db, request.params.id, platform.clock.now())),
  );
  app.get(
    '/customers/:id/group/members',
    {
      config: read,
      schema: {
        tags,
        summary: 'The customers directly below one, the most valuable first',
        params: idParams,
        querystring: groupMembersQuery,
        response: { 200: groupMemberPage },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        await mustSeeCustomer(db, request.params.id);
        return listMembers(db, request.params.id, request.principal.fieldRules, request.query);
      }),
  );
  app.get(
    '/customers/:id/group/picture',
    {
      config: read,
      schema: {
        tags,
        summary: 'The most valuable customers below one, and how much there is besides',
        params: idParams,
        response: { 200: groupPicture },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        await mustSeeCustomer(db, request.params.id);
        return pictureBelow(db, request.params.id, request.principal.fieldRules);
      }),
  );
}

export function groupsRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app, platform);
  app.post(
    '/customers/:id/move',
    {
      config: { permission: 'customers:write' },
      schema: {
        tags,
        summary: 'Put a customer, with all below it, under another parent or under none',
        params: idParams,
        body: groupMove,
        response: { 200: customerGroup },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const now = platform.clock.now();
        await moveCustomer(db, request.principal, request.params.id, request.body, now);
        return getGroup(db, request.params.id, now);
      }),
  );
}
