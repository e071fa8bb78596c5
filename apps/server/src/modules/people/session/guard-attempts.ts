import { randomBytes } from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { accountPlace, placeOf } from '../../../platform/auth/attempt-place.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Platform } from '../../../platform/platform.js';

/** Wrong attempts that are free: a person who mistypes stays below them. */
const freeOfAccount = 10;
/** A whole office may share one address. */
const freeOfAddress = 50;
/** The first pause; each further attempt doubles it, up to a quarter of an hour. */
const pauseSeconds = 30;
const longestPauseSeconds = 900;
/** After an hour of rest the count begins anew. */
const restMinutes = 60;

const deviceCookie = 'kezi.device';
const deviceYearSeconds = 31_536_000;

/** Whose attempts are counted: those of the account from anywhere, or those of a device that was let in before. */
export interface Attempt {
  email: string;
  account: string;
  address: string;
  deviceId: string | null;
}

const deviceText = (deviceId: string, email: string) => `device ${deviceId} ${email}`;

/** The device that this account was used on before, if its cookie is one of ours. */
function knownDevice(platform: Platform, request: FastifyRequest, email: string): string | null {
  const match = /(?:^|; )kezi\.device=([\w-]{22})\.([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? '');
  const [, deviceId, signature] = match ?? [];
  if (deviceId === undefined || signature === undefined) return null;
  return platform.box.isSigned(deviceText(deviceId, email), signature) ? deviceId : null;
}

/**
 * A stranger who guesses is paused, and so is everybody else on a device that is new to the account. A colleague on the
 * device they always use is not: their attempts are counted apart, so that nobody can lock them out from elsewhere.
 */
export function attemptOf(platform: Platform, request: FastifyRequest, email: string): Attempt {
  const deviceId = knownDevice(platform, request, email);
  return {
    email,
    account: deviceId === null ? accountPlace(email) : placeOf('device', deviceId, email),
    address: placeOf('address', request.ip),
    deviceId,
  };
}

interface Place {
  place: string;
  /** Wrong attempts that are free there. */
  free: number;
  /** Whose account it is, for an administrator who ends the pause. */
  account: string | null;
}

const accountOf = (attempt: Attempt): Place => ({
  place: attempt.account,
  free: freeOfAccount,
  account: accountPlace(attempt.email),
});

/** Counts an attempt at a place before it is made, so that a hundred at once are not free. Null where it has to wait. */
async function count(
  db: Db,
  { place, free, account }: Place,
  now: Date,
): Promise<{ blocked: boolean } | null> {
  const failures = sql`case when f.last_at < ${now}::timestamptz - make_interval(mins => ${restMinutes}) then 1
    else f.failures + 1 end`;
  const { rows } = await sql<{ blocked: boolean }>`
    insert into sign_in_failure as f (place, failures, last_at, account) values (${place}, 1, ${now}, ${account})
    on conflict (place) do update set
      failures = ${failures}, last_at = ${now}, account = excluded.account,
      blocked_until = case when ${failures} >= ${free} then ${now}::timestamptz
        + make_interval(secs => least(${longestPauseSeconds}, ${pauseSeconds} * power(2, least(${failures} - ${free}, 10)))) end
    where f.blocked_until is null or f.blocked_until <= ${now}
    returning blocked_until is not null as blocked`.execute(db);
  return rows[0] ?? null;
}

async function refuseWhileBlocked(db: Db, places: readonly string[], now: Date): Promise<void> {
  const { rows } = await sql<{ seconds: number }>`
    select ceil(extract(epoch from max(blocked_until) - ${now}::timestamptz))::int as seconds
    from sign_in_failure where place = any (${[...places]}::text[]) and blocked_until > ${now}
    having count(*) > 0`.execute(db);
  const [wait] = rows;
  if (wait) {
    throw new CodedError('session.rate_limited', {
      seconds: wait.seconds,
      minutes: Math.ceil(wait.seconds / 60),
    });
  }
}

/**
 * Called before a password is looked at. An attempt that has to wait is not counted, so waiting ends whatever happens.
 * @throws CodedError session.rate_limited
 */
export async function beginAttempt(db: Db, attempt: Attempt, now: Date): Promise<void> {
  await refuseWhileBlocked(db, [attempt.address, attempt.account], now);
  if ((await count(db, accountOf(attempt), now)) === null) {
    await refuseWhileBlocked(db, [attempt.account], now);
  }
}

/** A wrong one counts against the address too. */
export async function failAttempt(db: Db, attempt: Attempt, now: Date): Promise<void> {
  await count(db, { place: attempt.address, free: freeOfAddress, account: null }, now);
}

/** Whoever got in begins anew. The address does not: one right password would wash a thousand wrong ones. */
export async function clearAttempts(db: Db, attempt: Attempt): Promise<void> {
  await db
    .deleteFrom('sign_in_failure')
    .where('place', 'in', [attempt.account, accountPlace(attempt.email)])
    .execute();
}

/** Remembers the device on which this account was let in. */
export function rememberDevice(platform: Platform, reply: FastifyReply, attempt: Attempt): void {
  const deviceId = attempt.deviceId ?? randomBytes(16).toString('base64url');
  const value = `${deviceId}.${platform.box.sign(deviceText(deviceId, attempt.email))}`;
  const secure = platform.config.publicUrl?.startsWith('https:') ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${deviceCookie}=${value}; Path=/api/v1/auth; Max-Age=${deviceYearSeconds}; HttpOnly; SameSite=Lax${secure}`,
  );
}
