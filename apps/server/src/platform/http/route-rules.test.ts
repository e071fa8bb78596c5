import fastify, { type FastifyContextConfig } from 'fastify';
import { expect, it } from 'vitest';
import { holdRoutesToRules } from './route-rules.js';

/** A program with one route, as it is before it listens. */
async function started(config?: FastifyContextConfig): Promise<void> {
  const app = fastify();
  holdRoutesToRules(app as never, undefined as never);
  app.get('/things', config ? { config } : {}, () => 'all of them');
  await app.ready();
}

it('stops the start where a route does not say who may call it, or names a right that there is not', async () => {
  await expect(started()).rejects.toThrow('GET /things declares no permission');
  await expect(started({ permission: 'things:read' as never })).rejects.toThrow(
    'GET /things declares no permission',
  );
  await expect(started({ permission: 'toString' as never })).rejects.toThrow(
    'GET /things declares no permission',
  );
  await expect(started({ permission: 'customers:read' })).resolves.toBeUndefined();
  await expect(started({ permission: 'public' })).resolves.toBeUndefined();
});
