import { hashPassword } from 'better-auth/crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Platform } from '../../../platform/platform.js';
import { checkPassword, findLink, spendLink } from '../users/index.js';
import { attemptOf } from './guard-attempts.js';
import { hasSecondFactor } from './second-factor.js';
import { openSessionFor } from './sign-in.js';

/** Whose link it is, so that the page can greet them. */
export async function lookAtLink(platform: Platform, token: string) {
  const { kind, email, name, organisationName, expiresAt } = await platform.db.asSystem((db) =>
    findLink(db, token, platform.clock.now()),
  );
  return { kind, email, name, organisationName, expiresAt };
}

/**
 * Sets the password of whoever holds the link. They are signed in by it, unless their account has a second factor: a link
 * does not take its place.
 * @throws CodedError users.link_not_found, users.link_used, users.link_expired, password.common, password.holds_name, password.pattern, password.digits
 */
export async function useLink(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  wish: { token: string; password: string },
): Promise<void> {
  const now = platform.clock.now();
  const seen = await platform.db.asSystem((db) => findLink(db, wish.token, now));
  checkPassword(wish.password, seen, seen.organisationName);
  const passwordHash = await hashPassword(wish.password);
  const { userId, email } = seen;
  await platform.db.asSystem(
    // Found again under a lock: of two who use one link at once, one is told that it is used.
    async (db) => spendLink(db, await findLink(db, wish.token, now), passwordHash, now),
    { userId, requestId: request.id, address: request.ip },
  );
  if (await hasSecondFactor(platform, userId)) return;
  await openSessionFor(platform, request, reply, {
    userId,
    by: 'link',
    attempt: attemptOf(platform, request, email),
  });
}
