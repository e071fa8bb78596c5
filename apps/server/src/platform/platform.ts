import type { FastifyBaseLogger } from 'fastify';
import type { Config } from '../config.js';
import type { AccessWatch } from './auth/access-watch.js';
import type { SecretBox } from './auth/secret-box.js';
import type { SignIn } from './auth/sign-in.js';
import type { Clock } from './clock.js';
import type { ScopedDb } from './db/scoped-db.js';
import type { Notifications } from './events/notifications.js';
import type { FileStore } from './files/file-store.js';

/** Where things lie in the data folder; absolute paths. */
export interface Folders {
  data: string;
  lake: string;
  files: string;
  temp: string;
}

/** What the house offers to every slice. */
export interface Platform {
  config: Config;
  log: FastifyBaseLogger;
  clock: Clock;
  db: ScopedDb;
  signIn: SignIn;
  box: SecretBox;
  files: FileStore;
  folders: Folders;
  access: AccessWatch;
  notifications: Notifications;
  /** Creates the first administrator from another machine; printed at start, gone with the process. */
  setupCode: string;
}
