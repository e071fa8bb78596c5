import { Client } from 'pg';
import type { TestServer } from './test-server.js';

/** Every row of every table, as text: what the owner of the database sees. */
export async function everyTable(server: TestServer): Promise<Map<string, string>> {
  const client = new Client({ connectionString: server.data.address.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const texts = new Map<string, string>();
    for (const { name } of rows) {
      const { rows: all } = await client.query<{ text: string | null }>(
        `select string_agg(t::text, E'\\n') as text from "${name}" t`,
      );
      texts.set(name, all[0]?.text ?? '');
    }
    return texts;
  } finally {
    await client.end();
  }
}
