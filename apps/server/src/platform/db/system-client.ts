import { escapeLiteral, type Pool, type PoolClient } from 'pg';

/**
 * Which moment a transaction reads: each statement its own, all of them the first one's, or that of another transaction, by the
 * name under which it was handed out (pg_export_snapshot).
 */
type Moment = 'each' | 'first' | { snapshot: string };

function beginOf(moment: Moment): string {
  if (moment === 'each') return 'begin';
  const begin = 'begin isolation level repeatable read';
  return moment === 'first' ? begin : `${begin}; set transaction snapshot ${escapeLiteral(moment.snapshot)}`;
}

/**
 * A transaction that sees all on a plain connection, for COPY, which the query builder does not speak. A job's
 * statements may take long and so may the program between two of them.
 */
export async function withSystemClient<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  moment: Moment = 'each',
): Promise<T> {
  const client = await pool.connect();
  let broken: unknown;
  try {
    await client.query(beginOf(moment));
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
