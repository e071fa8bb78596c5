import { statSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeziApp } from './kezi-app.js';

const yearSeconds = 31_536_000;

/** When the pages in a folder were built, or null while there are none: they are absent for a moment while built anew. */
function builtAt(folder: string): number | null {
  return statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/**
 * Serves the built pages as they are on the disk now, also those built after the start. Files under /assets carry a hash in
 * their name and never change; everything else is asked for anew. Files that were compressed when they were built are sent
 * as they are. Pages built while the server runs are newer than the server: the log says so, once a build.
 * @returns how to answer an address of the application that is not a file; throws CodedError app.pages_unavailable
 */
export async function serveWeb(
  app: KeziApp,
  folder: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => void> {
  let known = builtAt(folder);
  if (known === null)
    app.log.warn({ folder }, 'There are no built pages. They are served as soon as they are there.');
  const notice = (): boolean => {
    const built = builtAt(folder);
    if (built !== null && built !== known) {
      known = built;
      app.log.warn(
        { folder },
        'The pages were built anew. Restart the server, so that it is of the same version.',
      );
    }
    return built !== null;
  };
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
        if (path.endsWith('index.html')) notice();
        const hashed = path.includes('/assets/') || path.includes('\\assets\\');
        response.setHeader(
          'cache-control',
          hashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
        );
      },
    });
  });
  return (_request, reply) => {
    if (!notice()) throw new CodedError('app.pages_unavailable');
    void reply.sendFile('index.html');
  };
}
