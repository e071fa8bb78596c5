import { createHash } from 'node:crypto';
import {
  permissionsOf,
  permissionsOfField,
  restrictedFields,
  type FieldMode,
  type Permission,
  type Role,
  type Scope,
  type WallField,
} from '@kezi/contract';
import { CodedError, type Language } from '@kezi/contract/errors';
import { sql, type Kysely } from 'kysely';
import { organisationDay } from '../db/organisation-day.js';
import type { DB } from '../db/database.generated.js';
import { kept } from '../db/kept-statements.js';
import type { Principal } from '../http/kezi-app.js';

interface UserRow {
  id: number;
  name: string;
  email: string;
  role: Role;
  scope: Scope;
  team_id: number | null;
  language: Language | null;
  team_ids: number[];
  owner_ids: number[];
  shared_ids: number[];
  edited_ids: number[];
  viewed_rows: number | null;
  field_rules: Partial<Record<WallField, FieldMode>>;
}

export const hashKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const userColumns = sql`
  u.id, u.name, u.email, u.role, u.scope, u.team_id, u.language, wall.*,
  coalesce((
    select jsonb_object_agg(f.field, f.mode) from field_rule f where f.role = u.role), '{}') as field_rules,
  (select l.viewed_rows from role_day_limit l where l.role = u.role) as viewed_rows`;

/** The wall of a user `u` from the tree, the shares and the deputies as they are now: access changes with the next request. */
const wallOn = (now: Date) => sql`
  cross join lateral wall_of(u.id, ${organisationDay(now)}) as wall`;

/** What somebody may who has yet to set up the second factor that their role needs. */
const enrolling: readonly Permission[] = ['me:read', 'me:write'];

interface WayIn {
  via: Principal['via'];
  keyScopes?: readonly string[];
  keyId?: number;
  sessionId?: number;
  mustEnrol?: boolean;
}

function principalOf(row: UserRow, way: WayIn): Principal {
  const { via, keyScopes, keyId, sessionId, mustEnrol = false } = way;
  const kept = restrictedFields
    .filter((field) => row.field_rules[field] !== undefined)
    .flatMap((field) => permissionsOfField[field]);
  const granted = permissionsOf(row.role).filter(
    (name) => (!mustEnrol || enrolling.includes(name)) && !kept.includes(name),
  );
  const held = keyScopes ? granted.filter((name) => keyScopes.includes(name)) : granted;
  return {
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    scope: row.scope,
    teamId: row.team_id,
    teamIds: row.team_ids,
    ownerIds: row.owner_ids,
    sharedIds: row.shared_ids,
    editedIds: row.edited_ids,
    fieldRules: row.field_rules,
    viewedRowsADay: row.viewed_rows,
    language: row.language,
    permissions: new Set<Permission>(held),
    via,
    origin: keyId === undefined ? `session ${sessionId ?? ''}`.trim() : `key ${keyId}`,
    sessionId: sessionId ?? null,
    mustEnrol,
  };
}

/** The user of a session that is not out of date, as they are now: access ends with the next request. */
export async function findSessionPrincipal(
  login: Kysely<DB>,
  token: string,
  now: Date,
  address: string,
): Promise<Principal | null> {
  const { rows } = await sql<UserRow & { session_id: number; stale: boolean; must_enrol: boolean }>`${kept}
    select ${userColumns}, s.id as session_id,
      s.last_used_at is null or s.last_used_at < ${now}::timestamptz - interval '1 minute' as stale,
      s.opened_by = 'password'
        and u.role = any (select unnest(p.second_factor_roles) from sign_in_policy p)
        and not exists (
          select from user_second_factor f where f.user_id = u.id and f.confirmed_at is not null) as must_enrol
    from user_session s join app_user u on u.id = s.user_id ${wallOn(now)}
    where s.token = ${token} and s.expires_at > ${now}::timestamptz and u.disabled_at is null`.execute(login);
  const row = rows[0];
  if (!row) return null;
  // Once a minute is enough to know which sessions are in use and from where; a write at every request is not.
  if (row.stale) {
    await login
      .updateTable('user_session')
      .set({ last_used_at: now, last_address: address })
      .where('id', '=', row.session_id)
      .execute();
  }
  return principalOf(row, { via: 'session', sessionId: row.session_id, mustEnrol: row.must_enrol });
}

/** The user as they are now, or null when there is none or they are disabled. */
export async function findUserPrincipal(
  login: Kysely<DB>,
  userId: number,
  now: Date,
): Promise<Principal | null> {
  const { rows } = await sql<UserRow>`
    select ${userColumns} from app_user u ${wallOn(now)} where u.id = ${userId} and u.disabled_at is null`.execute(
    login,
  );
  return rows[0] ? principalOf(rows[0], { via: 'session' }) : null;
}

/** Why a key does not let in: only whoever holds it learns more than that it is unknown. */
export async function whyKeyRefused(login: Kysely<DB>, key: string): Promise<CodedError> {
  const found = await login
    .selectFrom('api_key as k')
    .innerJoin('app_user as u', 'u.id', 'k.user_id')
    .select(['k.revoked_at', 'u.disabled_at'])
    .where('k.key_sha256', '=', hashKey(key))
    .executeTakeFirst();
  if (!found) return new CodedError('keys.unknown_unauthenticated');
  if (found.revoked_at !== null) return new CodedError('keys.revoked_unauthenticated');
  if (found.disabled_at !== null) return new CodedError('keys.disabled_unauthenticated');
  return new CodedError('keys.expired_unauthenticated');
}

/** The user of an API key that is neither revoked nor out of date, with the rights that both user and key have. */
export async function findKeyPrincipal(login: Kysely<DB>, key: string, now: Date): Promise<Principal | null> {
  const { rows } = await sql<UserRow & { api_key_id: number; scopes: string[]; stale: boolean }>`${kept}
    select ${userColumns}, k.api_key_id, k.scopes,
      k.last_used_at is null or k.last_used_at < ${now}::timestamptz - interval '1 minute' as stale
    from api_key k join app_user u on u.id = k.user_id ${wallOn(now)}
    where k.key_sha256 = ${hashKey(key)} and k.revoked_at is null and u.disabled_at is null
      and (k.expires_at is null or k.expires_at > ${now}::timestamptz)`.execute(login);
  const row = rows[0];
  if (!row) return null;
  // Once a minute is enough to know whether a key is still in use; a write at every request is not.
  if (row.stale) {
    await login
      .updateTable('api_key')
      .set({ last_used_at: now })
      .where('api_key_id', '=', row.api_key_id)
      .execute();
  }
  return principalOf(row, { via: 'key', keyScopes: row.scopes, keyId: row.api_key_id });
}
