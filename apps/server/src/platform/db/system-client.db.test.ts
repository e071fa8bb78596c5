import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { describe, expect, it } from 'vitest';
import { testServer } from '../../testing/test-server.js';
import { withSystemClient } from './system-client.js';

const { platform, asSystem } = await testServer();
const { pool } = platform.db;

const mark = (customerId: number) => `insert into lake_dirty_customer (customer_id) values (${customerId})`;

describe('a plain connection that sees all', () => {
  it('keeps what was done, and takes back what failed', async () => {
    await withSystemClient(pool, (client) => client.query(mark(1)));
    const failing = withSystemClient(pool, async (client) => {
      await client.query(mark(2));
      throw new Error('on the way');
    });
    await expect(failing).rejects.toThrow('on the way');
    const { rows } = await withSystemClient(pool, (client) =>
      client.query('select customer_id from lake_dirty_customer'),
    );
    expect(rows).toEqual([{ customer_id: 1 }]);
  });

  it('reads the moment of another, whatever was written since', async () => {
    const count = 'select count(*)::int as count from lake_dirty_customer';
    const seen = await withSystemClient(
      pool,
      async (client) => {
        const { rows } = await client.query<{ name: string }>('select pg_export_snapshot() as name');
        await withSystemClient(pool, (other) => other.query(mark(7)));
        const read = async (from: Pick<typeof client, 'query'>) =>
          (await from.query<{ count: number }>(count)).rows[0]!.count;
        const beside = await withSystemClient(pool, read, { snapshot: rows[0]!.name });
        return { own: await read(client), beside, since: await withSystemClient(pool, read) };
      },
      'first',
    );
    expect(seen.beside).toBe(seen.own);
    expect(seen.since).toBe(seen.own + 1);
  });

  it('is given up when a copy breaks off, as on a full disk, and nothing waits for it', async () => {
    const full = new Writable({ write: (_piece, _encoding, done) => done(new Error('no space left')) });
    const copying = withSystemClient(pool, async (client) => {
      const text = `copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout`;
      await pipeline(client.query(copyTo(text)), full);
    });
    await expect(copying).rejects.toThrow('no space left');
    expect(pool.waitingCount).toBe(0);
    await asSystem((db) => db.selectFrom('app_user').select('id').execute());
  });
});
