import type { Module } from '../../../platform/module.js';
import { registerAfterMerge } from '../../records/merges/index.js';
import { askDemo, gradeDemo } from './grade-demo.js';
import { forgetWhenChanged, keepUpWithDays } from './keep-up.js';
import { tierRunRoutes } from './runs.routes.js';
import { moveTiers } from './show-tiers.js';
import { enforceJob, gradeJob, replayJob } from './tiers.jobs.js';
import { tiersRoutes } from './tiers.routes.js';
import './cooperation-features.js';
import './usual-features.js';

export { basisOf } from './preview-policy.js';
export { loadIndicators, type IndicatorTable } from './load-indicators.js';
export { tiersThen } from './tiers-then.js';
export { featureName, findFeature, isFeatureKept, registerTierFeatures } from './tier-features.js';

// A customer that remains has one tier; one that comes back has its own again.
registerAfterMerge((db, customerIds) => moveTiers(db, customerIds, null));

export const tiers: Module = {
  name: 'tiers',
  routes(app, platform) {
    tiersRoutes(app, platform);
    tierRunRoutes(app, platform);
  },
  jobs: [gradeJob, enforceJob, replayJob],
  listeners: [...forgetWhenChanged, gradeDemo, askDemo],
  hourly: keepUpWithDays,
};
