import type { Module } from '../../../platform/module.js';
import { eraseByNight, retentionJob } from './erase-due.js';
import { retentionRoutes } from './retention.routes.js';

export const retention: Module = {
  name: 'retention',
  routes: retentionRoutes,
  jobs: [retentionJob],
  listeners: [eraseByNight],
};
