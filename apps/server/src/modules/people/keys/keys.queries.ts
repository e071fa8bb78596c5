import { randomBytes } from 'node:crypto';
import type { ApiKey, Permission } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { hashKey } from '../../../platform/auth/find-principal.js';
import type { Db } from '../../../platform/db/scoped-db.js';

const columns = [
  'api_key_id',
  'name',
  'start',
  'scopes',
  'expires_at',
  'last_used_at',
  'created_at',
] as const;

interface Row {
  api_key_id: number;
  name: string;
  start: string;
  scopes: string[];
  expires_at: string | null;
  last_used_at: string | null;
  created_at: string;
}

function keyOf(row: Row): ApiKey {
  return {
    id: row.api_key_id,
    name: row.name,
    start: row.start,
    scopes: row.scopes as Permission[],
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    createdAt: row.created_at,
  };
}

/** The keys of one user that still work or have run out; revoked ones are gone from the list. */
export async function listKeys(db: Db, userId: number): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_key')
    .select(columns)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .orderBy('api_key_id', 'desc')
    .limit(200)
    .execute();
  return rows.map(keyOf);
}

/** @throws CodedError keys.past */
export function mustBeAhead(expiresAt: string | null, now: Date): void {
  if (expiresAt !== null && Date.parse(expiresAt) <= now.getTime()) {
    throw new CodedError('keys.past', { moment: expiresAt });
  }
}

interface KeyToCreate {
  userId: number;
  name: string;
  scopes: readonly Permission[];
  expiresAt: string | null;
}

/** Makes a key of 256 random bits. Only its hash is kept: the key is in this answer and nowhere else. */
export async function createKey(db: Db, key: KeyToCreate): Promise<ApiKey & { key: string }> {
  const secret = `kezi_${randomBytes(32).toString('base64url')}`;
  const row = await db
    .insertInto('api_key')
    .values({
      user_id: key.userId,
      name: key.name,
      start: secret.slice(0, 10),
      key_sha256: hashKey(secret),
      scopes: [...key.scopes],
      expires_at: key.expiresAt,
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'key.created',
    subject: 'key',
    subjectId: row.api_key_id,
    changes: { name: key.name, scopes: key.scopes, userId: key.userId },
  });
  return { ...keyOf(row), key: secret };
}

/** @throws CodedError keys.not_found */
export async function revokeKey(db: Db, userId: number, keyId: number, now: Date): Promise<void> {
  const revoked = await db
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('api_key_id', '=', keyId)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (revoked.numUpdatedRows !== 1n) throw new CodedError('keys.not_found');
  await writeAudit(db, { action: 'key.revoked', subject: 'key', subjectId: keyId });
}
