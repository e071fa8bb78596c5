export { readConfig, type Config, type ConfigOptions } from './config.js';
export { buildNextRegister, customerTokens, placeNextRegister } from './modules/records/customers/index.js';
export {
  addKey,
  addUser,
  backup,
  diagnose,
  restore,
  useServer,
  verifyAudit,
  type Check,
  type ReachedServer,
} from './maintenance/index.js';
export { openScopedDb } from './platform/db/scoped-db.js';
export { startServer, type RunningServer } from './start-server.js';
