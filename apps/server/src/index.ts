export { readConfig, type Config, type ConfigOptions } from './config.js';
export { startServer, type RunningServer } from './start-server.js';
