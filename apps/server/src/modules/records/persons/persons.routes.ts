import {
  consent,
  consentInput,
  consentList,
  erased,
  erasedCustomer,
  erasure,
  idParams,
  personalCustomerData,
  personalData,
} from '@kezi/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { KeziApp } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';
import { readSettings } from '../../people/settings/index.js';
import { mustSeeCustomer } from '../customers/index.js';
import { customerOfPerson, giveConsent, listConsents, withdrawConsent } from './consents.js';
import { eraseCustomerPerson, exportCustomerPerson } from './customer-person.js';
import { erasePerson, exportPerson } from './person-data.js';

const tags = ['persons'];

function consentRoutes(app: KeziApp, platform: Platform): void {
  app.get(
    '/contacts/:id/consents',
    {
      config: { permission: 'contacts:read' },
      schema: {
        tags,
        summary: "What a contact's data may be used for",
        params: idParams,
        response: { 200: consentList },
      },
    },
    (request) => request.inScope(async (db) => ({ items: await listConsents(db, request.params.id) })),
  );
  app.post(
    '/contacts/:id/consents',
    {
      config: { permission: 'contacts:write' },
      schema: {
        tags,
        summary: 'Record a consent, or another ground',
        params: idParams,
        body: consentInput,
        response: { 201: consent },
      },
    },
    async (request, reply) => {
      const made = await request.inScope((db) => giveConsent(db, request.params.id, request.body));
      void reply.code(201);
      return made;
    },
  );
  app.delete(
    '/consents/:id',
    {
      config: { permission: 'contacts:write' },
      schema: {
        tags,
        summary: 'Withdraw a consent; that it was given stays',
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await request.inScope(async (db) => {
        const { timeZone } = await readSettings(db);
        const today = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(platform.clock.now());
        await withdrawConsent(db, request.params.id, today);
      });
      return reply.code(204).send(null);
    },
  );
}

/** Work that sees all, in the name of whoever asked for it. */
function asSystemFor(platform: Platform) {
  return <Answer>(request: FastifyRequest, work: (db: Db) => Promise<Answer>): Promise<Answer> => {
    const { userId, address, origin } = request.principal;
    return request.inShare(() =>
      platform.db.asSystem(work, {
        userId,
        requestId: request.id,
        ...(address === undefined ? {} : { address }),
        ...(origin === undefined ? {} : { origin }),
      }),
    );
  };
}

export function personsRoutes(app: KeziApp, platform: Platform): void {
  const erasing = asSystemFor(platform);
  consentRoutes(app, platform);
  customerRoutes(app, platform);
  app.post(
    '/contacts/:id/personal-data',
    {
      // The answer is what is masked everywhere else: it is not kept to be given again.
      config: { permission: 'persons:export', idempotent: false },
      schema: {
        tags,
        summary: 'Everything that is kept of one person, for that person; written into the audit',
        params: idParams,
        response: { 200: personalData },
      },
    },
    (request) =>
      request.inScope((db) => exportPerson(db, request.principal, request.params.id, platform.clock.now())),
  );
  app.post(
    '/contacts/:id/erase',
    {
      config: { permission: 'persons:erase', idempotent: false },
      schema: {
        tags,
        summary: 'Take a person out of everything that is kept; cannot be undone',
        params: idParams,
        body: erasure,
        response: { 200: erased },
      },
    },
    async (request) => {
      const { id } = request.params;
      await request.inScope((db) => customerOfPerson(db, id));
      const how = { reason: request.body.reason, now: platform.clock.now(), mark: platform.box.mark };
      return erasing(request, (db) => erasePerson(db, id, how));
    },
  );
}

/** The same of customers who are persons. */
function customerRoutes(app: KeziApp, platform: Platform): void {
  const erasing = asSystemFor(platform);
  app.post(
    '/customers/:id/personal-data',
    {
      config: { permission: 'persons:export', idempotent: false },
      schema: {
        tags,
        summary: 'Everything that is kept of a customer who is a person; written into the audit',
        params: idParams,
        response: { 200: personalCustomerData },
      },
    },
    (request) =>
      request.inScope((db) =>
        exportCustomerPerson(db, request.principal, request.params.id, platform.clock.now()),
      ),
  );
  app.post(
    '/customers/:id/erase',
    {
      config: { permission: 'persons:erase', idempotent: false },
      schema: {
        tags,
        summary: 'Take a customer who is a person out of everything but the books; cannot be undone',
        params: idParams,
        body: erasure,
        response: { 200: erasedCustomer },
      },
    },
    async (request) => {
      const { id } = request.params;
      await request.inScope((db) => mustSeeCustomer(db, id));
      const how = { reason: request.body.reason, now: platform.clock.now(), mark: platform.box.mark };
      return erasing(request, (db) => eraseCustomerPerson(db, id, how));
    },
  );
}
