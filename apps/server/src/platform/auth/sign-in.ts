import { createHmac } from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';
import { betterAuth } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { Kysely, PostgresDialect } from 'kysely';
import { z } from 'zod';
import { makePool } from '../db/pool.js';

interface SignInOptions {
  appUrl: string;
  secret: string;
  /** Cookies are sent over https alone when the public address is https. */
  secureCookies: boolean;
  onError: (error: Error) => void;
}

/** A session lasts seven days of silence; it is prolonged once a day while it is used. */
const sessionSeconds = 7 * 86_400;
const prolongSeconds = 86_400;

/** Once the library has found a cookie to be signed by us, it is not asked again for an hour: a quarter of a small request. */
const verifiedMs = 3_600_000;
const mostVerified = 10_000;

/** The cookie of a session among those of a request. */
const sessionCookie = /(?:^|; )((?:__Secure-)?kezi\.session_token=[^;]+)/;

/** Opens a session for somebody who has shown who they are, whatever way; the caller has seen to that. */
const openSession = createAuthEndpoint(
  '/kezi/open-session',
  { method: 'POST', body: z.object({ userId: z.int() }), metadata: { SERVER_ONLY: true } },
  async (ctx) => {
    const { internalAdapter } = ctx.context;
    const userId = String(ctx.body.userId);
    const user = await internalAdapter.findUserById(userId);
    if (!user) throw new APIError('UNAUTHORIZED');
    const session = await internalAdapter.createSession(userId);
    await setSessionCookie(ctx, { session, user });
    return { token: session.token };
  },
);

/**
 * Passwords, sessions and their cookies. Only the calls below are used: its own routes are not mounted, so nothing is
 * reachable that the permission table does not name.
 */
export function openSignIn(options: SignInOptions) {
  const pool = makePool({
    url: options.appUrl,
    name: 'sign-in',
    max: 4,
    dates: true,
    onError: options.onError,
  });
  const db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' };
  const auth = betterAuth({
    baseURL: 'http://localhost',
    secret: createHmac('sha256', options.secret).update('sessions').digest('base64url'),
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 128 },
    user: { modelName: 'app_user', fields: { emailVerified: 'email_verified', ...stamps } },
    session: {
      modelName: 'user_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...stamps,
      },
      expiresIn: sessionSeconds,
      updateAge: prolongSeconds,
    },
    account: {
      modelName: 'user_account',
      fields: {
        userId: 'user_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...stamps,
      },
    },
    plugins: [{ id: 'kezi', endpoints: { openSession } }],
    verification: { modelName: 'user_verification', fields: { expiresAt: 'expires_at', ...stamps } },
    advanced: {
      database: { generateId: 'serial' },
      cookiePrefix: 'kezi',
      useSecureCookies: options.secureCookies,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
    },
  });
  return {
    api: auth.api,
    tokenOf: makeTokenOf((cookie) => tokenBy(auth.api, cookie)),
    close: () => db.destroy(),
  };
}

interface SessionReader {
  getSession: (request: { headers: Headers }) => Promise<{ session: { token: string } } | null>;
}

/**
 * The sign-in library says 500 whatever its storage said, and keeps the reason to itself. All it asks is the database.
 * @throws CodedError app.database_unavailable
 */
async function tokenBy(api: SessionReader, cookie: string): Promise<string | null> {
  try {
    return (await api.getSession({ headers: new Headers({ cookie }) }))?.session.token ?? null;
  } catch (error) {
    if (error instanceof APIError && error.statusCode === 500) {
      throw new CodedError('app.database_unavailable', {}, { cause: error });
    }
    throw error;
  }
}

/**
 * The token of the session that a request's cookies name, or null. Signatures do not change, so a verdict is kept; whether
 * the session still stands is for the database to say at every request. The library prolongs sessions when it is asked.
 */
function makeTokenOf(verify: (cookie: string) => Promise<string | null>) {
  const verified = new Map<string, { token: string; until: number }>();
  return async (cookies: string | undefined, now: Date): Promise<string | null> => {
    const cookie = sessionCookie.exec(cookies ?? '')?.[1];
    if (cookie === undefined) return null;
    const known = verified.get(cookie);
    if (known && known.until > now.getTime()) return known.token;
    verified.delete(cookie);
    const token = await verify(cookie);
    if (token === null) return null;
    verified.set(cookie, { token, until: now.getTime() + verifiedMs });
    const [oldest] = verified.keys();
    if (verified.size > mostVerified && oldest !== undefined) verified.delete(oldest);
    return token;
  };
}

export type SignIn = ReturnType<typeof openSignIn>;
