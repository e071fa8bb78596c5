import type { Module } from '../../../platform/module.js';
import { measureJob } from './quality.jobs.js';
import { qualityRoutes } from './quality.routes.js';

export const quality: Module = { name: 'quality', routes: qualityRoutes, jobs: [measureJob] };
