import type { Platform } from './platform/platform.js';
import type { Module } from './platform/module.js';
import { eventsRoutes } from './platform/events/events.routes.js';
import { answerUnknown } from './platform/http/answer-errors.js';
import { prepareHttp } from './platform/http/build-http.js';
import { healthRoutes } from './platform/http/health.js';
import type { KeziApp } from './platform/http/kezi-app.js';
import { describeApi, serveApiDescription } from './platform/http/openapi.js';
import type { RouteRule } from './platform/http/route-rules.js';
import { serveWeb } from './platform/http/serve-web.js';
import { jobsRoutes } from './platform/jobs/jobs.routes.js';

/** Puts the application together: what holds for all routes, the platform's own, then every slice in its order. */
export async function buildApp(
  app: KeziApp,
  platform: Platform,
  modules: readonly Module[],
): Promise<RouteRule[]> {
  const rules = await prepareHttp(app, platform);
  await describeApi(app);
  await app.register(
    async (api: KeziApp) => {
      await serveApiDescription(api);
      jobsRoutes(api, platform);
      eventsRoutes(api, platform);
      for (const module of modules) await module.routes?.(api, platform);
    },
    { prefix: '/api/v1' },
  );
  healthRoutes(app, platform);
  answerUnknown(app, await serveWeb(app, platform.config.webFolder));
  return rules;
}
