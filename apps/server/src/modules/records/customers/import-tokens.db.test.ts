import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testServer } from '../../../testing/test-server.js';
import { writeTokens } from './import-tokens.js';

const server = await testServer();

interface Reading {
  name: string;
  /** Rows that were read because a table was read whole. */
  readWhole: number;
  rows: number;
}

it('does not read the words of all customers for each few hundred new ones, in an import before all statistics', async () => {
  const readings = await server.asSystem(async (db) => {
    const { rows } = await sql<{ id: number }>`
      insert into customer (customer_no, name) select 'T' || n, '测试公司' || n from generate_series(1, 4000) n
      returning customer_id as id`.execute(db);
    await writeTokens(
      db,
      rows.map(({ id }) => id),
    );
    const read = await sql<Reading>`
      select relname as name, seq_tup_read::int as "readWhole", n_tup_ins::int as rows from pg_stat_xact_user_tables
      where relname in ('customer_token', 'customer_key') order by 1`.execute(db);
    return read.rows;
  });
  expect(readings.map(({ name }) => name)).toEqual(['customer_key', 'customer_token']);
  for (const { readWhole, rows } of readings) {
    expect(rows).toBeGreaterThanOrEqual(4000);
    expect(readWhole).toBeLessThan(rows / 10);
  }
});
