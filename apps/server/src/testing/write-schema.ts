import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPostgres } from '@kezi/postgres';
import { Pool } from 'pg';
import { migrations } from '../migrations/index.js';
import { migrateDatabase } from '../platform/db/migrate-database.js';
import { prepareOwnDatabase } from '../platform/db/open-database.js';
import { generateTypes } from './generate-types.js';

// Writes platform/db/database.generated.ts from a database that has all migrations.
const folder = mkdtempSync(join(tmpdir(), 'kezi-schema-'));
const postgres = await openPostgres({ folder, durable: false });
try {
  const { ownerUrl } = await prepareOwnDatabase(postgres.url, postgres.secret);
  await migrateDatabase({ ownerUrl, migrations });
  const pool = new Pool({ connectionString: ownerUrl });
  // The server is stopped while the pool's last connection takes leave.
  pool.on('error', () => undefined);
  const target = fileURLToPath(new URL('../platform/db/database.generated.ts', import.meta.url));
  writeFileSync(target, await generateTypes(pool));
  await pool.end();
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
