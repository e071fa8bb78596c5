import type { Module } from '../../../platform/module.js';
import { entitlementsRoutes } from './entitlements.routes.js';

export { costsOfTiers } from './costs-of-tiers.js';
export { meetingRhythm, withMetDays } from './meeting-rhythm.js';

export const entitlements: Module = { name: 'entitlements', routes: entitlementsRoutes };
