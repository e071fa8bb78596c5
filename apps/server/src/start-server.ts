import type { AddressInfo } from 'node:net';
import { randomInt } from 'node:crypto';
import { CodedError } from '@kezi/contract/errors';
import { buildApp } from './app.js';
import type { Config } from './config.js';
import { migrations } from './migrations/index.js';
import { modules } from './modules/index.js';
import { makeAccessWatch } from './platform/auth/access-watch.js';
import { openSignIn } from './platform/auth/sign-in.js';
import { systemClock, type Clock } from './platform/clock.js';
import { openData, type OpenedData } from './platform/data-folder.js';
import { migrateDatabase } from './platform/db/migrate-database.js';
import { openScopedDb } from './platform/db/scoped-db.js';
import { openNotifications } from './platform/events/notifications.js';
import { openFileStore } from './platform/files/file-store.js';
import { makeHttp } from './platform/http/build-http.js';
import type { KeziApp } from './platform/http/kezi-app.js';
import type { RouteRule } from './platform/http/route-rules.js';
import { makeJobRunner, type JobRunner } from './platform/jobs/job-runner.js';
import { prepareQueue } from './platform/jobs/prepare-queue.js';
import type { Platform } from './platform/platform.js';
import { putNotice } from './server-notice.js';

export interface Assembled {
  app: KeziApp;
  platform: Platform;
  rules: RouteRule[];
  jobs: JobRunner;
  /** Ends the work in hand and closes every connection; the data folder stays open. */
  close: () => Promise<void>;
}

/** Jobs at once: one large import or valuation must not keep a small job waiting. */
const jobConcurrency = 3;

/** A code that a person can type: no letter that looks like a digit. */
function oneTimeCode(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}

/** Puts a server together on an opened and migrated data folder, without listening. */
export async function assemble(
  config: Config,
  data: OpenedData,
  clock: Clock = systemClock,
): Promise<Assembled> {
  const app = makeHttp(config);
  const state = { closing: false };
  // The error of a pool carries its whole connection along, keys included: only its words are kept.
  const onError = (error: Error) => {
    if (!state.closing) app.log.warn({ reason: error.message }, 'A database connection broke.');
  };
  const { appUrl, ownerUrl } = data.address;
  const notifications = await openNotifications({ url: ownerUrl, exclusive: true, onError });
  const access = makeAccessWatch();
  notifications.on((notice) => {
    if (notice.type === 'access') access.changed(notice.userId);
  });
  const secureCookies = config.publicUrl?.startsWith('https:') ?? false;
  const platform: Platform = {
    config,
    log: app.log,
    clock,
    db: openScopedDb(appUrl, config.load.connections, onError),
    signIn: openSignIn({ appUrl, secret: data.secret, secureCookies, onError }),
    files: openFileStore(data.folders.files, data.folders.temp),
    folders: data.folders,
    access,
    notifications,
    setupCode: oneTimeCode(),
  };
  const jobs = makeJobRunner({
    platform,
    ownerUrl,
    jobs: modules.flatMap((module) => module.jobs ?? []),
    listeners: modules.flatMap((module) => module.listeners ?? []),
    concurrency: jobConcurrency,
  });
  const close = async () => {
    state.closing = true;
    await app.close();
    await jobs.stop();
    await notifications.close();
    await platform.signIn.close();
    await platform.db.close();
  };
  try {
    const rules = await buildApp(app, platform, modules);
    await app.ready();
    return { app, platform, rules, jobs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Brings the database of the data folder to this program's schema. */
export function migrate(data: OpenedData): Promise<{ applied: string[] }> {
  return migrateDatabase({ ownerUrl: data.address.ownerUrl, migrations, alsoPrepare: prepareQueue });
}

export interface RunningServer {
  url: string;
  /** The code that creates the first administrator from another machine; null when there is one already. */
  setupCode: string | null;
  stop: () => Promise<void>;
}

async function listen(app: KeziApp, config: Config): Promise<string> {
  const { host, port } = config;
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new CodedError('app.port_in_use', { port }, { cause: error });
    throw new CodedError('app.port_refused', { host, port, reason: code }, { cause: error });
  }
  const address = app.server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${address.port}`;
}

/**
 * Starts everything and listens.
 * @throws CodedError with what stands in the way: port, data folder, database, disk
 */
export async function startServer(config: Config): Promise<RunningServer> {
  const told: { log?: Platform['log'] } = {};
  const data = await openData(config, {
    onTrouble: (what, error) => told.log?.error({ err: error, what }, 'PostgreSQL ended by itself.'),
  });
  try {
    await migrate(data);
    const server = await assemble(config, data);
    told.log = server.platform.log;
    try {
      const url = await listen(server.app, config);
      await server.jobs.start();
      const users = await server.platform.db.login
        .selectFrom('app_user')
        .select('id')
        .where('role', '=', 'administrator')
        .limit(1)
        .execute();
      const takeNotice = putNotice(data.folders.data, url);
      const stop = async () => {
        takeNotice();
        await server.close();
        await data.close();
      };
      return { url, setupCode: users.length === 0 ? server.platform.setupCode : null, stop };
    } catch (error) {
      await server.close();
      throw error;
    }
  } catch (error) {
    await data.close();
    throw error;
  }
}
