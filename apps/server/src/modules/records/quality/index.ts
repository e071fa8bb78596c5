import type { Module } from '../../../platform/module.js';
import { measureByNight, measureJob } from './quality.jobs.js';
import { qualityRoutes } from './quality.routes.js';

export { measureSoon } from './quality.jobs.js';

export const quality: Module = {
  name: 'quality',
  routes: qualityRoutes,
  jobs: [measureJob],
  listeners: [measureByNight],
};
