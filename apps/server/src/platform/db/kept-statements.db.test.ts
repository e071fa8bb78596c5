import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertRegister } from '../../testing/register-rows.js';
import { testServer } from '../../testing/test-server.js';
import { kept } from './kept-statements.js';
import type { Db, Viewer } from './scoped-db.js';

const server = await testServer({ load: { connections: 1 } });
const { users, platform } = server;
const { teams } = users;

beforeAll(() =>
  server.asSystem((db) =>
    insertRegister(db, {
      count: 40,
      seed: 3,
      owners: [
        [users.manager.userId, teams.north],
        [users.member.userId, teams.north1],
        [users.other.userId, teams.south],
        [users.other.userId, teams.south],
      ],
    }),
  ),
);

interface Seen {
  owner_id: number;
  process: number;
}

async function ownersSeenBy(viewer: Viewer): Promise<{ owners: Set<number>; process: number | undefined }> {
  const { rows } = await platform.db.inScope(viewer, (db) =>
    sql<Seen>`${kept}select owner_id, pg_backend_pid() as process from register_entry where customer_id > ${0}`.execute(
      db,
    ),
  );
  return { owners: new Set(rows.map((row) => row.owner_id)), process: rows[0]?.process };
}

async function preparedIn(db: Db): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  return rows.map((row) => row.statement);
}

describe('a kept statement', () => {
  it('is prepared once a connection; others are not', async () => {
    await server.asSystem(async (db) => {
      for (const value of [1, 2]) await sql`${kept}select ${value}::int + 40 as kept_sum`.execute(db);
      for (const value of [1, 2]) await sql`select ${value}::int + 40 as passing_sum`.execute(db);
      const statements = await preparedIn(db);
      expect(statements.filter((text) => text.includes('kept_sum')).length).toBe(1);
      expect(statements.filter((text) => text.includes('passing_sum'))).toEqual([]);
    });
  });

  it('gives its rows for the values of each run', async () => {
    await server.asSystem(async (db) => {
      for (const value of [1, 2, 3, 4, 5, 6, 7, 8]) {
        const { rows } = await sql<{ double: number }>`${kept}select ${value}::int * 2 as double`.execute(db);
        expect(rows).toEqual([{ double: value * 2 }]);
      }
    });
  });

  it('shows each reader their own rows on one connection, planned for somebody else many times before', async () => {
    const everybody: Viewer = { userId: users.administrator.userId, scope: 'all', teamIds: [] };
    const member: Viewer = { userId: users.member.userId, scope: 'own', teamIds: [] };
    const south: Viewer = { userId: users.other.userId, scope: 'team', teamIds: [teams.south] };
    const processes = new Set<number | undefined>();
    for (let round = 0; round < 3; round++) {
      for (let time = 0; time < 7; time++) {
        const { owners, process } = await ownersSeenBy(everybody);
        expect(owners.size).toBe(3);
        processes.add(process);
      }
      for (const viewer of [member, south, member, south, member, south, member, south]) {
        const { owners, process } = await ownersSeenBy(viewer);
        expect([...owners]).toEqual([viewer.userId]);
        processes.add(process);
      }
    }
    expect(processes.size).toBe(1);
  });

  it('follows a table that another took the place of', async () => {
    const count = (db: Db) => sql<{ n: number }>`${kept}select count(*) as n from kept_example`.execute(db);
    await server.asSystem(async (db) => {
      await sql`create temporary table kept_example as select 1 as one`.execute(db);
      for (let time = 0; time < 7; time++) expect((await count(db)).rows).toEqual([{ n: 1 }]);
      await sql`create temporary table kept_next as select generate_series(1, 5) as one`.execute(db);
      await sql`alter table kept_example rename to kept_before`.execute(db);
      await sql`alter table kept_next rename to kept_example`.execute(db);
      expect((await count(db)).rows).toEqual([{ n: 5 }]);
      await sql`drop table kept_before, kept_example`.execute(db);
    });
  });
});
