import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTestDatabase, fixedClock, type FixedClock } from '@kezi/testkit';
import { hashPassword } from 'better-auth/crypto';
import { afterAll, expect } from 'vitest';
import { readConfig, type Config } from '../config.js';
import { prepareFolders, type OpenedData } from '../platform/data-folder.js';
import { prepareOwnDatabase } from '../platform/db/open-database.js';
import type { Db } from '../platform/db/scoped-db.js';
import { assemble, type Assembled } from '../assemble-server.js';
import { testCluster } from './test-cluster.js';
import { makeUsers, type TestUsers } from './test-users.js';

interface TestServerOptions {
  /** Where the clock stands; it moves when the test moves it. */
  clock?: string;
  /** True when jobs run in the background; else `runJobs` runs them. */
  jobs?: boolean;
  /** How much is taken on at once, where that is other than usual. */
  load?: Partial<Config['load']>;
  /** The address at which people reach it; without one they come to this machine. */
  publicUrl?: string;
  /** Built pages to serve, by their path. */
  web?: Readonly<Record<string, string>>;
}

export interface TestServer {
  app: Assembled['app'];
  platform: Assembled['platform'];
  rules: Assembled['rules'];
  users: TestUsers;
  clock: FixedClock;
  /** The database of this test file. */
  data: OpenedData;
  /** A transaction that sees all. */
  asSystem: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /** Runs every job that waits, to the end, with the events that it tells. */
  runJobs: () => Promise<void>;
  close: () => Promise<void>;
}

/** One hash for all test users: scrypt takes a quarter of a second. */
export const testPassword = 'correct horse battery';
let passwordHash: Promise<string> | undefined;

/** An opened data folder on a database of its own, without a server. */
async function testData(): Promise<OpenedData> {
  const { adminUrl, secret, template } = testCluster();
  const database = await createTestDatabase(adminUrl, template);
  const folder = mkdtempSync(join(tmpdir(), 'kezi-data-'));
  const address = await prepareOwnDatabase(adminUrl, secret, database.name);
  return {
    folders: prepareFolders(folder),
    address,
    secret: 'a secret of the tests',
    close: async () => {
      rmSync(folder, { recursive: true, force: true });
      expect(await database.drop(), 'connections left open').toBe(0);
    },
  };
}

/**
 * A server of its own on a database of its own, with people of every role signed in. Closed after the test file; a
 * connection that somebody forgot fails it.
 */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const data = await testData();
  const clock = fixedClock(options.clock ?? '2026-03-02T02:00:00Z');
  const standard = readConfig({ dataFolder: data.folders.data, port: 0 }, {});
  const config = {
    ...standard,
    load: { ...standard.load, ...options.load },
    publicUrl: options.publicUrl,
    logLevel: process.env['KEZI_TEST_LOG'] ?? 'silent',
    webFolder: join(data.folders.data, 'web'),
  };
  for (const [path, text] of Object.entries(options.web ?? {})) {
    mkdirSync(dirname(join(config.webFolder, path)), { recursive: true });
    writeFileSync(join(config.webFolder, path), text);
  }
  const server = await assemble(config, data, clock);
  if (options.jobs) await server.jobs.start();
  passwordHash ??= hashPassword(testPassword);
  const users = await makeUsers(server, await passwordHash, testPassword);
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await server.close();
    await data.close();
  };
  afterAll(close);
  return {
    app: server.app,
    platform: server.platform,
    rules: server.rules,
    users,
    clock,
    data,
    asSystem: (work) => server.platform.db.asSystem(work),
    runJobs: () => server.jobs.runWaiting(),
    close,
  };
}
