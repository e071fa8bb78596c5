import { CodedError, type Language } from '@kezi/contract/errors';
import type { FastifyRequest } from 'fastify';
import { findKeyPrincipal, findSessionPrincipal, whyKeyRefused } from '../auth/find-principal.js';
import type { Platform } from '../platform.js';
import type { Principal } from './kezi-app.js';
import { languageOf } from './language.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Node's headers as the sign-in library wants them. */
export function webHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const name of ['cookie', 'user-agent', 'origin'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  headers.set('x-forwarded-for', request.ip);
  return headers;
}

/** Where the page that sends the request must come from. */
function ownOrigins(request: FastifyRequest, publicUrl: string | undefined): string[] {
  const own = `${request.protocol}://${request.host}`;
  return publicUrl === undefined ? [own] : [own, new URL(publicUrl).origin];
}

/**
 * A browser sends the session's cookie along with a form of any site; the Origin header says which site it is. A request
 * with a cookie must name ours; one without a cookie (a program) may be silent, but not name another.
 * @throws CodedError app.origin_refused
 */
function checkOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  if (safeMethods.has(request.method)) return;
  const { origin, cookie } = request.headers;
  if (origin === undefined && cookie === undefined) return;
  if (origin === undefined || !ownOrigins(request, publicUrl).includes(origin)) {
    throw new CodedError('app.origin_refused');
  }
}

function keyOf(request: FastifyRequest): string | null {
  const match = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

async function findCaller(request: FastifyRequest, platform: Platform): Promise<Principal | null> {
  const key = keyOf(request);
  if (key !== null) return findKeyPrincipal(platform.db.login, key, platform.clock.now());
  const token = await platform.signIn.tokenOf(request.headers.cookie, platform.clock.now());
  if (token === null) return null;
  return findSessionPrincipal(platform.db.login, token, platform.clock.now(), request.ip);
}

/** A browser asks in its own language, whatever its reader has chosen; a program that names one means it. */
function languageFor(request: FastifyRequest, chosen: Language): Language {
  return keyOf(request) === null ? chosen : languageOf(request.headers['accept-language'], chosen);
}

/**
 * Runs before anything of the request is read or written: who is it, and may they.
 * @throws CodedError app.unauthenticated, app.forbidden, app.origin_refused, session.second_factor_missing, and why a key
 *   does not let in
 */
export async function authorise(request: FastifyRequest, platform: Platform): Promise<void> {
  const { permission } = request.routeOptions.config;
  if (permission === undefined) return;
  if (keyOf(request) === null) checkOrigin(request, platform.config.publicUrl);
  if (permission === 'public') return;
  const caller = await findCaller(request, platform);
  if (!caller) {
    const key = keyOf(request);
    throw key === null ? new CodedError('app.unauthenticated') : await whyKeyRefused(platform.db.login, key);
  }
  request.caller = { ...caller, address: request.ip };
  if (caller.language) request.language = languageFor(request, caller.language);
  if (caller.permissions.has(permission)) return;
  throw new CodedError(caller.mustEnrol ? 'session.second_factor_missing' : 'app.forbidden');
}
