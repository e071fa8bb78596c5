import type { Module } from '../../../platform/module.js';
import { gradeDemo } from './grade-demo.js';
import { forgetWhenChanged, keepUpWithDays } from './keep-up.js';
import { tierRunRoutes } from './runs.routes.js';
import { enforceJob, gradeJob, replayJob } from './tiers.jobs.js';
import { tiersRoutes } from './tiers.routes.js';
import './usual-features.js';

export { basisOf } from './preview-policy.js';
export { loadIndicators, type IndicatorTable } from './load-indicators.js';
export { featureName, findFeature, registerTierFeatures } from './tier-features.js';

export const tiers: Module = {
  name: 'tiers',
  routes(app, platform) {
    tiersRoutes(app, platform);
    tierRunRoutes(app, platform);
  },
  jobs: [gradeJob, enforceJob, replayJob],
  listeners: [...forgetWhenChanged, gradeDemo],
  hourly: keepUpWithDays,
};
