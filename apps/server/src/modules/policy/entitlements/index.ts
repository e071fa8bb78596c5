import type { Module } from '../../../platform/module.js';
import { entitlementsRoutes } from './entitlements.routes.js';

export { costsOfTiers } from './costs-of-tiers.js';

export const entitlements: Module = { name: 'entitlements', routes: entitlementsRoutes };
