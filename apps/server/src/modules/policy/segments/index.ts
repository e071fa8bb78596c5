import type { Module } from '../../../platform/module.js';
import { clusterDemo, segmentDemo } from './demo-segments.js';
import { clusterJob } from './segments.jobs.js';
import { segmentsRoutes } from './segments.routes.js';
import './cluster-features.js';
import './filter-by-segment.js';

export { usableSegments } from './segments.queries.js';

export const segments: Module = {
  name: 'segments',
  routes: segmentsRoutes,
  jobs: [clusterJob],
  listeners: [segmentDemo, clusterDemo],
};
