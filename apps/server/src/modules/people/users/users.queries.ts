import type { User } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type Selectable } from 'kysely';
import type { DB } from '../../../platform/db/database.generated.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { decodeCursor, encodeCursor } from '../../../platform/http/cursor.js';

function userOf(row: Selectable<DB['app_user']>): User {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role as User['role'],
    scope: row.scope as User['scope'],
    teamId: row.team_id,
    disabled: row.disabled_at !== null,
    rowVersion: row.row_version,
    createdAt: row.created_at,
  };
}

/** @throws CodedError users.not_found when there is none or the reader may not see them */
export async function getUser(db: Db, userId: number): Promise<User> {
  const row = await db.selectFrom('app_user').selectAll().where('id', '=', userId).executeTakeFirst();
  if (!row) throw new CodedError('users.not_found');
  return userOf(row);
}

interface UserQuery {
  cursor?: string | undefined;
  limit: number;
  search?: string | undefined;
  teamId?: number | undefined;
}

/** Names of Chinese people in the order of pinyin, as their readers look for them. */
const nameInOrder = sql<string>`name collate "zh-Hans-x-icu"`;

/** By name, then number. */
export async function listUsers(
  db: Db,
  query: UserQuery,
): Promise<{ items: User[]; nextCursor: string | null }> {
  let select = db
    .selectFrom('app_user')
    .selectAll()
    .orderBy(nameInOrder)
    .orderBy('id')
    .limit(query.limit + 1);
  if (query.teamId !== undefined) select = select.where('team_id', '=', query.teamId);
  if (query.search !== undefined && query.search !== '') {
    const pattern = `%${query.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    select = select.where((where) =>
      where.or([where('name', 'ilike', pattern), where('email', 'ilike', pattern)]),
    );
  }
  if (query.cursor !== undefined) {
    const [name, id] = decodeCursor(query.cursor, 2);
    select = select.where(sql<boolean>`(${nameInOrder}, id) > (${String(name)}, ${Number(id)}::int)`);
  }
  const rows = await select.execute();
  const items = rows.slice(0, query.limit).map(userOf);
  const last = items.at(-1);
  const nextCursor = rows.length > query.limit && last ? encodeCursor([last.name, last.id]) : null;
  return { items, nextCursor };
}
