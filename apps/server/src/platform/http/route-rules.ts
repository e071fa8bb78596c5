import { permissions } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyRequest, RouteOptions } from 'fastify';
import type { Db, ScopedDb } from '../db/scoped-db.js';
import { idempotent } from './idempotency.js';
import type { Platform } from '../platform.js';
import type { KeziApp, ScopeOptions } from './kezi-app.js';
import { UserShares } from './user-shares.js';

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
      if (permission === undefined || (permission !== 'public' && !Object.hasOwn(permissions, permission))) {
        throw new Error(
          `${methods.join()} ${route.url} declares no permission of the table in @kezi/contract.`,
        );
      }
      for (const method of methods) rules.push({ method, url: route.url, permission });
    }
  });
  return rules;
}

/** Gives every request its transaction, its principal, and its place within what one user may take. */
export function decorateRequests(
  app: KeziApp,
  { db: database, config }: Pick<Platform, 'db' | 'config'>,
): void {
  const shares = new UserShares(Math.max(1, Math.floor(config.load.connections / 4)));
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
  app.decorateRequest('holdsShare', false);
  app.decorateRequest('inShare', inShare);

  async function inShare<T>(this: FastifyRequest, work: () => Promise<T>): Promise<T> {
    // Who holds a place and waited for another could wait for itself.
    if (this.holdsShare) return work();
    return shares.run(this.principal.userId, async () => {
      this.holdsShare = true;
      try {
        return await work();
      } finally {
        this.holdsShare = false;
      }
    });
  }

  function inScope<T>(
    this: FastifyRequest,
    work: (db: Db) => Promise<T>,
    options: ScopeOptions = {},
  ): Promise<T> {
    if (this.openTransaction) return work(this.openTransaction);
    const isRead = this.method === 'GET' || this.method === 'HEAD';
    const { statementTimeoutMs, plan } = options;
    return this.inShare(() =>
      database.inScope(this.principal, work, {
        readOnly: isRead && options.write !== true,
        requestId: this.id,
        ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
        ...(plan === undefined ? {} : { plan }),
      }),
    );
  }
}
