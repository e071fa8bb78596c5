import type { Pool, PoolClient } from 'pg';

/**
 * A transaction that sees all on a plain connection, for COPY, which the query builder does not speak. A job's
 * statements may take long and so may the program between two of them.
 */
export async function withSystemClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await client.query('begin');
    await client.query(
      `select set_config('role', 'kezi_all', true), set_config('statement_timeout', '0', true),
        set_config('idle_in_transaction_session_timeout', '0', true)`,
    );
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = error;
    throw error;
  } finally {
    // A connection whose COPY broke off on our side waits for its reader for ever, and a rollback would wait behind it. It is
    // given up, and with it the database takes back what was begun.
    client.release(broken !== undefined);
  }
}
