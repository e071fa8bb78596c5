import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { Kysely, PostgresDialect } from 'kysely';
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
    verification: { modelName: 'user_verification', fields: { expiresAt: 'expires_at', ...stamps } },
    advanced: {
      database: { generateId: 'serial' },
      cookiePrefix: 'kezi',
      useSecureCookies: options.secureCookies,
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' },
    },
  });
  return { api: auth.api, close: () => db.destroy() };
}

export type SignIn = ReturnType<typeof openSignIn>;
