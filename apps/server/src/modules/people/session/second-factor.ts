import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';
import { verifyPassword } from 'better-auth/crypto';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { base32, newTotpSecret, stepOfCode, totpUri } from '../../../platform/auth/totp.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import type { Platform } from '../../../platform/platform.js';

const recoveryCodesGiven = 10;
/** 80 bits: nothing is gained by guessing at the hash. */
const recoveryBytes = 10;

const plain = (code: string) => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
const hashOf = (code: string) => createHash('sha256').update(plain(code)).digest('hex');

interface Factor {
  /** Null when it was sealed in another data folder. */
  secret: string | null;
  isOn: boolean;
}

async function findFactor(platform: Platform, userId: number): Promise<Factor | null> {
  const row = await platform.db.login
    .selectFrom('user_second_factor')
    .select(['secret', 'confirmed_at'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row ? { secret: platform.box.open(row.secret), isOn: row.confirmed_at !== null } : null;
}

export async function hasSecondFactor(platform: Platform, userId: number): Promise<boolean> {
  return (await findFactor(platform, userId))?.isOn ?? false;
}

/** Each code of the authenticator is good once. */
async function takeTotp(platform: Platform, userId: number, secret: string, code: string): Promise<boolean> {
  const step = stepOfCode(secret, code.replaceAll(/\s/g, ''), platform.clock.now());
  if (step === null) return false;
  const taken = await platform.db.login
    .updateTable('user_second_factor')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}

/** What a code is, used up by being asked: a code of the authenticator, a recovery code, or nothing. */
export async function takeCode(
  platform: Platform,
  userId: number,
  code: string,
): Promise<'totp' | 'recovery' | null> {
  const factor = await findFactor(platform, userId);
  if (factor?.secret && (await takeTotp(platform, userId, factor.secret, code))) return 'totp';
  const used = await platform.db.login
    .updateTable('user_recovery_code')
    .set({ used_at: platform.clock.now() })
    .where('user_id', '=', userId)
    .where('code_sha256', '=', hashOf(code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n ? 'recovery' : null;
}

/** @throws CodedError users.wrong_password */
export async function provePassword(platform: Platform, userId: number, password: string): Promise<void> {
  const account = await platform.db.login
    .selectFrom('user_account')
    .select('password')
    .where('user_id', '=', userId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  const isRight = account?.password && (await verifyPassword({ hash: account.password, password }));
  if (!isRight) throw new CodedError('users.wrong_password');
}

interface FactorState {
  isOn: boolean;
  isRequired: boolean;
  recoveryCodesLeft: number;
}

export async function readFactorState(db: Db, principal: Principal): Promise<FactorState> {
  const { userId, role } = principal;
  const factor = await db
    .selectFrom('user_second_factor')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const codes = await db
    .selectFrom('user_recovery_code')
    .select('used_at')
    .where('user_id', '=', userId)
    .execute();
  const policy = await db.selectFrom('sign_in_policy').select('second_factor_roles').executeTakeFirst();
  return {
    isOn: (factor?.confirmed_at ?? null) !== null,
    isRequired: policy?.second_factor_roles.includes(role) ?? false,
    recoveryCodesLeft: codes.filter((code) => code.used_at === null).length,
  };
}

/**
 * Gives a new secret to be scanned; it counts from the first right code on.
 * @throws CodedError session.second_factor_exists
 */
export async function beginSecondFactor(
  platform: Platform,
  db: Db,
  principal: Principal,
): Promise<{ secret: string; uri: string }> {
  const { userId, email } = principal;
  const secret = newTotpSecret();
  if (await hasSecondFactor(platform, userId)) throw new CodedError('session.second_factor_exists');
  await db.deleteFrom('user_second_factor').where('user_id', '=', userId).execute();
  await db
    .insertInto('user_second_factor')
    .values({ user_id: userId, secret: platform.box.seal(secret) })
    .execute();
  const { name } = await db.selectFrom('organisation').select('name').executeTakeFirstOrThrow();
  return { secret, uri: totpUri(secret, email, name === '' ? 'Kezi' : `Kezi ${name}`) };
}

async function giveRecoveryCodes(db: Db, userId: number): Promise<string[]> {
  await db.deleteFrom('user_recovery_code').where('user_id', '=', userId).execute();
  const codes = Array.from(
    { length: recoveryCodesGiven },
    () => base32(randomBytes(recoveryBytes)).match(/.{4}/g)?.join('-') ?? '',
  );
  await db
    .insertInto('user_recovery_code')
    .values(codes.map((code) => ({ user_id: userId, code_sha256: hashOf(code) })))
    .execute();
  return codes;
}

/** @throws CodedError session.code_refused, session.second_factor_not_found */
export async function confirmSecondFactor(
  platform: Platform,
  db: Db,
  userId: number,
  code: string,
): Promise<string[]> {
  const factor = await findFactor(platform, userId);
  if (!factor?.secret || factor.isOn) throw new CodedError('session.second_factor_not_found');
  if (!(await takeTotp(platform, userId, factor.secret, code))) throw new CodedError('session.code_refused');
  await db
    .updateTable('user_second_factor')
    .set({ confirmed_at: platform.clock.now() })
    .where('user_id', '=', userId)
    .execute();
  await writeAudit(db, { action: 'user.second_factor_on', subject: 'user', subjectId: userId });
  return giveRecoveryCodes(db, userId);
}

export async function renewRecoveryCodes(db: Db, userId: number): Promise<string[]> {
  await writeAudit(db, { action: 'user.recovery_renewed', subject: 'user', subjectId: userId });
  return giveRecoveryCodes(db, userId);
}

/** Takes the second factor and its recovery codes away; by its owner, or by an administrator who helps. */
export async function removeSecondFactor(db: Db, userId: number): Promise<void> {
  const removed = await db.deleteFrom('user_second_factor').where('user_id', '=', userId).executeTakeFirst();
  if (removed.numDeletedRows === 0n) throw new CodedError('session.second_factor_not_found');
  await db.deleteFrom('user_recovery_code').where('user_id', '=', userId).execute();
  await writeAudit(db, { action: 'user.second_factor_off', subject: 'user', subjectId: userId });
}
