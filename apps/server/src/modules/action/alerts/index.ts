import type { Module } from '../../../platform/module.js';
import { endWhenErased, warnAtNight, warningJob, warnWhenPublished } from './alerts.jobs.js';
import { alertsRoutes } from './alerts.routes.js';

export { allDetectors, findDetector, registerDetector, type Detector } from './detector.js';
export { competitorSeen, contractEnding, paymentLate } from './account-detectors.js';
export { contactGap, keyContactLeft } from './contact-detectors.js';
export { findWarnings } from './list-warnings.js';
export { marginFall, overdue, productDropped, spendFall } from './order-detectors.js';
export { chanceFall, churnModel, concentration } from './score-detectors.js';
export { reopenWarning } from './reopen-warning.js';
export { creditExceeded, serviceLate } from './promise-detectors.js';
export { settleWarning } from './settle-warning.js';

export const alerts: Module = {
  name: 'alerts',
  routes: alertsRoutes,
  jobs: [warningJob],
  listeners: [warnWhenPublished, warnAtNight, endWhenErased],
};
