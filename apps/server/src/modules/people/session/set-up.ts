import { timingSafeEqual } from 'node:crypto';
import type { setupRequest } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { hashPassword } from 'better-auth/crypto';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { z } from 'zod';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isLoopback } from '../../../platform/http/health.js';
import type { Platform } from '../../../platform/platform.js';
import { changeSettings } from '../settings/index.js';
import { checkPassword, insertUser } from '../users/index.js';

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * True when the request comes from this machine and was meant for it. A page of another site whose name was turned to
 * 127.0.0.1 comes from this machine too, but under its own name; a proxy in front comes from this machine for everybody.
 */
function isFromHere(request: FastifyRequest): boolean {
  const forwarded =
    request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return isLoopback(request.socket.remoteAddress ?? '') && !forwarded && ownNames.has(request.hostname);
}

async function hasAdministrator(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('app_user')
    .select('id')
    .where('role', '=', 'administrator')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function readSetupState(
  platform: Platform,
  request: FastifyRequest,
): Promise<{ needed: boolean; codeNeeded: boolean }> {
  const needed = !(await platform.db.asSystem(hasAdministrator));
  return { needed, codeNeeded: needed && !isFromHere(request) };
}

function isRightCode(platform: Platform, code: string | undefined): boolean {
  const given = Buffer.from((code ?? '').trim().toUpperCase());
  const wanted = Buffer.from(platform.setupCode);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/**
 * Creates the first administrator, once.
 * @throws CodedError setup.already_exists, setup.code_refused, settings.time_zone_unknown, password.common and its like
 */
export async function setUp(
  platform: Platform,
  request: FastifyRequest,
  wish: z.output<typeof setupRequest>,
): Promise<void> {
  const { needed, codeNeeded } = await readSetupState(platform, request);
  if (!needed) throw new CodedError('setup.already_exists');
  if (codeNeeded && !isRightCode(platform, wish.code)) throw new CodedError('setup.code_refused');
  checkPassword(wish.password, wish, wish.organisationName);
  const passwordHash = await hashPassword(wish.password);
  const now = platform.clock.now();
  await platform.db.asSystem(
    async (db) => {
      // Two browsers on the first page at once: the second waits here and finds an administrator.
      await sql`select pg_advisory_xact_lock(hashtext('kezi setup'))`.execute(db);
      if (await hasAdministrator(db)) throw new CodedError('setup.already_exists');
      const { organisationName, baseCurrency, timeZone, language, email, name } = wish;
      const user = await insertUser(db, { email, name, role: 'administrator', language, passwordHash }, now);
      await changeSettings(db, { organisationName, baseCurrency, timeZone, language }, null, now);
      await writeAudit(db, { action: 'organisation.set_up', subject: 'user', subjectId: user.id });
    },
    { requestId: request.id },
  );
}
