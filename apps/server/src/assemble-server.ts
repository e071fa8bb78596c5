import { randomInt } from 'node:crypto';
import { buildApp } from './app.js';
import type { Config } from './config.js';
import { migrations } from './migrations/index.js';
import { modules } from './modules/index.js';
import { makeAccessWatch } from './platform/auth/access-watch.js';
import { openSignIn } from './platform/auth/sign-in.js';
import { systemClock, type Clock } from './platform/clock.js';
import { openSecretBox, type OpenedData } from './platform/data-folder.js';
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
    box: openSecretBox(data),
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
    channels: modules.flatMap((module) => module.channels ?? []),
    hourly: modules.flatMap((module) => module.hourly ?? []),
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
