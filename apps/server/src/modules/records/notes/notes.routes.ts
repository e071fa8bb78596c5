import {
  idParams,
  noteInput,
  notePage,
  notePatch,
  noteQuery,
  noteRow,
  preferenceProfile,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { withVersionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { getPreferences } from './get-preferences.js';
import { getNote, listNotes } from './notes.queries.js';
import { createNote, setAside, updateNote } from './write-note.js';

const tags = ['notes'];
const read = { permission: 'notes:read' } as const;
const write = { permission: 'notes:write' } as const;

function readRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/customers/:id/notes',
    {
      config: read,
      schema: {
        tags,
        summary: 'Needs, plans, competitors and indirect customers, the latest first',
        params: idParams,
        querystring: noteQuery,
        response: { 200: notePage },
      },
    },
    (request) => request.inScope((db) => listNotes(db, request.params.id, request.query)),
  );
  app.get(
    '/customers/:id/preferences',
    {
      config: { permission: 'orders:read' },
      schema: {
        tags,
        summary: 'What the orders of two years say about a customer',
        params: idParams,
        response: { 200: preferenceProfile },
      },
    },
    (request) => request.inScope((db) => getPreferences(db, request.params.id, platform.clock.now())),
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/notes',
    {
      config: write,
      schema: { tags, summary: 'Add a note', params: idParams, body: noteInput, response: { 201: noteRow } },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) =>
        getNote(db, await createNote(db, request.params.id, request.body, platform.clock.now())),
      );
      reply.code(201);
      return made;
    },
  );
  app.patch(
    '/notes/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a note',
        params: idParams,
        body: notePatch,
        response: { 200: noteRow },
      },
    },
    (request) =>
      request.inScope(async (db) => {
        const { id } = request.params;
        const patch = withVersionSeen(request, request.body);
        await updateNote(db, request.principal, id, patch, platform.clock.now());
        return getNote(db, id);
      }),
  );
  app.delete(
    '/notes/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Delete a note; can be undone',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => setAside(db, request.params.id, 'deleted', platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/notes/:id/restore',
    {
      config: write,
      schema: { tags, summary: 'Undo the deletion', params: idParams, response: { 200: noteRow } },
    },
    (request) =>
      request.inScope(async (db) => {
        await setAside(db, request.params.id, 'restored', platform.clock.now());
        return getNote(db, request.params.id);
      }),
  );
}

export function notesRoutes(app: KeziApp, platform: Platform): void {
  readRoutes(app, platform);
  writeRoutes(app, platform);
}
