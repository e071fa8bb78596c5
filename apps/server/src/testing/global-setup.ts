import { startTestPostgres } from '@kezi/testkit';
import type { TestProject } from 'vitest/node';
import { migrations } from '../migrations/index.js';
import { migrateDatabase } from '../platform/db/migrate-database.js';
import { prepareOwnDatabase } from '../platform/db/open-database.js';
import { prepareQueue } from '../platform/jobs/prepare-queue.js';

export const templateName = 'kezi_template';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    secret: string;
  }
}

/** Before all database tests: one PostgreSQL, one database with every migration, from which each test file takes a copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  const { ownerUrl } = await prepareOwnDatabase(postgres.adminUrl, postgres.secret, templateName);
  await migrateDatabase({ ownerUrl, migrations, alsoPrepare: prepareQueue });
  project.provide('adminUrl', postgres.adminUrl);
  project.provide('secret', postgres.secret);
  return () => postgres.stop();
}
