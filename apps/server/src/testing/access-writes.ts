import { sql } from 'kysely';
import { Client } from 'pg';
import type { TestServer } from './test-server.js';

/** What a request may write although it is refused: when somebody was here, and that they tried. */
const mayMove = /^(?:api_key|user_session|idempotency_key|sign_in_failure|audit_.*)$/;

async function watchedTables(server: TestServer): Promise<string[]> {
  const { rows } = await server.asSystem((db) =>
    sql<{ name: string }>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname not like 'kysely%' and has_table_privilege('kezi_all', oid, 'select') order by 1`.execute(
      db,
    ),
  );
  return rows.map((row) => row.name).filter((name) => !mayMove.test(name));
}

/**
 * Has the database write down which tables are written to from now on: a row that is kept, not one that is rolled back.
 * To compare hashes of all tables before and after each request took most of the time of the matrix.
 */
export async function watchWrites(server: TestServer): Promise<void> {
  const tables = await watchedTables(server);
  const client = new Client({ connectionString: server.data.address.ownerUrl });
  await client.connect();
  await client.query(`
    create table watched_write (name text not null);
    create function watch_write() returns trigger language plpgsql security definer as
      'begin insert into public.watched_write values (tg_argv[0]); return null; end';
    grant select, delete on watched_write to kezi_all;`);
  for (const name of tables) {
    await client.query(
      `create trigger watch_write after insert or update or delete on ${name} for each row execute function watch_write('${name}')`,
    );
  }
  await client.end();
}

/** The tables that were written to since it was asked last. */
export async function writtenTables(server: TestServer): Promise<string[]> {
  const { rows } = await server.asSystem((db) =>
    sql<{ name: string }>`delete from watched_write returning name`.execute(db),
  );
  return [...new Set(rows.map((row) => row.name))].toSorted();
}
