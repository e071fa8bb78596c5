import { startTestPostgres } from '@kezi/testkit';
import type { TestProject } from 'vitest/node';
import { migrations } from '../migrations/index.js';
import { migrateDatabase } from '../platform/db/migrate-database.js';
import { prepareOwnDatabase } from '../platform/db/open-database.js';
import { prepareQueue } from '../platform/jobs/prepare-queue.js';
import type { TestCluster } from './test-cluster.js';

/** Before all database tests: one PostgreSQL, one database with every migration, from which each test file takes a copy. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  const { adminUrl, secret } = postgres;
  const cluster: TestCluster = { adminUrl, secret, template: 'kezi_template' };
  const { ownerUrl } = await prepareOwnDatabase(adminUrl, secret, cluster.template);
  await migrateDatabase({ ownerUrl, migrations, alsoPrepare: prepareQueue });
  project.provide('cluster', cluster);
  return () => postgres.stop();
}
