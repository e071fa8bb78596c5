import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Platform } from '../platform.js';
import type { KeziApp } from './kezi-app.js';

/** /healthz: the process answers. /readyz: the database answers too. /metrics: for Prometheus, on loopback alone. */
export function healthRoutes(app: KeziApp, platform: Platform): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'kezi_' });
  const durations = new Histogram({
    name: 'kezi_http_seconds',
    help: 'Seconds from request to answer, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  const { pool } = platform.db;
  const connections = new Gauge({
    name: 'kezi_db_connections',
    help: 'Connections of the pool, by state.',
    labelNames: ['state'],
    registers: [],
    collect() {
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'awaited' }, pool.waitingCount);
    },
  });
  registry.registerMetric(connections);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const config = { permission: 'public' } as const;
  const schema = { hide: true };
  app.get('/healthz', { config, schema, logLevel: 'silent' }, () => ({ status: 'ok' }));
  app.get('/readyz', { config, schema, logLevel: 'silent' }, async () => {
    await sql`select 1`.execute(platform.db.login);
    return { status: 'ok' };
  });
  app.get('/metrics', { config, schema, logLevel: 'silent' }, async (request, reply) => {
    if (!isLoopback(request.ip)) return reply.callNotFound();
    return reply.header('content-type', registry.contentType).send(await registry.metrics());
  });
}

/** True for a peer on this very machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');
}
