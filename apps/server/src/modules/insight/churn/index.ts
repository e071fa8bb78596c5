import type { Module } from '../../../platform/module.js';
import { churnJob } from './churn.jobs.js';
import { churnRoutes } from './churn.routes.js';
import { trainDemo } from './train-demo.js';

export const churn: Module = {
  name: 'churn',
  routes: churnRoutes,
  jobs: [churnJob],
  listeners: [trainDemo],
};
