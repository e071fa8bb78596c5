import type { Module } from '../../../platform/module.js';
import { churnJob } from './churn.jobs.js';
import { churnRoutes } from './churn.routes.js';

export const churn: Module = { name: 'churn', routes: churnRoutes, jobs: [churnJob] };
