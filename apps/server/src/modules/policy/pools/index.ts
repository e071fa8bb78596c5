import type { Module } from '../../../platform/module.js';
import { demoOwnership } from './demo-ownership.js';
import { recycleByNight, recycleJob } from './pools.jobs.js';
import { poolsRoutes } from './pools.routes.js';
import { rulesRoutes } from './rules.routes.js';

export const pools: Module = {
  name: 'pools',
  routes: (app, platform) => {
    poolsRoutes(app, platform);
    rulesRoutes(app, platform);
  },
  jobs: [recycleJob],
  listeners: [recycleByNight, demoOwnership],
};
