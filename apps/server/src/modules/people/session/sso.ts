import { CodedError, type ErrorCode } from '@kezi/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Platform } from '../../../platform/platform.js';
import { attemptOf } from './guard-attempts.js';
import { newJourney, type Oidc, type Provider } from './oidc.js';
import { openSessionFor } from './sign-in.js';

const cookieName = 'kezi.sso';
const cookiePath = '/api/v1/auth';
/** Time to sign in at the provider, a second factor there included. */
const journeySeconds = 600;

const journeyCookie = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  to: z.string(),
  until: z.number(),
});

/** Only within this program. */
const ownPath = /^\/(?![/\\])/;

function callbackOf(platform: Platform, request: FastifyRequest): string {
  const own = platform.config.publicUrl ?? `${request.protocol}://${request.host}`;
  return new URL('/api/v1/auth/sso/callback', own).href;
}

async function findProvider(platform: Platform, request: FastifyRequest): Promise<Provider | null> {
  const row = await platform.db.login.selectFrom('sign_in_policy').selectAll().executeTakeFirst();
  const sealed = row?.sso_client_secret ?? null;
  const secret = sealed === null ? null : platform.box.open(sealed);
  if (!row?.sso_issuer || !row.sso_client_id || secret === null) return null;
  return {
    issuer: row.sso_issuer,
    clientId: row.sso_client_id,
    clientSecret: secret,
    redirectUri: callbackOf(platform, request),
  };
}

/** What the sign-in page offers besides a password. */
export async function readWays(platform: Platform, request: FastifyRequest) {
  if ((await findProvider(platform, request)) === null) return { sso: null };
  const { sso_label: label } = await platform.db.login
    .selectFrom('sign_in_policy')
    .select('sso_label')
    .executeTakeFirstOrThrow();
  return { sso: { label: label ?? 'SSO' } };
}

function setJourney(platform: Platform, reply: FastifyReply, value: string, seconds: number): void {
  const secure = platform.config.publicUrl?.startsWith('https:') ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${cookieName}=${value}; Path=${cookiePath}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`,
  );
}

/** To the sign-in page with a reason, and with the place that was wanted, for the next try. */
const backWith = (reply: FastifyReply, code: ErrorCode, to = '/') =>
  reply.redirect(
    `/sign-in?${new URLSearchParams({ refused: code, ...(ownPath.test(to) && to !== '/' ? { to } : {}) }).toString()}`,
    303,
  );

/** What a provider that sends no code says instead (RFC 6749, 4.1.2.1). */
function declineOf(error: string | undefined): CodedError {
  if (error === 'access_denied') return new CodedError('session.sso_declined_refused');
  if (error === 'server_error' || error === 'temporarily_unavailable') {
    return new CodedError('session.sso_unavailable', { reason: error });
  }
  return new CodedError('session.sso_refused');
}

/** Sends the browser to the provider; what must come back with it stands sealed in a cookie of ten minutes. */
export async function beginSso(
  platform: Platform,
  oidc: Oidc,
  request: FastifyRequest,
  reply: FastifyReply,
  to: string,
): Promise<FastifyReply> {
  const provider = await findProvider(platform, request);
  if (!provider) return backWith(reply, 'session.sso_not_found', to);
  const journey = newJourney();
  try {
    const address = await oidc.addressOf(provider, journey);
    const until = platform.clock.now().getTime() + journeySeconds * 1000;
    const kept = JSON.stringify({ ...journey, to: ownPath.test(to) ? to : '/', until });
    setJourney(platform, reply, platform.box.seal(kept), journeySeconds);
    return await reply.redirect(address, 303);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    request.log.warn({ err: error }, 'Single sign-on did not begin.');
    return backWith(reply, error.code, to);
  }
}

function journeyOf(platform: Platform, request: FastifyRequest) {
  const sealed = /(?:^|; )kezi\.sso=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
  const text = sealed === undefined ? null : platform.box.open(sealed);
  const parsed = text === null ? null : journeyCookie.safeParse(JSON.parse(text));
  if (!parsed?.success || parsed.data.until < platform.clock.now().getTime()) return null;
  return parsed.data;
}

/**
 * The user of an identity: linked before, or now by an address that the provider has verified. Nobody is created: who may
 * come in is the administrator's to say.
 * @throws CodedError session.sso_unknown_refused
 */
async function userOf(
  platform: Platform,
  request: FastifyRequest,
  who: { subject: string; email: string | undefined; isVerified: boolean },
): Promise<{ id: number; email: string }> {
  const linked = await platform.db.login
    .selectFrom('user_account as a')
    .innerJoin('app_user as u', 'u.id', 'a.user_id')
    .select(['u.id', 'u.email', 'u.disabled_at'])
    .where('a.provider_id', '=', 'sso')
    .where('a.account_id', '=', who.subject)
    .executeTakeFirst();
  if (linked) {
    if (linked.disabled_at !== null) throw new CodedError('session.sso_unknown_refused');
    return linked;
  }
  const email = who.email?.trim().toLowerCase();
  if (email === undefined || !who.isVerified) throw new CodedError('session.sso_unknown_refused');
  const user = await platform.db.login
    .selectFrom('app_user')
    .select(['id', 'email'])
    .where('email', '=', email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!user) throw new CodedError('session.sso_unknown_refused');
  await platform.db.asSystem(
    async (db) => {
      await db
        .insertInto('user_account')
        .values({ user_id: user.id, provider_id: 'sso', account_id: who.subject })
        .execute();
      await writeAudit(db, { action: 'user.sso_linked', subject: 'user', subjectId: user.id });
    },
    { userId: user.id, requestId: request.id, address: request.ip },
  );
  return user;
}

/** Takes the browser back from the provider, and in. Whatever does not fit leads to the sign-in page with a reason. */
export async function finishSso(
  platform: Platform,
  oidc: Oidc,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: { code?: string | undefined; state?: string | undefined; error?: string | undefined },
): Promise<FastifyReply> {
  const journey = journeyOf(platform, request);
  setJourney(platform, reply, '', 0);
  const provider = await findProvider(platform, request);
  if (!journey || !provider || answer.state !== journey.state) {
    return backWith(reply, 'session.sso_refused', journey?.to);
  }
  try {
    if (answer.code === undefined) throw declineOf(answer.error);
    const found = await oidc.identityOf(provider, journey, answer.code);
    const user = await userOf(platform, request, {
      subject: `${provider.issuer} ${found.sub}`,
      email: found.email,
      isVerified: found.email_verified === true,
    });
    const attempt = attemptOf(platform, request, user.email);
    await openSessionFor(platform, request, reply, { userId: user.id, by: 'sso', attempt });
    return await reply.redirect(journey.to, 303);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    request.log.warn({ err: error }, 'Single sign-on was refused.');
    await platform.db.asSystem(
      (db) =>
        writeAudit(db, {
          action: 'session.refused',
          subject: 'session',
          changes: { by: 'sso', reason: error.code },
        }),
      { requestId: request.id, address: request.ip },
    );
    return backWith(reply, error.code, journey.to);
  }
}
