import type { Module } from '../../../platform/module.js';
import { tellDemoValued, valueDemo } from './value-demo.js';
import { valuationJob } from './valuation.jobs.js';
import { valuationRoutes } from './valuation.routes.js';

export { readSummary, summariseScores, worthNothing, type SummaryRow } from './summarise-scores.js';
export { freshenLake } from './freshen-lake.js';
export { basisQuery, lakeLines, type ValueBasis } from './value-basis.js';
export { countChangedCustomers, lastOrderDay, latestPublishedRuns } from './valuation.queries.js';

export const valuation: Module = {
  name: 'valuation',
  routes: valuationRoutes,
  jobs: [valuationJob],
  listeners: [valueDemo, tellDemoValued],
};
