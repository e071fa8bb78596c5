import { permissions } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Db, ScopedDb } from '../db/scoped-db.js';
import { idempotent } from './idempotency.js';
import type { KeziApp, ScopeOptions } from './kezi-app.js';

export interface RouteRule {
  method: string;
  url: string;
  permission: string;
}

/** Every route says who may call it; one that does not is refused before the program listens. */
export function holdRoutesToRules(app: KeziApp, database: ScopedDb): RouteRule[] {
  const rules: RouteRule[] = [];
  const seen: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    seen.push(route);
    if (route.method === 'POST' && route.config?.idempotent !== false) {
      route.handler = idempotent(`POST ${route.url}`, route.handler, database);
    }
  });
  // Looked at when all are there: a plugin's own routes get their permission from a hook that runs after ours.
  app.addHook('onReady', async () => {
    for (const route of seen) {
      const permission = route.config?.permission;
      const methods = [route.method].flat();
      if (permission === undefined || (permission !== 'public' && !(permission in permissions))) {
        throw new Error(
          `${methods.join()} ${route.url} declares no permission of the table in @kezi/contract.`,
        );
      }
      for (const method of methods) rules.push({ method, url: route.url, permission });
    }
  });
  return rules;
}

/** Gives every request its transaction and its principal. */
export function decorateRequests(app: KeziApp, database: ScopedDb): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('openTransaction', null);
  app.decorateRequest('language', 'zh-CN');
  app.decorateRequest('principal', {
    getter() {
      if (this.caller === null) throw new CodedError('app.unauthenticated');
      return this.caller;
    },
  });
  app.decorateRequest('inScope', inScope);

  function inScope<T>(
    this: FastifyRequest,
    work: (db: Db) => Promise<T>,
    options: ScopeOptions = {},
  ): Promise<T> {
    if (this.openTransaction) return work(this.openTransaction);
    const isRead = this.method === 'GET' || this.method === 'HEAD';
    return database.inScope(this.principal, work, {
      readOnly: isRead && options.write !== true,
      requestId: this.id,
      ...(options.statementTimeoutMs === undefined ? {} : { statementTimeoutMs: options.statementTimeoutMs }),
    });
  }
}
