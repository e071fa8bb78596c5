import { CodedError } from '@kezi/contract/errors';
import { APIError } from 'better-auth/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { webHeaders } from '../../../platform/http/authorise.js';
import type { Platform } from '../../../platform/platform.js';

function passCookies(from: Headers, reply: FastifyReply): void {
  for (const cookie of from.getSetCookie()) void reply.header('set-cookie', cookie);
}

/**
 * Signs in. Unknown address, wrong password and disabled user look the same and take the same time.
 * @throws CodedError session.wrong_password
 */
export async function signIn(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  wish: { email: string; password: string },
): Promise<void> {
  const headers = webHeaders(request);
  // A cookie of somebody else's session plays no part in signing in.
  headers.delete('cookie');
  let answer;
  try {
    answer = await platform.signIn.api.signInEmail({ body: wish, headers, returnHeaders: true });
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) {
      await auditRefusal(platform, request, wish.email);
      throw new CodedError('session.wrong_password', {}, { cause: error });
    }
    throw error;
  }
  const userId = Number(answer.response.user.id);
  const allowed = await platform.db.login
    .selectFrom('app_user')
    .select('id')
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!allowed) {
    await platform.db.login.deleteFrom('user_session').where('token', '=', answer.response.token).execute();
    await auditRefusal(platform, request, wish.email);
    throw new CodedError('session.wrong_password');
  }
  await platform.db.asSystem(
    (db) => writeAudit(db, { action: 'session.opened', subject: 'user', subjectId: userId }),
    { userId, requestId: request.id },
  );
  passCookies(answer.headers, reply);
}

/** A refused attempt is kept with the address that was tried; never with the password. */
async function auditRefusal(platform: Platform, request: FastifyRequest, email: string): Promise<void> {
  await platform.db.asSystem(
    (db) =>
      writeAudit(db, {
        action: 'session.refused',
        subject: 'session',
        changes: { email, address: request.ip },
      }),
    { requestId: request.id },
  );
}

/** Ends this session and takes the cookie back. */
export async function signOut(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { headers } = await platform.signIn.api.signOut({
    headers: webHeaders(request),
    returnHeaders: true,
  });
  passCookies(headers, reply);
}
