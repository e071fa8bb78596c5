import type { Module } from '../../../platform/module.js';
import { measureAfter, measureJob } from './quality.jobs.js';
import { qualityRoutes } from './quality.routes.js';

export const quality: Module = {
  name: 'quality',
  routes: qualityRoutes,
  jobs: [measureJob],
  listeners: measureAfter,
};
