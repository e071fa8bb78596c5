import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { KeziApp } from './kezi-app.js';

/** The description of the interface, made from the schemas that check it. */
export async function describeApi(app: KeziApp): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Kezi 客资',
        version: '1',
        description:
          'Errors are application/problem+json with a stable `code`. Fields and query parameters that are not described are refused (`app.input_unknown`). A POST may carry an Idempotency-Key. Keys go into `Authorization: Bearer`.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'kezi.session_token' },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ session: [] }, { key: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
}

/** The document and a page to read it. */
export async function serveApiDescription(app: KeziApp): Promise<void> {
  app.get(
    '/openapi.json',
    { config: { permission: 'public' }, schema: { hide: true } },
    () => app.swagger() as unknown,
  );
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public' };
    });
    await scope.register(fastifySwaggerUi, { routePrefix: '/docs' });
  });
}
