import { CodedError, type ErrorCode } from '@kezi/contract/errors';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { webHeaders } from '../../../platform/http/authorise.js';
import type { Platform } from '../../../platform/platform.js';
import {
  attemptOf,
  beginAttempt,
  clearAttempts,
  failAttempt,
  rememberDevice,
  type Attempt,
} from './guard-attempts.js';
import { hasSecondFactor, takeCode } from './second-factor.js';

function passCookies(from: Headers, reply: FastifyReply): void {
  for (const cookie of from.getSetCookie()) void reply.header('set-cookie', cookie);
}

/** What is compared where there is no such account, so that both take the same time. */
let nobodysHash: Promise<string> | undefined;

/** The user whose password it is and who may sign in; null otherwise. */
async function findByPassword(
  platform: Platform,
  wish: { email: string; password: string },
): Promise<number | null> {
  const account = await platform.db.login
    .selectFrom('app_user as u')
    .innerJoin('user_account as a', 'a.user_id', 'u.id')
    .select(['u.id', 'u.disabled_at', 'a.password'])
    .where('u.email', '=', wish.email)
    .where('a.provider_id', '=', 'credential')
    .executeTakeFirst();
  nobodysHash ??= hashPassword('nobody has this password');
  const hash = account?.password ?? (await nobodysHash);
  const isRight = await verifyPassword({ hash, password: wish.password });
  return isRight && account?.password && account.disabled_at === null ? account.id : null;
}

type Write = <T>(work: (db: Db) => Promise<T>, userId?: number) => Promise<T>;

function writerOf(platform: Platform, request: FastifyRequest): Write {
  return (work, userId) =>
    platform.db.asSystem(work, {
      requestId: request.id,
      address: request.ip,
      ...(userId === undefined ? {} : { userId }),
    });
}

/** A refused attempt is kept with the address that was tried; never with the password. */
async function refuse(platform: Platform, write: Write, attempt: Attempt, code: ErrorCode): Promise<never> {
  await write(async (db) => {
    await failAttempt(db, attempt, platform.clock.now());
    await writeAudit(db, {
      action: 'session.refused',
      subject: 'session',
      changes: { email: attempt.email, reason: code },
    });
  });
  throw new CodedError(code);
}

/**
 * Opens the session of somebody who has shown who they are.
 * @param by how they did, for the audit
 */
export async function openSessionFor(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  entry: { userId: number; by: 'password' | 'totp' | 'recovery' | 'link' | 'sso'; attempt: Attempt },
): Promise<void> {
  const { userId, by, attempt } = entry;
  const headers = webHeaders(request);
  // A cookie of somebody else's session plays no part in signing in.
  headers.delete('cookie');
  const opened = await platform.signIn.api.openSession({ body: { userId }, headers, returnHeaders: true });
  if (by === 'sso') {
    await platform.db.login
      .updateTable('user_session')
      .set({ opened_by: 'sso' })
      .where('token', '=', opened.response.token)
      .execute();
  }
  await writerOf(platform, request)(async (db) => {
    await clearAttempts(db, attempt);
    await writeAudit(db, { action: 'session.opened', subject: 'user', subjectId: userId, changes: { by } });
    if (by === 'recovery') {
      await writeAudit(db, { action: 'user.recovery_used', subject: 'user', subjectId: userId });
    }
  }, userId);
  passCookies(opened.headers, reply);
  rememberDevice(platform, reply, attempt);
}

/**
 * Signs in. Unknown address, wrong password and disabled user look the same and take the same time. Where the account has
 * a second factor, the right password alone is answered with `session.code_needed`.
 * @throws CodedError session.wrong_password, session.code_needed, session.code_refused, session.rate_limited
 */
export async function signIn(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  wish: { email: string; password: string; code?: string | undefined },
): Promise<void> {
  const attempt = attemptOf(platform, request, wish.email);
  const write = writerOf(platform, request);
  await write((db) => beginAttempt(db, attempt, platform.clock.now()));
  const userId = await findByPassword(platform, wish);
  if (userId === null) return refuse(platform, write, attempt, 'session.wrong_password');
  if (!(await hasSecondFactor(platform, userId))) {
    return openSessionFor(platform, request, reply, { userId, by: 'password', attempt });
  }
  // Whoever knows the password has not guessed; asking for the code is part of the way in.
  if (wish.code === undefined || wish.code === '') throw new CodedError('session.code_needed');
  const by = await takeCode(platform, userId, wish.code);
  if (by === null) return refuse(platform, write, attempt, 'session.code_refused');
  return openSessionFor(platform, request, reply, { userId, by, attempt });
}

/** Ends this session and takes the cookie back. */
export async function signOut(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const token = await platform.signIn.tokenOf(request.headers.cookie, platform.clock.now());
  const session =
    token === null
      ? undefined
      : await platform.db.login
          .selectFrom('user_session')
          .select(['id', 'user_id'])
          .where('token', '=', token)
          .executeTakeFirst();
  const { headers } = await platform.signIn.api.signOut({
    headers: webHeaders(request),
    returnHeaders: true,
  });
  passCookies(headers, reply);
  if (!session) return;
  await writerOf(platform, request)(
    (db) =>
      writeAudit(db, {
        action: 'session.ended',
        subject: 'user',
        subjectId: session.user_id,
        changes: { session: session.id, by: 'sign-out' },
      }),
    session.user_id,
  );
}
