export { readConfig, type Config, type ConfigOptions } from './config.js';
export { buildNextRegister, customerTokens, placeNextRegister } from './modules/records/customers/index.js';
export { customerKeys } from './modules/records/identity/index.js';
export { checkCustomer, searchDuplicates } from './modules/records/duplicates/index.js';
export {
  addKey,
  addUser,
  backup,
  diagnose,
  endKey,
  helpUser,
  listKeysOf,
  restore,
  useServer,
  verifyAudit,
  type Check,
  type UserHelp,
  type ReachedServer,
} from './maintenance/index.js';
export { openScopedDb } from './platform/db/scoped-db.js';
export { startServer, type RunningServer } from './start-server.js';
