import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeziApp } from './kezi-app.js';

const yearSeconds = 31_536_000;

/**
 * Serves the built pages. Files under /assets carry a hash in their name and never change; everything else is asked for
 * anew. Files that were compressed when they were built are sent as they are.
 * @returns how to answer an address of the application that is not a file, or null when nothing was built
 */
export async function serveWeb(
  app: KeziApp,
  folder: string,
): Promise<((request: FastifyRequest, reply: FastifyReply) => void) | null> {
  if (!existsSync(join(folder, 'index.html'))) return null;
  await app.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, permission: 'public' };
    });
    await scope.register(fastifyStatic, {
      root: folder,
      wildcard: true,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        const hashed = path.includes('/assets/') || path.includes('\\assets\\');
        response.setHeader(
          'cache-control',
          hashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
        );
      },
    });
  });
  return (_request, reply) => {
    void reply.sendFile('index.html');
  };
}
