import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastify, { LogController } from 'fastify';
import { destination } from 'pino';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Config } from '../../config.js';
import type { Platform } from '../platform.js';
import { answerErrors } from './answer-errors.js';
import { authorise } from './authorise.js';
import { holdFieldWall } from './field-wall.js';
import type { KeziApp } from './kezi-app.js';
import { languageOf } from './language.js';
import { bodyLimit } from './problem.js';
import { refuseUnknownKeys } from './refuse-unknown-keys.js';
import { decorateRequests, holdRoutesToRules, type RouteRule } from './route-rules.js';
import { shedLoad } from './shed-load.js';

/** Passwords, keys and cookies never reach the log. */
const redact = ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'];

/** The bare server: it is made before the platform, because the log comes from it. */
export function makeHttp(config: Config): KeziApp {
  return fastify({
    bodyLimit,
    genReqId: () => randomUUID(),
    trustProxy: config.trustProxy ?? false,
    routerOptions: { maxParamLength: 200 },
    // Named here, so that the library does not load its own compilers: a seventh of the start, for nothing.
    schemaController: {
      compilersFactory: {
        buildValidator: () => validatorCompiler as never,
        buildSerializer: () => serializerCompiler as never,
      },
    },
    forceCloseConnections: 'idle',
    requestTimeout: 0,
    logger:
      config.logLevel === 'silent'
        ? false
        : {
            // stdout belongs to the line that says where the server listens.
            stream: destination({ fd: 2 }),
            level: config.logLevel,
            redact,
            base: null,
            timestamp: () => `,"time":"${new Date().toISOString()}"`,
          },
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<ZodTypeProvider>();
}

/** Everything that holds for all routes. */
export async function prepareHttp(app: KeziApp, platform: Platform): Promise<RouteRule[]> {
  app.addContentTypeParser('application/octet-stream', { bodyLimit: 2 ** 43 }, (_request, payload, done) =>
    done(null, payload),
  );
  const rules = holdRoutesToRules(app, platform.db);
  decorateRequests(app, platform);
  const passLoad = shedLoad(app, platform);
  answerErrors(app);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: platform.config.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (request, reply) => {
    request.language = languageOf(request.headers['accept-language']);
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    passLoad(request, reply);
    await authorise(request, platform);
  });
  holdFieldWall(app);
  refuseUnknownKeys(app);
  await app.register(compress, {
    threshold: 1024,
    // A stream for each answer, and a thread that packs it, cost eight times what it takes to pack 32 kB here and now.
    syncThreshold: 128 * 1024,
    encodings: ['br', 'gzip'],
    // A page of the register, 26 kB, takes 0.3 ms at these levels and 0.7 at the next that make it a tenth smaller.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } },
    zlibOptions: { level: 1 },
  });
  await app.register(multipart, { limits: { files: 1, fields: 20, fieldSize: 100_000, fileSize: 2 ** 43 } });
  await app.register(rateLimit, { global: false });
  return rules;
}
