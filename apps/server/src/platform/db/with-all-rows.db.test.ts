import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.js';
import type { Db } from './scoped-db.js';
import { withAllRows } from './with-all-rows.js';

const { users, platform } = await testServer();
const viewer = { userId: users.member.userId, scope: 'own' as const, teamIds: [] };

const role = async (db: Db) =>
  (await sql<{ role: string }>`select current_user as role`.execute(db)).rows[0]?.role;

it('sees all until the work is done, also after work of the same kind within it', async () => {
  const seen = await platform.db.inScope(viewer, async (db) => {
    const roles = await withAllRows(db, viewer, async () => [
      await withAllRows(db, viewer, () => role(db)),
      await role(db),
    ]);
    return [...roles, await role(db)];
  });
  expect(seen).toEqual(['kezi_all', 'kezi_all', 'kezi_scoped']);
});

it('sees all again after work that failed and was taken back', async () => {
  const seen = await platform.db.inScope(viewer, async (db) => {
    await sql`savepoint before_work`.execute(db);
    await withAllRows(db, viewer, () => sql`select 1 / 0`.execute(db)).catch(() =>
      sql`rollback to savepoint before_work`.execute(db),
    );
    return [await role(db), await withAllRows(db, viewer, () => role(db))];
  });
  expect(seen).toEqual(['kezi_scoped', 'kezi_all']);
});
