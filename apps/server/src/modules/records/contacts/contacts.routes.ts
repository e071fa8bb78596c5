import {
  contactInput,
  contactListQuery,
  contactPage,
  contactPatch,
  contactRow,
  contactWays,
  idParams,
  pageQuery,
} from '@kezi/contract';
import { z } from 'zod';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import { etagOf, withVersionSeen } from '../../../platform/http/row-version.js';
import type { Platform } from '../../../platform/platform.js';
import { createContact } from './create-contact.js';
import { deleteContact, restoreContact } from './delete-contact.js';
import { getContact, revealContact } from './get-contact.js';
import { listContacts, searchContacts } from './list-contacts.js';
import { updateContact } from './update-contact.js';

const tags = ['contacts'];
const read = { permission: 'contacts:read' } as const;
const write = { permission: 'contacts:write' } as const;

function listRoutes(app: KeziApp): void {
  app.get(
    '/contacts',
    {
      config: read,
      schema: {
        tags,
        summary: 'People at all customers, the newest first',
        querystring: contactListQuery,
        response: { 200: contactPage },
      },
    },
    (request) => request.inScope((db) => searchContacts(db, request.principal, request.query)),
  );
  app.get(
    '/customers/:id/contacts',
    {
      config: read,
      schema: {
        tags,
        summary: 'The people at a customer',
        params: idParams,
        querystring: pageQuery,
        response: { 200: contactPage },
      },
    },
    (request) =>
      request.inScope((db) => listContacts(db, request.principal, request.params.id, request.query)),
  );
}

function writeRoutes(app: KeziApp, platform: Platform): void {
  app.post(
    '/customers/:id/contacts',
    {
      config: write,
      schema: {
        tags,
        summary: 'Add a person to a customer',
        params: idParams,
        body: contactInput,
        response: { 201: contactRow },
      },
    },
    async (request, reply) => {
      const made = await request.inScope(async (db) => {
        const id = await createContact(db, request.params.id, request.body, platform.clock.now());
        return getContact(db, request.principal, id);
      });
      void reply.code(201).header('etag', etagOf(made.rowVersion));
      return made;
    },
  );
  app.patch(
    '/contacts/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Change a contact',
        params: idParams,
        body: contactPatch,
        response: { 200: contactRow },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const patch = withVersionSeen(request, request.body);
      const changed = await request.inScope(async (db) => {
        await updateContact(db, request.principal, id, patch, platform.clock.now());
        return getContact(db, request.principal, id);
      });
      void reply.header('etag', etagOf(changed.rowVersion));
      return changed;
    },
  );
}

function deleteRoutes(app: KeziApp, platform: Platform): void {
  app.delete(
    '/contacts/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Delete a contact; can be undone',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope((db) => deleteContact(db, request.params.id, platform.clock.now()));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/contacts/:id/restore',
    {
      config: write,
      schema: { tags, summary: 'Undo the deletion', params: idParams, response: { 200: contactRow } },
    },
    (request) =>
      request.inScope(async (db) => {
        await restoreContact(db, request.params.id, platform.clock.now());
        return getContact(db, request.principal, request.params.id);
      }),
  );
}

function oneRoutes(app: KeziApp): void {
  app.get(
    '/contacts/:id',
    {
      config: read,
      schema: { tags, summary: 'One contact', params: idParams, response: { 200: contactRow } },
    },
    async (request, reply) => {
      const found = await request.inScope((db) => getContact(db, request.principal, request.params.id));
      void reply.header('etag', etagOf(found.rowVersion));
      return found;
    },
  );
  app.post(
    '/contacts/:id/reveal',
    {
      // The answer is what is masked everywhere else: it is not kept to be given again.
      config: { permission: 'contacts:reveal', idempotent: false },
      schema: {
        tags,
        summary: 'Phones, mails and WeChat in full; written into the audit',
        params: idParams,
        response: { 200: contactWays },
      },
    },
    (request) => request.inScope((db) => revealContact(db, request.principal, request.params.id)),
  );
}

export function contactsRoutes(app: KeziApp, platform: Platform): void {
  listRoutes(app);
  oneRoutes(app);
  writeRoutes(app, platform);
  deleteRoutes(app, platform);
}
