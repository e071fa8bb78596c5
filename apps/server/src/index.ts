export { readConfig, type Config, type ConfigOptions } from './config.js';
export { addKey, addUser, backup, diagnose, restore, type Check } from './maintenance/index.js';
export { startServer, type RunningServer } from './start-server.js';
