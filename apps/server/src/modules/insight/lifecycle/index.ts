import type { Module } from '../../../platform/module.js';
import { lifecycleJob, stageAtNight, stageTrialJob, stageWhenPublished } from './lifecycle.jobs.js';
import { lifecycleRoutes } from './lifecycle.routes.js';

export const lifecycle: Module = {
  name: 'lifecycle',
  routes: lifecycleRoutes,
  jobs: [lifecycleJob, stageTrialJob],
  listeners: [stageWhenPublished, stageAtNight],
};
