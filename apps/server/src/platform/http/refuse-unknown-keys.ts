import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { closeSchema } from './close-schema.js';
import type { KeziApp } from './kezi-app.js';

/** What was read from JSON; a file that comes as a stream is no list of keys. */
const keysOfBody = (body: unknown) =>
  typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype
    ? Object.keys(body)
    : [];

/** A route that takes no query, or no body, knows none of its keys. */
function refuseUndeclared({ routeOptions: { schema }, query, body }: FastifyRequest): void {
  if (schema === undefined || schema.hide === true) return;
  const keys = [
    ...(schema.querystring === undefined ? Object.keys(query as object) : []),
    ...(schema.body === undefined ? keysOfBody(body) : []),
  ];
  if (keys.length > 0) throw new CodedError('app.input_unknown', { keys: keys.join(', ') });
}

/**
 * Refuses what a route does not know instead of dropping it: `phone` for `phones` would be a contact without a number, `ownr`
 * for `owner` a list of everybody. The description of the interface says the same (`additionalProperties: false`), since it
 * is made from the schemas that are put in place here.
 */
export function refuseUnknownKeys(app: KeziApp): void {
  app.addHook('onRoute', (route) => {
    if (route.schema === undefined) return;
    const { body, querystring } = route.schema;
    route.schema = {
      ...route.schema,
      ...(body instanceof z.ZodType ? { body: closeSchema(body) } : {}),
      ...(querystring instanceof z.ZodType ? { querystring: closeSchema(querystring) } : {}),
    };
  });
  app.addHook('preValidation', async (request) => refuseUndeclared(request));
}
